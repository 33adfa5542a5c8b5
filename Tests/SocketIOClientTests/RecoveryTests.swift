// Connection state recovery: what the client keeps, and the payload of its CONNECT. The browser's
// client has the same tests in Tests/interop/test_browser_client_alone.py.
// Next: ScriptedServer.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("Recovery", .serialized, .closesServers)
struct RecoveryTests {
    @Test("who comes back says where it was; what was missed is heard first, and once")
    func recovered() async throws {
        let server = try ScriptedServer()
        let socket = try server.client(auth: ["token": 1])
        var log: [String] = []
        socket.on("x") { (value: JSON, offset: String) in log.append("x \(offset)") }
        socket.onAnyOutgoing { event, _ in log.append("sent \(event)") }
        socket.onConnect { log.append("connect \(socket.recovered)") }
        #expect(try await server.texts(1, of: 1) == ["40{\"token\":1}"])
        server.send("40{\"sid\":\"one\",\"pid\":\"p\"}", "42[\"x\",1,\"o-1\"]")
        try await eventually("x") { log.count == 2 }
        server.cut()
        try await eventually("the loss") { !socket.connected }
        socket.emit("waiting")
        let asked = "40{\"offset\":\"o-1\",\"pid\":\"p\",\"token\":1}"
        #expect(try await server.texts(1, of: 2) == [asked])
        server.send("42[\"x\",2,\"o-2\"]", "42[\"x\",3,\"o-3\"]")
        // Broken off before CONNECT was answered: the server will send all of it again.
        server.cut()
        #expect(try await server.texts(1, of: 3) == [asked])
        server.send("42[\"x\",2,\"o-2\"]", "42[\"x\",3,\"o-3\"]")
        server.send("40{\"sid\":\"one\",\"pid\":\"p\"}", "42[\"x\",4,\"o-4\"]")
        try await eventually("all") { log.last == "x o-4" }
        #expect(
            log == [
                "connect false", "x o-1", "x o-2", "x o-3", "sent waiting", "connect true",
                "x o-4",
            ])
        #expect(try await server.texts(2, of: 3) == [asked, "42[\"waiting\"]"])
        #expect(socket.id == "one")
        socket.disconnect()
    }

    nonisolated static let offsets: [(frames: [String], offset: String?)] = [
        ([], nil),
        (["2[\"x\",\"o\"]"], "o"),
        (["2[\"x\",\"o-1\"]", "2[\"x\",{},\"o-2\"]"], "o-2"),
        (["2[\"x\",\"o\"]", "2[\"x\",3]", "2[\"x\",null]", "2[\"x\",[\"no\"]]"], "o"),
        (["2[\"x\",\"o\"]", "27[\"question\",\"no\"]"], "o"),
        (["51-[\"x\",{\"_placeholder\":true,\"num\":0},\"o\"]", "bytes"], "o"),
        (["51-[\"x\",\"no\",{\"_placeholder\":true,\"num\":0}]", "bytes"], nil),
        (["2[\"nobody listens\",\"t\\u00fcr\"]"], "tür"),
        (["2[\"x\"]"], "x"),
        (["2[7]"], nil),
    ]

    @Test("the offset is the last text behind an event's arguments", arguments: offsets)
    func offset(frames: [String], offset: String?) async throws {
        let server = try ScriptedServer()
        let socket = try server.client()
        _ = try await server.texts(1, of: 1)
        server.send("40{\"sid\":\"one\",\"pid\":\"p\"}")
        for frame in frames {
            if frame == "bytes" { server.send([1]) } else { server.send("4" + frame) }
        }
        server.cut()
        let fields = offset.map { "\"offset\":\"\($0)\"," } ?? ""
        #expect(try await server.texts(1, of: 2) == ["40{\(fields)\"pid\":\"p\"}"])
        socket.disconnect()
    }

    @Test("each answer to CONNECT replaces the pid; leaving forgets nothing")
    func replaced() async throws {
        let server = try ScriptedServer()
        let socket = try server.client("/admin", auth: ["pid": "mine"])
        var recoveries: [Bool] = []
        socket.onConnect { recoveries.append(socket.recovered) }
        let answers = [
            "\"pid\":\"p\"", "\"pid\":\"q\"", "\"pid\":\"q\"", "\"no\":1", "\"pid\":\"q\"",
        ]
        var asked: [String] = []
        for (index, answer) in answers.enumerated() {
            asked += try await server.texts(1, of: index + 1)
            if index == 0 {
                socket.auth = nil
                server.send(
                    "42/admin,[\"early, while there is no pid: counts all the same\",\"o\"]")
            }
            if index == 3 { socket.authProvider = { ["pid": "own", "token": 1] } }
            server.send("40/admin,{\"sid\":\"s\",\(answer)}")
            try await eventually("connect") { recoveries.count == index + 1 }
            if index == 1 {
                socket.disconnect()
                socket.connect()
            } else {
                server.cut()
            }
        }
        asked += try await server.texts(1, of: answers.count + 1)
        #expect(recoveries == [false, false, true, false, false])
        #expect(
            asked == [
                "40/admin,{\"pid\":\"mine\"}", "40/admin,{\"offset\":\"o\",\"pid\":\"p\"}",
                "40/admin,{\"offset\":\"o\",\"pid\":\"q\"}",
                "40/admin,{\"offset\":\"o\",\"pid\":\"q\"}",
                "40/admin,{\"pid\":\"own\",\"token\":1}",
                "40/admin,{\"offset\":\"o\",\"pid\":\"own\",\"token\":1}",
            ])
        socket.disconnect()
    }
}

@Suite("Recovery, both ends", .serialized, .closesServers)
struct RecoveryOfBothTests {
    @Test(
        "over either transport: the server closes, both recover, and nothing is missed",
        arguments: [
            [ClientTransportName.websocket], [.polling], [.polling, .websocket],
        ])
    func both(transports: [ClientTransportName]) async throws {
        let io = try closing(SocketServer(port: 0))
        io.connectionStateRecovery = ConnectionStateRecovery()
        var ids: [String] = []
        io.onConnection { socket in
            ids.append(socket.id)
            if !socket.recovered { socket.join("room") }
        }
        var options = ClientOptions()
        options.transports = transports
        options.reconnectionDelay = 30
        let client = try ClientSocket.connect("http://127.0.0.1:\(io.port ?? 0)", options)
        var heard: [Int] = []
        var states: [Bool] = []
        client.on("n") { (number: Int) in heard.append(number) }
        client.onConnect { states.append(client.recovered) }
        try await client.waitUntilConnected()
        io.emit("n", 0)
        try await eventually("the first") { heard == [0] }
        for round in 1...5 {
            let count = ids.count
            io.sockets.sockets.values.first?.conn.close()
            for number in 0..<10 { io.to("room").emit("n", round * 10 + number) }
            try await eventually("it is back") { ids.count == count + 1 && client.connected }
            io.emit("n", round * 10 + 10)
            try await eventually("round \(round)") { heard.last == round * 10 + 10 }
        }
        let expected = [0] + (1...5).flatMap { round in (0...10).map { round * 10 + $0 } }
        #expect(heard == expected)
        #expect(Set(ids).count == 1)
        #expect(states == [false, true, true, true, true, true])
        client.disconnect()
    }
}
