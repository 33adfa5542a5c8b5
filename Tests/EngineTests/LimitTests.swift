// How many may come in, and how much one of them may do. Over a limit it is that client that hears
// of it, and the others never notice.

import Engine
import TestSupport
import Testing

@Suite("Limits", .serialized, .closesServers)
struct LimitTests {
    /// The server learns of a connection's end a moment later: then a new one is let in.
    private func waitForRoom(_ port: Int) async throws {
        for _ in 0..<10_000 {
            let next = try RawClient(port: port)
            next.patience = 500
            defer { next.vanish() }
            if (try? await next.request("GET", "/").status) == 200 { return }
        }
        Issue.record("no new client is let in")
    }

    @Test("over the number of connections a new one is closed, and there is room again later")
    func total() async throws {
        let app = closing(App())
        app.get("/") { _ in .text("hello") }
        app.connectionLimits.total = 2
        let port = try app.listen(port: 0)
        let (a, b) = (try RawClient(port: port), try RawClient(port: port))
        #expect(try await a.request("GET", "/").status == 200)
        #expect(try await b.request("GET", "/").status == 200)
        let c = try RawClient(port: port)
        try await c.waitForEnd()
        #expect(try await a.request("GET", "/").status == 200)
        b.vanish()
        try await waitForRoom(port)
    }

    @Test("an address has so many connections, WebSockets included")
    func perAddress() async throws {
        let app = closing(App())
        app.get("/") { _ in .text("hello") }
        app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }
        app.connectionLimits.perAddress = 1
        let port = try app.listen(port: 0)
        let a = try RawClient(port: port)
        try await a.openWebSocket("/echo")
        let b = try RawClient(port: port)
        try await b.waitForEnd()
        a.sendFrame("still there")
        #expect(try await a.text() == "still there")
        a.vanish()
        try await waitForRoom(port)
    }

    @Test("an address opens so many sessions in a second")
    func handshakes() async throws {
        let app = closing(App())
        _ = SocketServer(app)
        app.connectionLimits.handshakesPerSecond = 3
        let port = try app.listen(port: 0)
        let client = try RawClient(port: port)
        var counts: [Int: Int] = [:]
        // Sent at once they are answered at once, within a second or at the border of two.
        client.send(String(repeating: RawClient.request("GET", polling), count: 20))
        for _ in 0..<20 { counts[try await client.answer().status, default: 0] += 1 }
        #expect((3...6).contains(counts[200] ?? 0))
        #expect(counts[429] == 20 - (counts[200] ?? 0))
    }

    @Test("a client that sends too many packets in a second is closed, and the other is not")
    func packets() async throws {
        var options = SocketServerOptions()
        options.packetsPerSecond = 50
        let fixture = try Fixture(options)
        var heard = 0
        fixture.io.onConnection { socket in socket.on("x") { () in heard += 1 } }
        let (fast, slow) = (try await fixture.client(), try await fixture.client())
        for _ in 0..<200 { fast.sendFrame("42[\"x\"]") }
        try await fast.waitForEnd()
        #expect(heard <= 2 * 50)
        slow.sendFrame("421[\"no other\"]")
        slow.sendFrame("40/nowhere,")
        #expect(try await slow.text().hasPrefix("44/nowhere"))
    }

    @Test("a client joins so many namespaces")
    func namespaces() async throws {
        var options = SocketServerOptions()
        options.namespacesPerClient = 2
        let fixture = try Fixture(options)
        for name in ["/a", "/b"] { fixture.io.of(name).onConnection { _ in } }
        let client = try await fixture.client()
        client.sendFrame("40/a,")
        #expect(try await client.text().hasPrefix("40/a,"))
        client.sendFrame("40/b,")
        try await client.waitForEnd()
    }

    @Test("a socket is in so many rooms")
    func rooms() async throws {
        var options = SocketServerOptions()
        options.roomsPerSocket = 3
        let fixture = try Fixture(options)
        var joined = 0
        fixture.io.onConnection { socket in
            for number in 0..<10 { socket.join("room \(number)") }
            socket.join("room 0")
            joined = socket.rooms.count
        }
        _ = try await fixture.client()
        // Its own room is not counted.
        #expect(joined == 4)
    }
}
