// The server of the client's tests, and its clients. Next: ClientTests.swift.

import Engine
import SocketIOClient
import TestSupport
import Testing

struct Point: Codable, Equatable {
    var x: Int
    var name: String
}

/// A server with the handlers that the tests of this folder use.
func server(
    _ port: Int = 0, _ change: (inout SocketServerOptions) -> Void = { _ in }
) throws -> SocketServer {
    var options = SocketServerOptions()
    change(&options)
    let io = try closing(SocketServer(port: port, options))
    io.onConnection { socket in
        socket.emit("auth", socket.handshake.auth)
        socket.onArguments("echo") { arguments, _ in
            socket.emit("echo", passing: arguments)
        }
        socket.onArguments("ask") { arguments, ack in ack(passing: arguments) }
        socket.on("ask me") { (number: Int) in
            socket.emit("question", number) { (answer: Int, word: String) in
                socket.emit("answered", answer, word)
            }
        }
        socket.on("leave me") { socket.disconnect() }
    }
    return io
}

/// A client of that server.
func connect(
    _ io: SocketServer, _ mode: TransportMode, _ path: String = "", auth: JSON? = nil
) throws -> ClientSocket {
    try .connect(
        "http://127.0.0.1:\(try #require(io.port))\(path)", mode.options, auth: auth)
}

/// Waits until the socket is connected, and an upgrade is done.
func settled(_ socket: ClientSocket, _ mode: TransportMode) async throws {
    try await socket.waitUntilConnected()
    let wanted: ClientTransportName = mode == .polling ? .polling : .websocket
    try await eventually("transport \(wanted)") { socket.manager.transport == wanted }
}
