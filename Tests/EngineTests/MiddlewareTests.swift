// Which sockets are let in, and which packets. What crosses the wire is compared as text.
// Next: WaitingMiddlewareTests.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Middlewares", .serialized, .closesServers)
struct MiddlewareTests {
    func client(_ fixture: Fixture) async throws -> RawClient {
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

    @Test("a packet that a middleware stops reaches no handler, and gets no answer")
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
        "several servers run in one process, on one port or on two, each with clients of its own"
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

    @Test("emitting a reserved name, or to a socket that has gone, does nothing but leave a line")
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
