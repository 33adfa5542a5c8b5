// A wrong server for stage 5: what is wrong? Check 5.9 finds it.

import Engine

final class AnnouncesTheNameless: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        if nicknames[socket.id] == nil {
            socket.broadcast.emit("user left", User(nickname: "undefined"))
        }
        super.left(socket, reason)
    }
}
