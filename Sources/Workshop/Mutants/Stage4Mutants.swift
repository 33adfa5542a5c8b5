// Wrong servers for stage 4. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

final class NotToTheSender: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if !text.isEmpty { socket.broadcast.emit("chat message", text) }
    }
}

final class ToTheSenderOnly: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if !text.isEmpty { socket.emit("chat message", text) }
    }
}

final class WelcomesItself: Chat {
    override func arrived(_ socket: Socket) {
        print("a user connected")
        io.emit("user joined")
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }
}

final class NobodyLeaves: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
    }
}

final class LeavesTwice: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        io.emit("user left")
    }
}

final class KeepsHistory: Chat {
    var history: [String] = []
    override func arrived(_ socket: Socket) {
        super.arrived(socket)
        for text in history { socket.emit("chat message", text) }
    }
    override func heard(_ text: String, _ socket: Socket) {
        super.heard(text, socket)
        history.append(text)
    }
}

/// Each departure gives everybody who stays one more listener.
final class ListensAgainAndAgain: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        for other in io.sockets.sockets.values { listen(other) }
    }
}
