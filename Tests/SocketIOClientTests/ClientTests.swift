// The client with our own server, over both transports and through the upgrade.
// Next: ClientConnectionTests.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("SocketIOClient", .serialized, .closesServers)
struct ClientTests {
    @Test(
        "arguments come back as they were, whatever the transport",
        arguments: TransportMode.allCases)
    func echo(mode: TransportMode) async throws {
        let io = try server()
        let socket = try connect(io, mode)
        var back: [String] = []
        socket.on("echo") { (text: String, point: Point, list: [Int?], data: Data) in
            back.append("\(text) \(point.x) \(point.name) \(list) \(Array(data))")
        }
        socket.emit("echo", "tür", Point(x: 1, name: "🙂"), [1, nil] as [Int?], Data([0, 255]))
        try await eventually("an echo") { !back.isEmpty }
        #expect(back == ["tür 1 🙂 [Optional(1), nil] [0, 255]"])
        try await settled(socket, mode)
        socket.emit(
            "echo", String(repeating: "x", count: 300_000), Point(x: 2, name: ""), [] as [Int?],
            Data())
        try await eventually("a large echo") { back.count == 2 }
        #expect(back.last?.count == 300_000 + " 2  [] []".count)
        socket.disconnect()
    }

    @Test(
        "hundreds of events keep their order through the upgrade", arguments: TransportMode.allCases
    )
    func order(mode: TransportMode) async throws {
        let io = try server()
        let socket = try connect(io, mode)
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

    @Test("acknowledgements go both ways", arguments: TransportMode.allCases)
    func acknowledgements(mode: TransportMode) async throws {
        let io = try server()
        let socket = try connect(io, mode)
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

    @Test(
        "namespaces share a connection, and leave it one by one", arguments: TransportMode.allCases)
    func namespaces(mode: TransportMode) async throws {
        let io = try server()
        var admins = 0
        io.of("/admin").onConnection { socket in
            admins += 1
            socket.onDisconnect { _ in admins -= 1 }
            socket.on("who") { () -> String in "admin" }
        }
        let main = try connect(io, mode)
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

    @Test(
        "auth reaches the middlewares, and a refusal comes with its data",
        arguments: TransportMode.allCases)
    func auth(mode: TransportMode) async throws {
        let io = try server()
        io.of("/private").use { socket in
            guard socket.handshake.auth["token"]?.string == "abc" else {
                throw ConnectError("not authorized", data: ["try": "later"])
            }
        }
        let socket = try connect(io, mode, auth: ["name": "Ada"])
        var heard: JSON?
        socket.on("auth") { (auth: JSON) in heard = auth }
        try await eventually("auth") { heard != nil }
        #expect(heard == ["name": "Ada"])
        let refused = try connect(io, mode, "/private")
        await #expect(throws: ClientError.refused("not authorized", data: ["try": "later"])) {
            try await refused.waitUntilConnected()
        }
        #expect(!refused.active)
        refused.authProvider = { ["token": "abc"] }
        refused.connect()
        try await refused.waitUntilConnected()
        let nowhere = try connect(io, mode, "/nowhere")
        await #expect(throws: ClientError.refused("Invalid namespace", data: nil)) {
            try await nowhere.waitUntilConnected()
        }
        for each in [socket, refused] { each.disconnect() }
    }
}
