// A bare WebSocket endpoint over real sockets. Next: WebSocketHeartbeatTests.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("WebSocket endpoints", .serialized, .closesServers)
struct WebSocketTests {
    private func echo() throws -> App {
        let app = closing(App())
        app.webSocket("/echo") { connection in
            connection.onText { connection.send($0) }
            connection.onBinary { connection.send($0) }
        }
        try app.listen(port: 0)
        return app
    }

    func open(_ app: App) async throws -> RawClient {
        let client = try RawClient(port: try #require(app.port))
        try await client.openWebSocket("/echo")
        return client
    }

    @Test(
        "text comes back as text, bytes as bytes, whatever their length",
        arguments: [
            0, 1, 125, 126, 65_535, 65_536, 300_000,
        ])
    func echo(length: Int) async throws {
        let app = try echo()
        let client = try await open(app)
        let bytes = (0..<length).map { UInt8(97 + $0 % 26) }
        client.send(RawClient.frame(0x81, bytes))
        client.send(RawClient.frame(0x82, bytes))
        let text = try await client.frame()
        #expect(text.first == 0x81)
        #expect(text.payload == bytes)
        let binary = try await client.frame()
        #expect(binary.first == 0x82)
        #expect(binary.payload == bytes)
    }

    @Test("a frame that follows the request at once is not lost")
    func firstFrame() async throws {
        let app = try echo()
        let client = try RawClient(port: try #require(app.port))
        let fields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        client.send(
            Array(RawClient.request("GET", "/echo", fields: fields).utf8)
                + RawClient.frame(0x81, Array("early".utf8)))
        #expect(try await client.answer().status == 101)
        #expect(try await client.text() == "early")
    }

    @Test("a ping between two fragments is answered before the message is complete")
    func fragments() async throws {
        let app = try echo()
        let client = try await open(app)
        client.send(RawClient.frame(0x01, Array("Hel".utf8)))
        client.send(RawClient.frame(0x89, Array("!".utf8)))
        let pong = try await client.frame()
        #expect(pong.first == 0x8A)
        #expect(pong.payload == Array("!".utf8))
        client.send(RawClient.frame(0x80, Array("lo".utf8)))
        #expect(try await client.text() == "Hello")
    }

    @Test(
        "what breaks the protocol is answered with its close code",
        arguments: [
            ([0x81, 0x01, 0x61] as [UInt8], 1002), (RawClient.frame(0xC1, []), 1002),
            (RawClient.frame(0x83, []), 1002), (RawClient.frame(0x80, []), 1002),
            (RawClient.frame(0x81, [0xC0, 0xAF]), 1007), (RawClient.frame(0x88, [3]), 1002),
            (RawClient.frame(0x88, [3, 237]), 1002), (RawClient.frame(0x09, []), 1002),
            ([0x82, 0xFF, 0, 0, 0, 0, 0x7F, 0, 0, 0, 1, 2, 3, 4], 1009),
        ])
    func violations(frame: [UInt8], code: Int) async throws {
        let app = try echo()
        let client = try await open(app)
        client.send(frame)
        let close = try await client.frame()
        #expect(close.first == 0x88)
        #expect(close.payload.prefix(2) == [UInt8(code >> 8), UInt8(code & 255)])
        try await client.waitForEnd()
        let next = try await open(app)
        next.sendFrame("still here")
        #expect(try await next.text() == "still here")
    }

    @Test("a close frame is answered with the same code, and the connection closed")
    func close() async throws {
        let app = closing(App())
        var ends: [WebSocketEnd] = []
        app.webSocket("/echo") { connection in connection.onClose { ends.append($0) } }
        try app.listen(port: 0)
        let client = try await open(app)
        client.send(RawClient.frame(0x88, [0x0F, 0xA0] + Array("bye".utf8)))
        let close = try await client.frame()
        #expect(close.first == 0x88)
        #expect(close.payload == [0x0F, 0xA0])
        try await client.waitForEnd()
        try await eventually("one end is reported") { ends.count == 1 }
        #expect(ends.first?.code.rawValue == 4000)
        #expect(ends.first?.reason == "bye")
    }

    @Test("a client that vanishes is reported once, as abnormal")
    func vanish() async throws {
        let app = closing(App())
        var ends: [WebSocketEnd] = []
        app.webSocket("/echo") { connection in connection.onClose { ends.append($0) } }
        try app.listen(port: 0)
        let client = try await open(app)
        client.vanish()
        try await eventually("one end is reported") { ends.count == 1 }
        #expect(ends.first?.code == .abnormal)
    }

    @Test("an old version is told which one is spoken, a plain request what is missing")
    func refusals() async throws {
        let app = try echo()
        let client = try RawClient(port: try #require(app.port))
        let old = try await client.request(
            "GET", "/echo",
            fields: [
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "8",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            ])
        #expect(old.status == 426)
        #expect(old.field("Sec-WebSocket-Version") == "13")
        let plain = try await client.request("GET", "/echo")
        #expect(plain.status == 400)
    }

    private func chosen(_ app: App, _ target: String, offer: String) async throws -> String? {
        let client = try RawClient(port: try #require(app.port))
        let fields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": offer,
        ]
        let answer = try await client.request("GET", target, fields: fields)
        #expect(answer.status == 101)
        return answer.field("Sec-WebSocket-Protocol")
    }

    @Test("the first subprotocol offered is taken, or the one that the program chooses")
    func subprotocols() async throws {
        let app = closing(App())
        _ = SocketServer(app)
        var agreed: [String?] = []
        app.webSocket("/bare") { agreed.append($0.subprotocol) }
        try app.listen(port: 0)
        for target in ["/bare", webSocket] {
            #expect(try await chosen(app, target, offer: "v1, v2") == "v1")
        }
        app.handleProtocols = { offered, request in
            offered.contains("v2") && request.fields["Host"] == "localhost" ? "v2" : nil
        }
        for target in ["/bare", webSocket] {
            #expect(try await chosen(app, target, offer: "v1, v2") == "v2")
            #expect(try await chosen(app, target, offer: "v1") == nil)
        }
        #expect(agreed == ["v1", "v2", nil])
        let client = try RawClient(port: try #require(app.port))
        for target in ["/bare", webSocket] {
            let fields = [
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "a, a",
            ]
            #expect(try await client.request("GET", target, fields: fields).status == 400)
        }
    }

    @Test("a client that does not read is cut off; the others go on")
    func slowReader() async throws {
        let app = closing(App())
        var connections: [WebSocketConnection] = []
        var ends = 0
        app.webSocket("/echo") { connection in
            connections.append(connection)
            connection.onClose { _ in ends += 1 }
        }
        try app.listen(port: 0)
        let slow = try await open(app)
        slow.pauseReading()
        let quick = try await open(app)
        let lump = String(repeating: "x", count: 100_000)
        var sent = 0
        while ends == 0, sent < 1_000 {
            for connection in connections { connection.send(lump) }
            sent += 1
            #expect(try await quick.text().count == lump.count)
        }
        #expect(ends == 1)
        #expect(sent < 1_000)
    }
}
