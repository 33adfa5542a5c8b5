// Connections of the client that are lost, refused or left, and its options.
// Next: RecoveryTests.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("Connections of SocketIOClient", .serialized, .closesServers)
struct ClientConnectionTests {
    @Test(
        "a restart: it comes back, sends what waited in order, and nothing twice",
        arguments: TransportMode.allCases)
    func restart(mode: TransportMode) async throws {
        var io = try server()
        let port = try #require(io.port)
        let socket = try connect(io, mode)
        var log: [String] = []
        socket.onConnect { log.append("connect") }
        socket.onDisconnect { reason in
            // Between two polls the next request finds no server: then it is a transport error.
            log.append([.transportClose, .transportError].contains(reason) ? "lost" : "\(reason)")
        }
        socket.on("echo") { (text: String) in log.append(text) }
        try await settled(socket, mode)
        socket.emit("nobody answers") { (answer: Result<String, AckError>) in
            if case .failure(let error) = answer { log.append("no answer: \(error)") }
        }
        await io.close()
        try await eventually("the disconnect") { log.count == 3 }
        for number in 1...3 { socket.emit("echo", "unsent \(number)") }
        socket.volatile.emit("echo", "lost")
        io = try server(port)
        try await eventually("the echoes") { log.count >= 7 }
        socket.emit("echo", "end")
        try await eventually("the end") { log.last == "end" }
        #expect(
            log == [
                "connect", "no answer: the socket was disconnected before the acknowledgement came",
                "lost", "connect", "unsent 1", "unsent 2", "unsent 3", "end",
            ])
        socket.disconnect()
    }

    @Test(
        "a disconnected socket stays away until connect() is called",
        arguments: TransportMode.allCases)
    func serverDisconnect(mode: TransportMode) async throws {
        let io = try server()
        let socket = try connect(io, mode)
        var log: [String] = []
        socket.on("disconnect") { (reason: String) in log.append(reason) }
        socket.emit("leave me")
        try await eventually("the disconnect") { !log.isEmpty }
        #expect(log == ["io server disconnect"])
        #expect(!socket.active)
        socket.connect()
        try await socket.waitUntilConnected()
        socket.disconnect()
        #expect(log == ["io server disconnect", "io client disconnect"])
        try await eventually("no client is left") { io.clientsCount == 0 }
    }

    @Test(
        "events come as a sequence, across a reconnect, until the socket leaves",
        arguments: TransportMode.allCases)
    func sequence(mode: TransportMode) async throws {
        var io = try server()
        let port = try #require(io.port)
        let socket = try connect(io, mode)
        let reader = Task {
            var points: [Point] = []
            for await point in socket.events("echo", as: Point.self) {
                points.append(point)
                if points.count == 3 { break }
            }
            return points
        }
        try await eventually("the listener") { socket.listenerCount("echo") == 1 }
        socket.emit("echo", Point(x: 1, name: "a"))
        socket.emit("echo", "no point")
        socket.emit("echo", Point(x: 2, name: "b"))
        _ = try await socket.emitWithAck("ask", 1, as: Int.self)
        await io.close()
        try await eventually("the disconnect") { !socket.connected }
        io = try server(port)
        socket.emit("echo", Point(x: 3, name: "c"))
        #expect(await reader.value.map { $0.x } == [1, 2, 3])
        try await eventually("the listener is gone") { socket.listenerCount("echo") == 0 }
        let rest = Task {
            var count = 0
            for await _ in socket.events("echo", as: JSON.self) { count += 1 }
            return count
        }
        try await eventually("the listener") { socket.listenerCount("echo") == 1 }
        socket.disconnect()
        #expect(await rest.value == 0)
    }

    @Test(
        "what was emitted before disconnect() arrives, however soon it is called",
        arguments: TransportMode.allCases)
    func lastEvents(mode: TransportMode) async throws {
        let io = try server()
        var heard: [Int] = []
        io.onConnection { socket in socket.on("last") { (number: Int) in heard.append(number) } }
        for number in 0..<5 {
            let socket = try connect(io, mode)
            try await socket.waitUntilConnected()
            socket.emit("last", number)
            socket.disconnect()
        }
        try await eventually("all of them") { heard.count == 5 }
        #expect(heard.sorted() == [0, 1, 2, 3, 4])
        try await eventually("no client is left") { io.clientsCount == 0 }
    }

    @Test("a server that is not there: errors, attempts, and the end of them")
    func noServer() async throws {
        let io = try server()
        let url = "http://localhost:\(try #require(io.port))"
        await io.close()
        var options = TransportMode.upgrade.options
        options.reconnectionAttempts = 2
        let manager = try Manager(url, options)
        var log: [String] = []
        manager.onReconnectAttempt { log.append("attempt \($0)") }
        manager.onReconnectFailed { log.append("failed") }
        let socket = manager.socket()
        socket.onConnectError { _ in log.append("error") }
        try await eventually("it gives up") { log.last == "failed" }
        #expect(log == ["error", "attempt 1", "error", "attempt 2", "error", "failed"])
        #expect(socket.active && !socket.connected)
        socket.disconnect()
        options.reconnection = false
        let once = try ClientSocket.connect(url, options)
        await #expect(throws: ClientError.self) { try await once.waitUntilConnected() }
    }

    @Test("the query and the extra fields reach the server", arguments: TransportMode.allCases)
    func query(mode: TransportMode) async throws {
        let io = try server()
        io.of("/who").use { socket in
            let who = [
                socket.handshake.query["a"], socket.handshake.query["b"],
                socket.handshake.headers["X-Who"],
            ]
            throw ConnectError(who.map { $0 ?? "nil" }.joined(separator: "|"))
        }
        var options = mode.options
        options.query = ["b": "ü+ &c"]
        options.extraHeaders = ["X-Who": "me"]
        let url = "http://localhost:\(try #require(io.port))/who?a=1"
        let socket = try ClientSocket.connect(url, options)
        await #expect(throws: ClientError.refused("1|ü+ &c|me", data: nil)) {
            try await socket.waitUntilConnected()
        }
    }

    @Test(
        "what is no URL is named, with what would be one",
        arguments: ["https://localhost", "ftp://localhost", "http://", "wss://a.test"])
    func urls(url: String) {
        #expect(throws: ClientError.self) { try Manager(url) }
    }

    @Test("what is too large for a request ends the connection, and fails its question")
    func tooLarge() async throws {
        let io = try server { $0.maxHttpBufferSize = 100_000 }
        let socket = try ClientSocket.connect(
            "http://localhost:\(try #require(io.port))", TransportMode.polling.options)
        try await socket.waitUntilConnected()
        var reason: ClientDisconnectReason?
        socket.onDisconnect { reason = $0 }
        // 90 KB of binary data are 120 KB of base64.
        await #expect(throws: AckError.disconnected) {
            try await socket.emitWithAck("ask", Data(count: 90_000), as: Data.self)
        }
        #expect(reason == .transportError)
        try await socket.waitUntilConnected()
        let bytes = try await socket.emitWithAck("ask", Data(count: 70_000), as: Data.self)
        #expect(bytes.count == 70_000)
        socket.disconnect()
    }

    @Test("a server that falls silent is noticed")
    func silence() async throws {
        let app = closing(App())
        var opened: [WebSocketConnection] = []
        app.webSocket("/socket.io/") { connection in
            opened.append(connection)
            connection.send(
                "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":20,\"pingTimeout\":20,"
                    + "\"maxPayload\":1000}")
            connection.onText { text in
                if text == "40" { connection.send("40{\"sid\":\"y\"}") }
            }
        }
        let port = try app.listen(port: 0)
        var options = TransportMode.websocket.options
        options.reconnection = false
        let socket = try ClientSocket.connect("http://localhost:\(port)", options)
        var reason: ClientDisconnectReason?
        socket.onDisconnect { reason = $0 }
        try await eventually("the timeout") { reason != nil }
        #expect(reason == .pingTimeout)
    }
}
