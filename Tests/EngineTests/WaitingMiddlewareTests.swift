// Middlewares that take their time: what a client that is not in yet can do, and what becomes of
// it.

import Engine
import TestSupport
import Testing

/// Holds callers until a test opens it.
private final class Gate {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private(set) var arrivals = 0

    func pass() async {
        arrivals += 1
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        let all = waiting
        waiting = []
        for continuation in all { continuation.resume() }
    }
}

extension MiddlewareTests {
    @Test("what comes while one waits is handled after, and what goes out follows the welcome")
    func early() async throws {
        let fixture = try Fixture()
        let gate = Gate()
        fixture.io.use { socket async throws in
            socket.join("room")
            socket.emit("soon")
            await gate.pass()
        }
        fixture.io.onConnection { socket in
            socket.on("x") { (number: Int) -> Int in
                fixture.log.append("x \(number)")
                return number
            }
        }
        let client = try await client(fixture)
        client.sendFrame("40")
        client.sendFrame("42[\"x\",1]")
        client.sendFrame("4212[\"x\",2]")
        try await eventually("the first arrival") { gate.arrivals == 1 }
        fixture.io.to("room").emit("to the room")
        fixture.io.emit("to all that are in")
        gate.open()
        #expect(try await client.text().hasPrefix("40{\"sid\":"))
        #expect(try await client.text() == "42[\"soon\"]")
        #expect(try await client.text() == "42[\"to the room\"]")
        #expect(try await client.text() == "4312[2]")
        #expect(fixture.log == ["x 1", "x 2"])
    }

    @Test("a client that goes while one waits was never there")
    func leaving() async throws {
        let fixture = try Fixture()
        let gate = Gate()
        fixture.io.use { socket async throws in
            socket.join("room")
            socket.onDisconnect { _ in fixture.log.append("disconnect") }
            await gate.pass()
        }
        fixture.io.onConnection { _ in fixture.log.append("in") }
        let first = try await client(fixture)
        first.sendFrame("40")
        try await eventually("the first arrival") { gate.arrivals == 1 }
        first.sendFrame("41")
        first.sendFrame("40")
        try await eventually("the second arrival") { gate.arrivals == 2 }
        first.vanish()
        try await eventually("no client is left") { fixture.io.clientsCount == 0 }
        gate.open()
        let second = try await client(fixture)
        second.sendFrame("40")
        try await eventually("the third arrival") { gate.arrivals == 3 }
        #expect(fixture.log == [])
        #expect(fixture.io.sockets.roomNames == ["room"])
        gate.open()
        _ = try await second.text()
        #expect(fixture.log == ["in"])
        #expect(fixture.io.sockets.sockets.count == 1)
    }

    @Test("a client that sends too much before it is let in is put out, and the others stay")
    func flood() async throws {
        var options = SocketServerOptions()
        options.maxHttpBufferSize = 10_000
        let fixture = try Fixture(options)
        let gate = Gate()
        fixture.io.use { socket async throws in
            if socket.handshake.auth["name"] == "flood" { await gate.pass() }
        }
        let calm = try await client(fixture)
        calm.sendFrame("40")
        _ = try await calm.text()
        for event in ["42[\"x\"]", "42[\"x\",\"\(String(repeating: "y", count: 5_000))\"]"] {
            let client = try await client(fixture)
            client.sendFrame("40{\"name\":\"flood\"}")
            for _ in 0..<110 { client.sendFrame(event) }
            try await client.waitForEnd()
        }
        gate.open()
        #expect(fixture.io.sockets.sockets.count == 1)
    }

    @Test("a client that waits in a middleware for too long has joined nothing in time")
    func patience() async throws {
        var options = SocketServerOptions()
        options.connectTimeout = 20
        let fixture = try Fixture(options)
        let gate = Gate()
        fixture.io.use { _ async throws in await gate.pass() }
        let client = try await client(fixture)
        client.sendFrame("40")
        try await client.waitForEnd()
        gate.open()
    }
}
