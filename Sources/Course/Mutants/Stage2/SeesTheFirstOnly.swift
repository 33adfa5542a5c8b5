// A wrong server for stage 2: what is wrong? Check 2.3 finds it.

import Engine

final class SeesTheFirstOnly: Chat {
    var hasSeen = false
    override func arrived(_ socket: Socket) {
        if !hasSeen { print("a user connected") }
        hasSeen = true
        socket.onDisconnect { print("a user disconnected: \($0)") }
    }
}
