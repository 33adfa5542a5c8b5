// A wrong server for stage 2: what is wrong? Check 2.4 finds it.

import Engine

final class NoReason: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected")
    }
}
