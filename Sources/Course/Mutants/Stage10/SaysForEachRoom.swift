// A wrong server for stage 10: what is wrong? Check 10.3 finds it.

import Engine

final class SaysForEachRoom: RoomsChat {
    override func deliver(_ post: Post, _ socket: Socket) {
        for channel in post.to { socket.to(room(channel)).emit("said", said(post, socket)) }
    }
}
