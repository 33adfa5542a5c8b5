// Wrong servers for stage 3. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

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
