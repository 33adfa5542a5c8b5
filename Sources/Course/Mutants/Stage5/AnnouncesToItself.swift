// A wrong server for stage 5: what is wrong? Check 5.6 finds it.

import Engine

final class AnnouncesToItself: Chat {
    override func announce(_ socket: Socket, old: String?, new: String) {
        if let old { socket.broadcast.emit("user left", User(nickname: old)) }
        io.emit("user joined", User(nickname: new))
    }
}
