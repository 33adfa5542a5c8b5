// A wrong server for stage 6: what is wrong? Check 6.4 finds it.

import Engine

final class TypesAfterLeaving: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
        typing.removeValue(forKey: socket.id)?.cancel()
        guard let name = nicknames.removeValue(forKey: socket.id) else { return }
        socket.broadcast.emit("user left", User(nickname: name))
    }
}
