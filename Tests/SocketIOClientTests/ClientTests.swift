// The client against our own engine, over both transports and through the upgrade.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

/// How a client connects in a test.
nonisolated enum Way: String, CaseIterable, Sendable {
    case polling, websocket, upgrade

    @MainActor var options: ClientOptions {
        var options = ClientOptions()
        options.reconnectionDelay = 10
        options.reconnectionDelayMax = 50
        switch self {
        case .polling: options.transports = [.polling]
        case .websocket: options.transports = [.websocket]
        case .upgrade: break
        }
        return options
    }
}

@Suite("SocketIOClient", .serialized, .closesServers)
struct ClientTests {
    private struct Point: Codable, Equatable {
        var x: Int
        var name: String
    }

    private func server(
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

    private func connect(
        _ io: SocketServer, _ way: Way, _ path: String = "", auth: JSON? = nil
    ) throws -> ClientSocket {
        try .connect(
            "http://127.0.0.1:\(try #require(io.port))\(path)", way.options, auth: auth)
    }

    private func settled(_ socket: ClientSocket, _ way: Way) async throws {
        try await socket.waitUntilConnected()
        let wanted: ClientTransportName = way == .polling ? .polling : .websocket
        try await eventually("transport \(wanted)") { socket.manager.transport == wanted }
    }

    @Test("arguments come back as they were, whatever the transport", arguments: Way.allCases)
    func echo(way: Way) async throws {
        let io = try server()
        let socket = try connect(io, way)
        var back: [String] = []
        socket.on("echo") { (text: String, point: Point, list: [Int?], data: Data) in
            back.append("\(text) \(point.x) \(point.name) \(list) \(Array(data))")
        }
        socket.emit("echo", "tür", Point(x: 1, name: "🙂"), [1, nil] as [Int?], Data([0, 255]))
        try await eventually("an echo") { !back.isEmpty }
        #expect(back == ["tür 1 🙂 [Optional(1), nil] [0, 255]"])
        try await settled(socket, way)
        socket.emit(
            "echo", String(repeating: "x", count: 300_000), Point(x: 2, name: ""), [] as [Int?],
            Data())
        try await eventually("a large echo") { back.count == 2 }
        #expect(back.last?.count == 300_000 + " 2  [] []".count)
        socket.disconnect()
    }

    @Test("hundreds of events keep their order through the upgrade", arguments: Way.allCases)
    func order(way: Way) async throws {
        let io = try server()
        let socket = try connect(io, way)
        var back: [Int] = []
        socket.on("echo") { (number: Int, _: Data?) in back.append(number) }
        for number in 0..<300 {
            if number % 3 == 0 {
                socket.emit("echo", number, Data([1]))
            } else {
                socket.emit("echo", number)
            }
            if number % 20 == 0 { await Task.yield() }
        }
        try await eventually("all echoes") { back.count >= 300 }
        #expect(back == Array(0..<300))
        socket.disconnect()
    }

    @Test("acknowledgements go both ways", arguments: Way.allCases)
    func acknowledgements(way: Way) async throws {
        let io = try server()
        let socket = try connect(io, way)
        #expect(try await socket.emitWithAck("ask", "a", as: String.self) == "a")
        var seen: [String] = []
        socket.emit("ask", 1, "two", Data([3])) { (one: Int, two: String, three: Data) in
            seen.append("\(one) \(two) \(Array(three))")
        }
        socket.on("question") { (number: Int, ack: Ack) in
            ack(number * 2, "first")
            ack(0, "second")
        }
        socket.on("answered") { (number: Int, word: String) in seen.append("\(number) \(word)") }
        socket.emit("ask me", 21)
        try await eventually("both") { seen.count == 2 }
        #expect(seen == ["1 two [3]", "42 first"])
        await #expect(throws: AckError.timedOut) {
            try await socket.timeout(1).emitWithAck("nobody hears this", as: String.self)
        }
        await #expect(throws: AckError.self) {
            try await socket.emitWithAck("ask", "text", as: Int.self)
        }
        socket.disconnect()
    }

    @Test("namespaces share a connection, and leave it one by one", arguments: Way.allCases)
    func namespaces(way: Way) async throws {
        let io = try server()
        var admins = 0
        io.of("/admin").onConnection { socket in
            admins += 1
            socket.onDisconnect { _ in admins -= 1 }
            socket.on("who") { () -> String in "admin" }
        }
        let main = try connect(io, way)
        let admin = main.manager.socket("/admin")
        #expect(main.manager.socket("admin") === admin)
        #expect(try await admin.emitWithAck("who", as: String.self) == "admin")
        try await main.waitUntilConnected()
        #expect(io.clientsCount == 1)
        #expect(main.id != admin.id)
        admin.disconnect()
        try await eventually("the admin has left") { admins == 0 }
        #expect(main.connected && !admin.connected)
        #expect(try await main.emitWithAck("ask", 1, as: Int.self) == 1)
        main.disconnect()
        try await eventually("the connection is closed") { io.clientsCount == 0 }
    }

    @Test("auth is shown at the door, and a refusal comes with its data", arguments: Way.allCases)
    func auth(way: Way) async throws {
        let io = try server()
        io.of("/private").use { socket in
            guard socket.handshake.auth["token"]?.string == "abc" else {
                throw ConnectError("not authorized", data: ["try": "later"])
            }
        }
        let socket = try connect(io, way, auth: ["name": "Ada"])
        var heard: JSON?
        socket.on("auth") { (auth: JSON) in heard = auth }
        try await eventually("auth") { heard != nil }
        #expect(heard == ["name": "Ada"])
        let refused = try connect(io, way, "/private")
        await #expect(throws: ClientError.refused("not authorized", data: ["try": "later"])) {
            try await refused.waitUntilConnected()
        }
        #expect(!refused.active)
        refused.authProvider = { ["token": "abc"] }
        refused.connect()
        try await refused.waitUntilConnected()
        let nowhere = try connect(io, way, "/nowhere")
        await #expect(throws: ClientError.refused("Invalid namespace", data: nil)) {
            try await nowhere.waitUntilConnected()
        }
        for each in [socket, refused] { each.disconnect() }
    }

    @Test(
        "a restart: it comes back, sends what waited in order, and nothing twice",
        arguments: Way.allCases)
    func restart(way: Way) async throws {
        var io = try server()
        let port = try #require(io.port)
        let socket = try connect(io, way)
        var log: [String] = []
        socket.onConnect { log.append("connect") }
        socket.onDisconnect { reason in
            // Between two polls it finds nobody to ask any more.
            log.append([.transportClose, .transportError].contains(reason) ? "lost" : "\(reason)")
        }
        socket.on("echo") { (text: String) in log.append(text) }
        try await settled(socket, way)
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

    @Test("who is sent away stays away; who calls connect() comes back", arguments: Way.allCases)
    func sentAway(way: Way) async throws {
        let io = try server()
        let socket = try connect(io, way)
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
        try await eventually("nobody is left") { io.clientsCount == 0 }
    }

    @Test(
        "events come as a sequence, across a reconnect, until the socket leaves",
        arguments: Way.allCases)
    func sequence(way: Way) async throws {
        var io = try server()
        let port = try #require(io.port)
        let socket = try connect(io, way)
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
        "what was emitted before leaving arrives, however quickly one leaves",
        arguments: Way.allCases)
    func lastWords(way: Way) async throws {
        let io = try server()
        var heard: [Int] = []
        io.onConnection { socket in socket.on("last") { (number: Int) in heard.append(number) } }
        for number in 0..<5 {
            let socket = try connect(io, way)
            try await socket.waitUntilConnected()
            socket.emit("last", number)
            socket.disconnect()
        }
        try await eventually("all of them") { heard.count == 5 }
        #expect(heard.sorted() == [0, 1, 2, 3, 4])
        try await eventually("nobody is left") { io.clientsCount == 0 }
    }

    @Test("a server that is not there: errors, attempts, and the end of them")
    func nobodyThere() async throws {
        let io = try server()
        let url = "http://localhost:\(try #require(io.port))"
        await io.close()
        var options = Way.upgrade.options
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

    @Test("the query and the extra fields reach the server", arguments: Way.allCases)
    func query(way: Way) async throws {
        let io = try server()
        io.of("/who").use { socket in
            let who = [
                socket.handshake.query["a"], socket.handshake.query["b"],
                socket.handshake.headers["X-Who"],
            ]
            throw ConnectError(who.map { $0 ?? "nil" }.joined(separator: "|"))
        }
        var options = way.options
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
            "http://localhost:\(try #require(io.port))", Way.polling.options)
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
        var options = Way.websocket.options
        options.reconnection = false
        let socket = try ClientSocket.connect("http://localhost:\(port)", options)
        var reason: ClientDisconnectReason?
        socket.onDisconnect { reason = $0 }
        try await eventually("the timeout") { reason != nil }
        #expect(reason == .pingTimeout)
    }
}
