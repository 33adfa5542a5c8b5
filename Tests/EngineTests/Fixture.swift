// A server of Socket.IO for the tests, and clients for it. Next: SocketIOTests.swift.

import Engine
import TestSupport
import Testing

/// A Socket.IO server on a port of its own, and clients for it.
final class Fixture {
    let io: SocketServer
    let port: Int
    /// The address that its clients connect to.
    private let host: String
    /// What the server has seen, in order.
    var log: [String] = []

    init(
        _ options: SocketServerOptions = SocketServerOptions(), host: String = "127.0.0.1"
    ) throws {
        self.host = host
        io = try closing(SocketServer(port: 0, options))
        port = try #require(io.port)
    }

    /// A client that has sent nothing.
    func connection() throws -> RawClient { try RawClient(port: port, host: host) }

    /// A client over WebSocket that has heard the open packet, and joined nothing.
    func opened() async throws -> RawClient {
        let client = try connection()
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        return client
    }

    /// A client over WebSocket that has joined a namespace.
    func client(_ namespace: String = "") async throws -> RawClient {
        let client = try connection()
        try await client.join(namespace)
        return client
    }
}
