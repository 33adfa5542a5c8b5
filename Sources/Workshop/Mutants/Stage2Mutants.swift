// Wrong servers for stage 2. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

final class SilentAboutArrivals: Chat {
    override func arrived(_ socket: Socket) {
        socket.onDisconnect { print("a user disconnected: \($0)") }
    }
}

final class SeesTheFirstOnly: Chat {
    var hasSeen = false
    override func arrived(_ socket: Socket) {
        if !hasSeen { print("a user connected") }
        hasSeen = true
        socket.onDisconnect { print("a user disconnected: \($0)") }
    }
}

final class NoReason: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected")
    }
}

final class SeesOnlyPoliteLeaving: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        if reason == .clientNamespaceDisconnect { print("a user disconnected: \(reason)") }
    }
}

final class PageWithoutScript: Chat {
    override func start() {
        super.start()
        app.get("/") { _ in .html("<!DOCTYPE html><title>x</title>") }
    }
}
