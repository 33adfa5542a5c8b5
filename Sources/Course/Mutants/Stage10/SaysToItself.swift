// A wrong server for stage 10: what is wrong? Check 10.2 finds it.

import Engine

final class SaysToItself: RoomsChat {
    override func deliver(_ post: Post, _ socket: Socket) { deliverToAll(post, socket) }
}
