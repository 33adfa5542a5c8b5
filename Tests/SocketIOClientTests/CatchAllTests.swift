// Listeners for all events, whatever their name.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("CatchAll", .serialized, .closesServers)
struct CatchAllTests {
    private func texts(_ arguments: Arguments) -> [String] {
        (0..<arguments.count).map { index in
            (try? arguments.decode(JSON.self, at: index)).map { "\($0)" } ?? "?"
        }
    }

    @Test("what comes is heard by all of them in their order, before the event's own listeners")
    func incoming() async throws {
        let server = try ScriptedServer()
        let socket = try server.client()
        var log: [String] = []
        let first = socket.onAny { event, arguments in
            log.append("a \(event) \(try arguments.decode(Int.self, at: 0))")
        }
        socket.prependAny { event, arguments in log.append("b \(event) \(arguments.count)") }
        socket.on("x") { (number: Int) in log.append("x \(number)") }
        socket.on("y") { log.append("y") }
        _ = try await server.next()
        server.send("40{\"sid\":\"me\"}", "42[\"x\",1]", "427[\"y\",\"no number\"]", "42[3]")
        try await eventually("3") { log.last == "b 3 0" }
        #expect(log == ["b x 1", "a x 1", "x 1", "b y 1", "y", "b 3 0"])
        #expect(socket.listenersAnyCount == 2)
        socket.offAnyOutgoing(first)
        #expect(socket.listenersAnyCount == 2)
        socket.offAny(first)
        #expect(socket.listenersAnyCount == 1)
        server.send("42[\"x\",2]")
        try await eventually("x") { log.last == "x 2" }
        socket.offAny()
        #expect(socket.listenersAnyCount == 0)
        server.send("42[\"x\",3]")
        try await eventually("x") { log.last == "x 3" }
        #expect(log[6...] == ["b x 1", "x 2", "x 3"])
        socket.disconnect()
    }

    @Test("what leaves is seen when it leaves, before it does; answers are no events")
    func outgoing() async throws {
        let server = try ScriptedServer()
        let socket = try server.client()
        var log: [String] = []
        let first = socket.onAnyOutgoing { event, arguments in
            log.append("a \(event) \(texts(arguments))")
        }
        socket.prependAnyOutgoing { event, _ in
            log.append("b \(event)")
            if event == "failing" { throw AckError.timedOut }
            if event == "outer" { socket.emit("inner") }
        }
        socket.on("question") { (ack: Ack) in ack("answer") }
        socket.emit("early", "tür", Data([7, 8]), ["key": [1.5, nil]] as JSON)
        socket.volatile.emit("lost")
        #expect(log.isEmpty)
        _ = try await server.next()
        server.send("40{\"sid\":\"me\"}", "429[\"question\"]")
        #expect(try await server.next(2).last == "439[\"answer\"]")
        let sent: [JSON] = ["tür", .binary(Data([7, 8])), ["key": [1.5, nil]]]
        #expect(log == ["b early", "a early \(sent.map { "\($0)" })"])
        log = []
        socket.emit(2, "number")
        socket.emit("failing", ack: { (_: Int) in })
        socket.emit("outer")
        #expect(
            try await server.next(4) == [
                "42[2,\"number\"]", "420[\"failing\"]", "42[\"inner\"]", "42[\"outer\"]",
            ])
        #expect(
            log == [
                "b 2", "a 2 \([JSON.string("number")].map { "\($0)" })", "b failing",
                "a failing []", "b outer", "b inner", "a inner []", "a outer []",
            ])
        #expect(socket.listenersAnyOutgoingCount == 2)
        socket.offAny()
        socket.offAnyOutgoing(first)
        #expect(socket.listenersAnyOutgoingCount == 1)
        socket.offAnyOutgoing()
        #expect(socket.listenersAnyOutgoingCount == 0)
        socket.disconnect()
    }
}
