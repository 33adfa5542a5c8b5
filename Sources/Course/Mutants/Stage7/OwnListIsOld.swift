// A wrong server for stage 7: what is wrong? Check 7.2 finds it.

import Engine

final class OwnListIsOld: Chat {
    override func tellOnline(_ socket: Socket) { socket.broadcast.emit("online", online()) }
}
