// Wrong servers for stage 7. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

final class NewcomersLearnNothing: Chat {
    override func arrived(_ socket: Socket) {
        print("a user connected")
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }
}

final class OwnListIsOld: Chat {
    override func tellOnline(_ socket: Socket) { socket.broadcast.emit("online", online()) }
}

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

final class SortsCapitalsFirst: Chat {
    override func online() -> [String] { nicknames.values.sorted() }
}

final class TellsTwice: Chat {
    override func announce(_ socket: Socket, old: String?, new: String) {
        super.announce(socket, old: old, new: new)
        tellOnline(socket)
    }
}

final class ListsKeys: Chat {
    override func online() -> [String] { nicknames.values.map(key).sorted() }
}

/// One who has no name breaks the list for everybody.
final class ListsTheNameless: Chat {
    override func online() -> [String] {
        super.online() + io.sockets.sockets.keys.filter { nicknames[$0] == nil }.map { _ in "" }
    }
}
