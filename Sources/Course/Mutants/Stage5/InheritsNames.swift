// A wrong server for stage 5: what is wrong? Check 5.19 finds it.

import Engine

/// A new socket gets the name of the last one that has left.
final class InheritsNames: Chat {
    var heritage: String?
    override func arrived(_ socket: Socket) {
        if let heritage, !nicknames.isEmpty { nicknames[socket.id] = heritage }
        heritage = nil
        super.arrived(socket)
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        heritage = nicknames[socket.id]
        super.left(socket, reason)
    }
}
