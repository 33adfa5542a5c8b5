// A wrong server for stage 4: what is wrong? Check 4.9 finds it.

import Engine

/// At each disconnect, every other socket gets one more listener.
final class ListensAgainAndAgain: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        for other in io.sockets.sockets.values { listen(other) }
    }
}
