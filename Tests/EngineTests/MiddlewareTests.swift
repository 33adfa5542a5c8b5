// Who is let in, and what a client that is not in yet can do. What crosses the wire is compared as
// text.

import Engine
import Foundation
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

@Suite("Middlewares", .serialized, .closesServers)
struct MiddlewareTests {
    private func client(_ fixture: Fixture) async throws -> RawClient {
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        return client
    }

    @Test("they are asked in order, and the first that throws keeps the socket out")
    func order() async throws {
        let fixture = try Fixture()
        fixture.io.use { _ in fixture.log.append("one") }
        fixture.io.use { socket async throws in
            await Task.yield()
            fixture.log.append("two")
            if socket.handshake.auth["token"] != "abc" {
                throw ConnectError("not authorized", data: ["code": 7])
            }
        }
        fixture.io.use { _ in fixture.log.append("three") }
        fixture.io.onConnection { socket in
            fixture.log.append("in")
            socket.on("x") { () in fixture.log.append("x") }
        }
        let refused = try await client(fixture)
        refused.sendFrame("40")
        refused.sendFrame("42[\"x\"]")
        #expect(
            try await refused.text() == "44{\"message\":\"not authorized\",\"data\":{\"code\":7}}")
        #expect(fixture.log == ["one", "two"])
        fixture.log = []
        let welcome = try await client(fixture)
        welcome.sendFrame("40{\"token\":\"abc\"}")
        #expect(try await welcome.text().hasPrefix("40{\"sid\":"))
        welcome.sendFrame("42[\"x\"]")
        try await eventually("the event") { fixture.log.last == "x" }
        #expect(fixture.log == ["one", "two", "three", "in", "x"])
    }

    @Test("of errors that were not written for clients they learn only that there was one")
    func secrets() async throws {
        struct Secret: Error {}
        let fixture = try Fixture()
        fixture.io.use { _ in throw Secret() }
        let client = try await client(fixture)
        client.sendFrame("40")
        #expect(
            try await client.text() == "44{\"message\":\"the server has refused the connection\"}")
    }

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
        fixture.io.emit("to all who are in")
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
        try await eventually("nobody") { fixture.io.clientsCount == 0 }
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

    @Test("who sends too much before being let in is put out, and the others stay")
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

    @Test("a packet that a middleware stops reaches no handler, and is answered by nobody")
    func packets() async throws {
        struct Stop: Error {}
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.use { packet in
                if packet.arguments.count > 1 { throw Stop() }
                fixture.log.append("use \(packet.event)")
            }
            socket.onError { error in fixture.log.append("\(type(of: error))") }
            socket.on("x") { () -> Int in 1 }
        }
        let client = try await fixture.client()
        client.sendFrame("421[\"x\",1,2]")
        client.sendFrame("422[\"x\"]")
        #expect(try await client.text() == "432[1]")
        #expect(fixture.log == ["Stop", "use x"])
    }

    @Test("disconnect() in a middleware refuses; in a disconnecting handler it does no harm")
    func disconnecting() async throws {
        let fixture = try Fixture()
        fixture.io.of("/out").use { $0.disconnect() }
        fixture.io.of("/out").onConnection { _ in fixture.log.append("in") }
        fixture.io.onConnection { socket in
            socket.join("room")
            socket.onDisconnecting { reason in
                fixture.log.append("\(reason) \(socket.rooms.count) \(socket.connected)")
                socket.disconnect()
            }
            socket.onDisconnect { reason in
                fixture.log.append("\(reason) \(socket.rooms.count) \(socket.connected)")
            }
        }
        let client = try await fixture.client()
        client.sendFrame("40/out,")
        #expect(try await client.text().hasPrefix("44/out,{\"message\":"))
        client.sendFrame("41")
        try await eventually("it has left") { fixture.log.count == 2 }
        #expect(
            fixture.log == [
                "client namespace disconnect 2 true", "client namespace disconnect 0 false",
            ])
    }

    @Test("allowRequest refuses with 403, over either transport, and lets others in")
    func allowRequest() async throws {
        var options = SocketServerOptions()
        options.allowRequest = { request in
            await Task.yield()
            return request.query["key"] == "abc"
        }
        let fixture = try Fixture(options)
        let first = try RawClient(port: fixture.port)
        let refused = try await first.request("GET", polling)
        #expect(refused.status == 403)
        #expect(refused.text == "{\"code\":4,\"message\":\"Forbidden\"}")
        let open = try await first.request("GET", polling + "&key=abc")
        #expect(open.status == 200)
        // Asked once: the session's other requests need no key.
        let session = "\(polling)&sid=\(try sid(in: open.text))"
        #expect(try await first.request("POST", session, body: "40").status == 200)
        let second = try RawClient(port: fixture.port)
        try await second.openWebSocket(webSocket + "&key=abc")
        #expect(try await second.text().hasPrefix("0{"))
        let third = try RawClient(port: fixture.port)
        let answer = try await third.request(
            "GET", webSocket,
            fields: [
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            ])
        #expect(answer.status == 403)
    }

    @Test(
        "several servers live in one process, on one port or on two, and know nothing of each other"
    )
    func several() async throws {
        let app = closing(App())
        var options = SocketServerOptions()
        let one = SocketServer(app, options)
        options.path = "/two"
        let two = SocketServer(app, options)
        let three = try closing(SocketServer(port: 0))
        for (name, io) in ["one": one, "two": two, "three": three] {
            io.onConnection { $0.emit("welcome", name) }
        }
        let port = try app.listen(port: 0)
        for (name, port, path) in [
            ("one", port, "/socket.io/"), ("two", port, "/two/"),
            ("three", three.port ?? 0, "/socket.io/"),
        ] {
            let client = try RawClient(port: port)
            try await client.openWebSocket("\(path)?EIO=4&transport=websocket")
            _ = try await client.text()
            client.sendFrame("40")
            _ = try await client.text()
            #expect(try await client.text() == "42[\"welcome\",\"\(name)\"]")
        }
        let counts: [Int] = [one.clientsCount, two.clientsCount, three.clientsCount]
        #expect(counts == [1, 1, 1])
    }

    @Test("emitting a reserved name, or to somebody who has gone, does nothing but say so")
    func misuse() async throws {
        let fixture = try Fixture()
        var socket: Socket?
        fixture.io.onConnection { socket = $0 }
        let client = try await fixture.client()
        let known = try #require(socket)
        for name in ["connect", "connect_error", "disconnect", "disconnecting"] { known.emit(name) }
        fixture.io.emit("disconnect")
        known.emit("end")
        #expect(try await client.text() == "42[\"end\"]")
        known.disconnect()
        known.emit("late")
        known.join("room")
        known.disconnect(close: true)
        await #expect(throws: AckError.disconnected) {
            try await known.emitWithAck("late", as: Int.self)
        }
        #expect(fixture.io.sockets.roomNames == [] && known.rooms == [])
        await fixture.io.close()
        fixture.io.emit("after the end")
    }
}
