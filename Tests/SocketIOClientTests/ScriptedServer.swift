// A server by hand: it says what a test wants, and notes what it hears. So a test knows every
// packet that a client sends, and can make it hear what our own server would not say.

import Engine
import Foundation
import SocketIOClient
import TestSupport

final class ScriptedServer {
    private let app = closing(App())
    private let port: Int
    private var connections: [WebSocketConnection] = []
    /// What came, by connection; no pongs.
    private(set) var heard: [[String]] = []

    init() throws {
        port = try app.listen(port: 0)
        // Held by its app: a client may come when the test has nothing more to say.
        app.webSocket("/socket.io/") { [self] connection in
            let index = connections.count
            connections.append(connection)
            heard.append([])
            connection.onText { text in
                if text != "3" { self.heard[index].append(text) }
            }
            connection.send(
                "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":60000,\"pingTimeout\":60000,"
                    + "\"maxPayload\":1000000}")
        }
    }

    /// A client of this server.
    func client(
        _ path: String = "", auth: JSON? = nil, _ change: (inout ClientOptions) -> Void = { _ in }
    ) throws -> ClientSocket {
        var options = Way.websocket.options
        change(&options)
        return try .connect("http://127.0.0.1:\(port)\(path)", options, auth: auth)
    }

    /// Says this to whoever came last.
    func say(_ texts: String...) {
        for text in texts { connections.last?.send(text) }
    }

    /// The same, for an attachment.
    func say(_ bytes: [UInt8]) { connections.last?.send(Data(bytes)) }

    /// Ends the last connection; the client comes back by itself.
    func cut() { connections.last?.close() }

    /// Waits until connection number `count` (from 1) has said so much, and returns it.
    func texts(_ count: Int, of connection: Int) async throws -> [String] {
        try await eventually("\(count) texts of connection \(connection)") {
            heard.count >= connection && heard[connection - 1].count >= count
        }
        return heard[connection - 1]
    }

    /// The same, of the only connection, from the text that was not asked for yet.
    func next(_ count: Int = 1) async throws -> [String] {
        defer { read += count }
        return Array(try await texts(read + count, of: 1)[read..<(read + count)])
    }

    private var read = 0

    func close() async { await app.close() }
}
