// A wrong server for stage 2: what is wrong? Check 2.5 finds it.

import Engine

final class SeesOnlyPoliteLeaving: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        if reason == .clientNamespaceDisconnect { print("a user disconnected: \(reason)") }
    }
}
