// A wrong server for stage 4: what is wrong? Check 4.3 finds it.

import Engine

final class LeavesTwice: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        io.emit("user left")
    }
}
