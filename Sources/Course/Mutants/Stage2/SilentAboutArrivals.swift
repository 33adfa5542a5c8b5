// A wrong server for stage 2: what is wrong? Check 2.3 finds it.

import Engine

final class SilentAboutArrivals: Chat {
    override func arrived(_ socket: Socket) {
        socket.onDisconnect { print("a user disconnected: \($0)") }
    }
}
