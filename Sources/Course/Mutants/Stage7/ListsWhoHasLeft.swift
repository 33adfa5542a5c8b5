// A wrong server for stage 7: what is wrong? Check 7.3 finds it.

import Engine

final class ListsWhoHasLeft: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
        setTyping(false, socket)
        guard let name = nicknames[socket.id] else { return }
        socket.broadcast.emit("user left", User(nickname: name))
        tellOnline(socket)
        nicknames[socket.id] = nil
    }
}
