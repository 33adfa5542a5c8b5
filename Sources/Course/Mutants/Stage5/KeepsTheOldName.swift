// A wrong server for stage 5: what is wrong? Check 5.11 finds it.

import Engine

final class KeepsTheOldName: Chat {
    var old: [String: Socket.ID] = [:]
    override func isTaken(_ name: String, by socket: Socket) -> Bool {
        super.isTaken(name, by: socket) || old[key(name)].map { $0 != socket.id } == true
    }
    override func rename(_ socket: Socket, to name: String) {
        if let known = nicknames[socket.id] { old[key(known)] = socket.id }
        super.rename(socket, to: name)
    }
}
