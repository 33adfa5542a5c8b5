// How many connections the client holds. Next: ClientConnectionTests.swift.

@testable import Engine
import TestSupport
import Testing

@Suite("Connections that SocketIOClient holds", .closesServers)
struct ConnectionCountTests {
    @Test("the connections of the polls are closed when the WebSocket has taken over")
    func upgraded() async throws {
        let io = try server()
        let socket = try connect(io, .upgrade)
        try await settled(socket, .upgrade)
        try await eventually("the end of both") { io.app.connections.isEmpty }
        socket.disconnect()
    }

    @Test("a client that polls has none after disconnect()")
    func polling() async throws {
        let io = try server()
        let socket = try connect(io, .polling)
        try await settled(socket, .polling)
        #expect(!io.app.connections.isEmpty)
        socket.disconnect()
        try await eventually("the end of all") { io.app.connections.isEmpty }
    }
}
