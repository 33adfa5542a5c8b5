// A wrong server for stage 7: what is wrong? Check 7.2 finds it.

import Engine

final class ListsTheNewcomerAlone: Chat {
    override func tellOnline(_ socket: Socket) {
        io.emit("online", nicknames[socket.id].map { [$0] } ?? online())
    }
}
