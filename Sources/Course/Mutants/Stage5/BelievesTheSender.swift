// A wrong server for stage 5: what is wrong? Check 5.16 finds it.

import Engine

final class BelievesTheSender: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("chat message")
        socket.on("chat message") { [self] (letter: JSON) -> Reply in
            if let text = letter.string { return say(text, socket) }
            guard let from = letter["from"]?.string, let text = letter["text"]?.string else {
                return .refusal("empty")
            }
            deliver(Message(from: from, text: text), socket)
            return Reply()
        }
    }
}
