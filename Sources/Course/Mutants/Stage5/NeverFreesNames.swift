// A wrong server for stage 5: what is wrong? Check 5.10 finds it.

import Engine

/// Written under one key, removed under another: the name is never free again.
final class NeverFreesNames: Chat {
    var taken: [String: Socket.ID] = [:]
    override func isTaken(_ name: String, by socket: Socket) -> Bool {
        if let owner = taken[key(name)] { return owner != socket.id }
        taken[key(name)] = socket.id
        return false
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        taken[socket.id] = nil
        super.left(socket, reason)
    }
}
