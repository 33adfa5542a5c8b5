// A wrong server for stage 10: what is wrong? Check 10.6 finds it.

import Engine

final class MissesBrokenLines: RoomsChat {
    override func left(_ socket: Socket) {
        for channel in channels.keys { channels[channel]?.removeAll { $0 == socket.id } }
    }
}
