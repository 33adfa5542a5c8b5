// A client whose connection breaks, and that comes back: for the suites of connection state
// recovery.

import Engine
import Foundation
import TestSupport
import Testing

/// A client that remembers what the official one does: its pid, and the offset of the last event.
final class ReturningClient {
    private var port: Int
    let namespace: String
    var raw: RawClient
    var pid: String?
    var offset: String?
    var id: String?
    var recovered = false
    /// The events that were heard, without their offsets.
    var heard: [String] = []

    init(_ fixture: Fixture, _ namespace: String = "") throws {
        port = fixture.port
        self.namespace = namespace
        raw = try RawClient(port: port)
    }

    /// Connects, and hears what there is up to the welcome.
    func connect() async throws {
        try await open()
        comeBack()
        try await welcomed()
    }

    /// The same at another server.
    func connect(to server: Fixture) async throws {
        port = server.port
        try await connect()
    }

    /// Opens a connection, and joins nothing.
    func open() async throws {
        raw = try RawClient(port: port)
        try await raw.openWebSocket("/socket.io/?EIO=4&transport=websocket")
        _ = try await raw.text()
    }

    /// Asks to be let in.
    func comeBack() {
        var auth = ""
        if let pid { auth = "{\"pid\":\"\(pid)\"\(offset.map { ",\"offset\":\"\($0)\"" } ?? "")}" }
        raw.sendFrame("40\(namespace)\(auth)")
    }

    /// Hears what there is up to the welcome. Events in front of it count when it has come: without
    /// it the connection may have broken in the middle.
    func welcomed() async throws {
        var early: [String] = []
        while true {
            let text = try await raw.text()
            guard text.hasPrefix("40") else {
                early.append(text)
                continue
            }
            let parts = text.split(separator: "\"").map(String.init)
            recovered = parts[7] == pid
            (id, pid) = (parts[3], parts[7])
            break
        }
        for text in early { hear(text) }
    }

    /// Hears an event; a ping may come in front of it.
    func hear() async throws {
        var text = try await raw.text()
        while text == "2" { text = try await raw.text() }
        hear(text)
    }

    private func hear(_ text: String) {
        guard text.hasPrefix("42"), let comma = text.lastIndex(of: ",") else { return }
        offset = text[comma...].split(separator: "\"").dropFirst().first.map(String.init)
        heard.append(String(text[..<comma]))
    }
}
