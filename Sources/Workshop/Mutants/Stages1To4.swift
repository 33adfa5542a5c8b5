// Wrong servers for stages 1 to 4. What is wrong with each is its name.

import Engine
import Foundation

private let page =
    "<!DOCTYPE html><title>x</title><script src=\"/socket.io/socket.io.js\"></script>io()"

final class NoStyleSheet: Chat {
    override func start() { app.get("/chat.css") { _ in .status(.notFound) } }
}

final class PlainText: Chat {
    override func start() { app.get("/") { _ in .text(page) } }
}

final class NoDoctype: Chat {
    override func start() { app.get("/") { _ in .html("<h1>Hello world</h1>") } }
}

final class PostIsAPage: Chat {
    override func start() { app.post("/") { _ in .html(page) } }
}

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

final class WrongEventName: Chat {
    override func listen(_ socket: Socket) {
        socket.on("message") { [self] (text: String) in heard(text, socket) }
    }
}

final class PrintsQuotes: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if !text.isEmpty { print("message: \"\(text)\"") }
    }
}

final class PrintsAfterAWhile: Chat {
    override func listen(_ socket: Socket) {
        socket.on("chat message") { (text: String) async throws in
            try await Task.sleep(for: .milliseconds(text.hashValue & 15))
            if !text.isEmpty { print("message: \(text)") }
        }
    }
}

final class CutsLongTexts: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        super.heard(String(text.prefix(60_000)), socket)
    }
}

final class PassesEmptyTexts: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if stage == 3 { print("message: \(text)") } else { io.emit("chat message", text) }
    }
}

final class TakesAnything: Chat {
    override func listen(_ socket: Socket) {
        socket.on("chat message") { [self] (value: JSON) in
            if let text = value.string { return heard(text, socket) }
            if stage == 3 { print("message: \(value)") } else { io.emit("chat message", value) }
        }
    }
}

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
