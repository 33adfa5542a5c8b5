// A wrong server for stage 10: what is wrong? Check 10.2 finds it.

import Engine

final class SaysToTheWholeHouse: RoomsChat {
    override func deliver(_ post: Post, _ socket: Socket) {
        socket.broadcast.emit("said", said(post, socket))
    }
}
