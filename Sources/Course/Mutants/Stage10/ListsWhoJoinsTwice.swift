// A wrong server for stage 10: what is wrong? Check 10.11 finds it.

import Engine

final class ListsWhoJoinsTwice: RoomsChat {
    override func add(_ socket: Socket, to channel: String) {
        channels[channel, default: []].append(socket.id)
    }
}
