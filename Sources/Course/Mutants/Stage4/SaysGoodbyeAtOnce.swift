// A wrong server for stage 4: what is wrong? Check 4.3 finds it.

import Engine

final class SaysGoodbyeAtOnce: Chat {
    override func arrived(_ socket: Socket) {
        super.arrived(socket)
        socket.broadcast.emit("user left")
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
    }
}
