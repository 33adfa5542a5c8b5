// A wrong server for stage 4: what is wrong? Check 4.7 finds it.

import Engine

final class KeepsHistory: Chat {
    var history: [String] = []
    override func arrived(_ socket: Socket) {
        super.arrived(socket)
        for text in history { socket.emit("chat message", text) }
    }
    override func heard(_ text: String, _ socket: Socket) {
        super.heard(text, socket)
        history.append(text)
    }
}
