// A server by hand: it sends the packets that a test names, and keeps the ones that it receives. So
// a test knows every packet that a client sends, and can send packets that our server never sends.

import Engine
import Foundation
import SocketIOClient
import TestSupport

final class ScriptedServer {
    private let app = closing(App())
    private let port: Int
    private var connections: [WebSocketConnection] = []
    /// The received texts of each connection, without pongs.
    private(set) var received: [[String]] = []

    init() throws {
        port = try app.listen(port: 0)
        // The app keeps the server alive: a client may connect at the end of a test.
        app.webSocket("/socket.io/") { [self] connection in
            let index = connections.count
            connections.append(connection)
            received.append([])
            connection.onText { text in
                if text != "3" { self.received[index].append(text) }
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
        var options = TransportMode.websocket.options
        change(&options)
        return try .connect("http://127.0.0.1:\(port)\(path)", options, auth: auth)
    }

    /// Sends texts over the last connection.
    func send(_ texts: String...) {
        for text in texts { connections.last?.send(text) }
    }

    /// The same, for an attachment.
    func send(_ bytes: [UInt8]) { connections.last?.send(Data(bytes)) }

    /// Ends the last connection; the client comes back by itself.
    func cut() { connections.last?.close() }

    /// Waits until a connection (numbered from 1) has sent `count` texts, and returns them.
    func texts(_ count: Int, of connection: Int) async throws -> [String] {
        try await eventually("\(count) texts of connection \(connection)") {
            received.count >= connection && received[connection - 1].count >= count
        }
        return received[connection - 1]
    }

    /// The same, of the only connection, from the text that was not asked for yet.
    func next(_ count: Int = 1) async throws -> [String] {
        defer { read += count }
        return Array(try await texts(read + count, of: 1)[read..<(read + count)])
    }

    private var read = 0

    func close() async { await app.close() }
}
