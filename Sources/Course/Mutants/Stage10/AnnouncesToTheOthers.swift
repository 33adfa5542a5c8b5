// A wrong server for stage 10: what is wrong? Check 10.4 finds it.

import Engine

final class AnnouncesToTheOthers: RoomsChat {
    override func deliverToAll(_ post: Post, _ socket: Socket) { deliver(post, socket) }
}
