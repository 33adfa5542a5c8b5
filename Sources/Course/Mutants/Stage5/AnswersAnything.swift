// A wrong server for stage 5: what is wrong? Check 5.18 finds it.

import Engine

final class AnswersAnything: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("chat message")
        socket.on("chat message") { [self] (value: JSON?) -> Reply in
            guard let text = value?.string else { return .refusal("empty") }
            return say(text, socket)
        }
    }
}
