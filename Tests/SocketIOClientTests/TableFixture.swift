// A server with four clients, for the rows of the table: a, b and c in the main namespace, d (on
// a's connection) in /my-namespace. a and b are in the room "game", b and c in "game2".

import Engine
import SocketIOClient
import TestSupport
import Testing

final class TableFixture {
    let io: SocketServer
    let mode: TransportMode
    private(set) var clients: [String: ClientSocket] = [:]
    /// The server's side of the clients.
    private(set) var sockets: [String: Socket] = [:]
    /// The events that each client has received since the last `expect`.
    private var heard: [String: [String]] = [:]
    private var fences: [String: Int] = [:]
    private var fence = 0
    /// What happened on the server.
    var log: [String] = []

    private static let events = [
        "hello", "broadcast", "nice game", "big-announcement", "bigger-announcement", "hey",
        "uncompressed", "maybe", "hi", "an event", "message", "news", "login", "msg", "2",
        "with-binary", "new message", "receive message", "some event",
    ]

    init(_ mode: TransportMode) async throws {
        self.mode = mode
        io = try SocketServer(port: 0)
        let remember: @MainActor (Socket) -> Void = { [self] socket in
            let name = socket.handshake.auth["name"]?.string ?? "?"
            sockets[name] = socket
            socket.on("chat message") { (text: String) in self.log.append(text) }
        }
        io.onConnection(remember)
        io.of("/my-namespace").onConnection(remember)
        for name in ["a", "b", "c"] { try await connect(name) }
        let d = try #require(clients["a"]).manager.socket("/my-namespace", auth: ["name": "d"])
        listen("d", d)
        try await d.waitUntilConnected()
        for name in ["a", "b"] { sockets[name]?.join("game") }
        for name in ["b", "c"] { sockets[name]?.join("game2") }
        sockets["d"]?.join("game")
    }

    /// The server's side of a.
    var socket: Socket {
        get throws { try #require(sockets["a"]) }
    }

    /// One of the clients.
    func client(_ name: String) throws -> ClientSocket { try #require(clients[name]) }

    @discardableResult
    func connect(
        _ name: String, _ change: ((inout ClientOptions) -> Void)? = nil
    ) async throws -> ClientSocket {
        var options = mode.options
        change?(&options)
        let url = "http://127.0.0.1:\(try #require(io.port))"
        let client = try ClientSocket.connect(url, options, auth: ["name": .string(name)])
        listen(name, client)
        try await client.waitUntilConnected()
        return client
    }

    private func listen(_ name: String, _ client: ClientSocket) {
        clients[name] = client
        for event in Self.events {
            client.onArguments(event) { [self] arguments, _ in
                let values = try (0..<arguments.count).map { index in
                    Self.text(try arguments.decode(JSON.self, at: index))
                }
                heard[name, default: []].append("\(event)(\(values.joined(separator: ", ")))")
            }
        }
        client.on("fence") { [self] (number: Int) in fences[name] = number }
        client.on("question") { (_: String?, ack: Ack) in ack("yes", "of course") }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .int(let number): "\(number)"
        case .object(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }
                .joined(separator: ", ") + "}"
        case .array(let items): "[" + items.map(text).joined(separator: ", ") + "]"
        case .binary(let data): "<\(data.map { "\($0)" }.joined(separator: " "))>"
        default: "\(value)"
        }
    }

    /// The connected clients have received exactly these events: a fence follows them.
    func expect(_ expected: [String: [String]]) async throws {
        fence += 1
        io.emit("fence", fence)
        io.of("/my-namespace").emit("fence", fence)
        try await eventually("the fence") {
            clients.allSatisfy { !$0.value.connected || fences[$0.key] == fence }
        }
        #expect(heard == expected)
        heard = [:]
    }

    /// The lines of the server's log.
    func expectLog(_ expected: [String]) async throws {
        try await eventually("the log: \(expected)") { log.count >= expected.count }
        #expect(log == expected)
        log = []
    }

    func close() async {
        for client in clients.values { client.disconnect() }
        await io.close()
    }
}
