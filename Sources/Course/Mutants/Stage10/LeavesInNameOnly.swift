// A wrong server for stage 10: what is wrong? Check 10.5 finds it.

import Engine

final class LeavesInNameOnly: RoomsChat {
    override func leaveRoom(of channel: String, _ socket: Socket) { socket.leave(channel) }
}
