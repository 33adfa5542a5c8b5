// A wrong server for stage 8: what is wrong? Check 8.6 finds it.

import Engine

/// The table that is read is not the one that a rename writes.
final class TwoTables: Chat {
    var addresses: [String: Socket.ID] = [:]
    override func rename(_ socket: Socket, to name: String) {
        super.rename(socket, to: name)
        if addresses.values.contains(socket.id) { return }
        addresses[key(name)] = socket.id
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        addresses = addresses.filter { $0.value != socket.id }
    }
    override func addressee(_ name: String) -> Socket.ID? { addresses[key(name)] }
}
