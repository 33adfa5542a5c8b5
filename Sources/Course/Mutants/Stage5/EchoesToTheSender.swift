// A wrong server for stage 5: what is wrong? Check 5.7 finds it.

import Engine

final class EchoesToTheSender: Chat {
    override func deliver(_ message: Message, _ socket: Socket) { io.emit("chat message", message) }
}
