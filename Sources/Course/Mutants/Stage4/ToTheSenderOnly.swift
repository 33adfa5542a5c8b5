// A wrong server for stage 4: what is wrong? Check 4.1 finds it.

import Engine

final class ToTheSenderOnly: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if !text.isEmpty { socket.emit("chat message", text) }
    }
}
