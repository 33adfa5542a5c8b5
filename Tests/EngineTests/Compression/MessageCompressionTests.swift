// Compressed messages over real connections: negotiation, both directions, `compress(false)`, one
// compression for many. Next: HTTPCompressionTests.swift.

import DeflateWire
@testable import Engine
import Foundation
import TestSupport
import Testing

@Suite("perMessageDeflate", .serialized, .closesServers)
struct MessageCompressionTests {
    static let long = String(repeating: "All work and no play. ", count: 100)
    private static let extensions = "Sec-WebSocket-Extensions"
    private static let alone = "permessage-deflate; server_no_context_takeover"

    private func server(
        _ deflate: PerMessageDeflate? = PerMessageDeflate()
    ) throws -> Fixture {
        var options = SocketServerOptions()
        options.perMessageDeflate = deflate
        return try Fixture(options)
    }

    /// A client that has offered something, and joined. Its messages come compressed.
    private func client(
        _ fixture: Fixture, offer: String = "permessage-deflate"
    ) async throws -> RawClient {
        let client = try fixture.connection()
        try await client.openWebSocket(webSocket, fields: [Self.extensions: offer])
        _ = try await client.text()
        client.sendFrame("40")
        _ = try await client.text()
        return client
    }

    private func inflated(_ payload: [UInt8], _ inflater: inout Inflater) throws -> String {
        inflater.feed(payload[...])
        inflater.feedEnd()
        var whole: [UInt8] = []
        while let piece = try inflater.nextPiece() { whole += piece }
        return String(decoding: whole, as: UTF8.self)
    }

    // MARK: - Events

    @Test("a long event is compressed, a short one is not, and one that must not be is not")
    func events() async throws {
        let fixture = try server()
        fixture.io.onConnection { socket in
            socket.on("go") { () in
                socket.emit("long", Self.long)
                socket.emit("short", "x")
                socket.compress(false).emit("plain", Self.long)
                socket.volatile.compress(false).emit("plain", Self.long)
                fixture.io.compress(false).emit("plain", Self.long)
                fixture.io.to(socket.id).compress(false).emit("plain", Self.long)
                fixture.io.compress(true).emit("long", Self.long)
                fixture.io.emit("bytes", Data(repeating: 7, count: 5_000))
            }
        }
        let client = try await client(fixture)
        client.sendFrame("42[\"go\"]")
        var inflater = Inflater(.messages, limit: 100_000)
        let first = try await client.frame()
        #expect(first.first == 0xC1)
        #expect(first.payload.count < 100)
        #expect(try inflated(first.payload, &inflater) == "42[\"long\",\"\(Self.long)\"]")
        for expected in ["short", "plain", "plain", "plain", "plain"] {
            let (first, payload) = try await client.frame()
            #expect(first == 0x81)
            #expect(String(decoding: payload, as: UTF8.self).hasPrefix("42[\"\(expected)\""))
        }
        let again = try await client.frame()
        #expect(again.first == 0xC1)
        #expect(again.payload.count < first.payload.count, "it copies from the first one")
        #expect(try inflated(again.payload, &inflater) == "42[\"long\",\"\(Self.long)\"]")
        #expect(try await client.frame().first == 0x81)
        let attachment = try await client.frame()
        #expect(attachment.first == 0xC2)
        #expect(attachment.payload.count < 100)
    }

    @Test("a compressed message is read, and an acknowledgement goes back compressed")
    func incoming() async throws {
        let fixture = try server()
        fixture.io.onConnection { socket in socket.on("echo") { (text: String) in text } }
        let client = try await client(fixture)
        var deflater = Deflater(.messages)
        var inflater = Inflater(.messages, limit: 100_000)
        for id in 1...2 {
            let packet = Array("42\(id)[\"echo\",\"\(Self.long)\"]".utf8)
            client.send(RawClient.frame(0xC1, deflater.endMessage(packet[...])))
            let (first, payload) = try await client.frame()
            #expect(first == 0xC1)
            #expect(try inflated(payload, &inflater) == "43\(id)[\"\(Self.long)\"]")
        }
    }

    @Test("a message that unfolds beyond maxHttpBufferSize ends its connection with 1009")
    func bomb() async throws {
        var options = SocketServerOptions()
        options.perMessageDeflate = PerMessageDeflate()
        options.maxHttpBufferSize = 100_000
        let fixture = try Fixture(options)
        let client = try await client(fixture)
        var deflater = Deflater(.messages)
        let bomb = deflater.endMessage([UInt8](repeating: 0x61, count: 20_000_000)[...])
        client.send(RawClient.frame(0xC1, bomb))
        let (first, payload) = try await client.frame()
        #expect(first == 0x88)
        #expect(payload.prefix(2) == [0x03, 0xF1])
        // The others live on.
        _ = try await self.client(fixture)
    }

    @Test("an event to many is compressed once where messages stand alone, and shared")
    func shared() async throws {
        let fixture = try server()
        var clients: [RawClient] = []
        for _ in 0..<5 { clients.append(try await client(fixture, offer: Self.alone)) }
        let before = SharedMessages.shared.count
        fixture.io.emit("all", Self.long, Data(repeating: 1, count: 3_000))
        fixture.io.emit("all", Self.long)
        for client in clients {
            var inflater = Inflater(.messages, limit: 100_000)
            let first = try await client.frame()
            #expect(first.first == 0xC1)
            #expect(try inflated(first.payload, &inflater).hasPrefix("451-[\"all\",\"All"))
            #expect(try await client.frame().first == 0xC2)
            // It copies from none before: a new decompressor reads it.
            inflater = Inflater(.messages, limit: 100_000)
            let second = try await client.frame()
            #expect(try inflated(second.payload, &inflater) == "42[\"all\",\"\(Self.long)\"]")
        }
        #expect(SharedMessages.shared.count == before + 3)
    }

    @Test("a client that comes by polling, and changes, is compressed with from then on")
    func upgrade() async throws {
        let fixture = try server()
        let poller = try fixture.connection()
        let sid = try sid(in: try await poller.request("GET", polling).text)
        _ = try await poller.request("POST", "\(polling)&sid=\(sid)", body: "40")
        _ = try await poller.request("GET", "\(polling)&sid=\(sid)")
        let client = try fixture.connection()
        try await client.openWebSocket(
            "\(webSocket)&sid=\(sid)", fields: [Self.extensions: "permessage-deflate"])
        client.sendFrame("2probe")
        #expect(try await client.text() == "3probe")
        client.sendFrame("5")
        try await eventually("the upgrade") {
            fixture.io.sockets.sockets.values.first?.conn.transport == .websocket
        }
        fixture.io.emit("all", Self.long)
        #expect(try await client.frame().first == 0xC1)
    }

    // MARK: - Memory

    @Test("the context of a connection that is silent is dropped, and comes back")
    func idle() async throws {
        var deflate = PerMessageDeflate()
        deflate.idleContextTime = 20
        let fixture = try server(deflate)
        let client = try await client(fixture)
        let connection = try #require(
            fixture.io.sockets.sockets.values.first?.conn.webSocket?.compression)
        #expect(connection.heldCount == 0)
        fixture.io.emit("all", Self.long)
        #expect(connection.heldCount > 100_000)
        try await eventually("the context is dropped") { connection.heldCount == 0 }
        fixture.io.emit("all", Self.long)
        var inflater = Inflater(.messages, limit: 100_000)
        let sizes = [try await client.frame(), try await client.frame()].map(\.payload)
        #expect(sizes[0] == sizes[1])
        for payload in sizes { #expect(try inflated(payload, &inflater).contains("All work")) }
        try await eventually("the context is dropped again") { connection.heldCount == 0 }
    }

    // MARK: - Bare WebSockets

    @Test("a bare WebSocket compresses both ways, and sends as it is what it is told to")
    func bare() async throws {
        let app = closing(App())
        app.webSocketPerMessageDeflate = PerMessageDeflate()
        app.webSocket("/echo") { connection in
            #expect(connection.extensions == "permessage-deflate")
            connection.onText { text in
                connection.send(text)
                connection.send(text, compress: false)
                connection.send(Data(text.utf8))
            }
        }
        let client = try RawClient(port: try app.listen(port: 0))
        try await client.openWebSocket("/echo", fields: [Self.extensions: "permessage-deflate"])
        var deflater = Deflater(.messages)
        client.send(RawClient.frame(0xC1, deflater.endMessage(Array(Self.long.utf8)[...])))
        #expect(try await client.frame().first == 0xC1)
        let plain = try await client.frame()
        #expect(plain.first == 0x81)
        #expect(String(decoding: plain.payload, as: UTF8.self) == Self.long)
        #expect(try await client.frame().first == 0xC2)
    }
}
