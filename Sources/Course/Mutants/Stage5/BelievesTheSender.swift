// A wrong server for stage 5: what is wrong? Check 5.16 finds it.

import Engine

final class BelievesTheSender: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("chat message")
        socket.on("chat message") { [self] (text: String, more: [String: String]?) -> Reply in
            guard let from = more?["from"], nicknames[socket.id] != nil else {
                return say(text, socket)
            }
            deliver(Message(from: from, text: text), socket)
            return Reply()
        }
    }
}
