// How sockets end: each way has its reason, said once, and no other socket ends.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Disconnecting", .serialized, .closesServers)
struct DisconnectTests {
    private func fixture(_ change: (inout SocketServerOptions) -> Void = { _ in }) throws -> Fixture
    {
        var options = SocketServerOptions()
        change(&options)
        let fixture = try Fixture(options)
        fixture.io.onConnection { socket in
            socket.join("room")
            socket.on("leave") { () in socket.disconnect() }
            socket.on("close") { () in socket.disconnect(close: true) }
            socket.onDisconnect { reason in
                fixture.log.append("\(reason)")
                // Nothing is sent after the end, and asking for it is harmless.
                socket.emit("too late")
                socket.join("room")
            }
        }
        return fixture
    }

    private func expect(_ reason: String, in fixture: Fixture) async throws {
        try await eventually("disconnected: \(reason)") { !fixture.log.isEmpty }
        #expect(fixture.log == [reason])
        #expect(fixture.io.sockets.sockets.isEmpty)
        await fixture.io.close()
        #expect(fixture.log == [reason])
    }

    @Test("the client leaves the namespace")
    func clientLeaves() async throws {
        let fixture = try fixture()
        try await fixture.client().sendFrame("41")
        try await expect("client namespace disconnect", in: fixture)
    }

    @Test("the client closes its WebSocket, or vanishes")
    func closes() async throws {
        let first = try fixture()
        try await first.client().send(RawClient.frame(0x88, [3, 232]))
        try await expect("transport close", in: first)
        let second = try fixture()
        try await second.client().vanish()
        try await expect("transport close", in: second)
    }

    @Test("the client sends Engine.IO's close packet, over either transport")
    func closePacket() async throws {
        let first = try fixture()
        try await first.client().sendFrame("1")
        try await expect("transport close", in: first)
        let second = try fixture()
        let client = try RawClient(port: second.port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        _ = try await client.request("POST", target, body: "40")
        _ = try await client.request("POST", target, body: "1")
        try await expect("transport close", in: second)
    }

    @Test("the client does not answer a heartbeat")
    func pingTimeout() async throws {
        let fixture = try fixture {
            $0.pingInterval = 1_500
            $0.pingTimeout = 1_500
        }
        let client = try await fixture.client()
        try await expect("ping timeout", in: fixture)
        try await client.waitForEnd()
    }

    @Test("the client's poll breaks off")
    func pollBreaks() async throws {
        let fixture = try fixture()
        let client = try RawClient(port: fixture.port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        _ = try await client.request("POST", target, body: "40")
        _ = try await client.request("GET", target)
        // Sent in one piece: when the first is answered, the second has been read as well.
        client.send(
            RawClient.request("POST", target, body: "3") + RawClient.request("GET", target))
        #expect(try await client.answer().text == "ok")
        client.vanish()
        try await expect("transport error", in: fixture)
    }

    @Test("the server puts the client out, of the namespace or altogether")
    func serverCloses() async throws {
        let first = try fixture()
        let staying = try await first.client()
        staying.sendFrame("42[\"leave\"]")
        #expect(try await staying.text() == "41")
        staying.sendFrame("40")
        #expect(try await staying.text().hasPrefix("40{"))
        #expect(first.log == ["server namespace disconnect"])
        await first.io.close()
        let second = try fixture()
        let leaving = try await second.client()
        leaving.sendFrame("42[\"close\"]")
        #expect(try await leaving.text() == "41")
        #expect(try await leaving.frame().first == 0x88)
        try await expect("server namespace disconnect", in: second)
    }

    @Test("a polling client learns with its next poll that it was put out")
    func serverClosesPolling() async throws {
        let fixture = try fixture()
        let client = try RawClient(port: fixture.port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        _ = try await client.request("POST", target, body: "40\u{1E}42[\"close\"]")
        let last = try await client.request("GET", target).text
        #expect(last.hasPrefix("40{"))
        #expect(last.hasSuffix("\u{1E}41"))
        #expect(try await client.request("GET", target).text == "1")
        #expect(try await client.request("GET", target).status == 400)
        try await expect("server namespace disconnect", in: fixture)
    }

    @Test("the server closes: all clients are told, the port is free")
    func shutDown() async throws {
        let fixture = try fixture()
        let client = try await fixture.client()
        await fixture.io.close()
        #expect(fixture.log == ["server shutting down"])
        try await client.waitForEnd()
        _ = try closing(SocketServer(port: fixture.port))
    }

    @Test("a client that joins nothing is closed after connectTimeout")
    func joinsNothing() async throws {
        let fixture = try fixture { $0.connectTimeout = 1_000 }
        let joined = try await fixture.client()
        let idle = try RawClient(port: fixture.port)
        try await idle.openWebSocket(webSocket)
        _ = try await idle.text()
        try await idle.waitForEnd()
        joined.sendFrame("42[\"leave\"]")
        #expect(try await joined.text() == "41")
    }

    @Test(
        "what is no packet closes the connection of the client that sent it, and no other",
        arguments: [
            "42", "42[]", "42{}", "42[1,]", "42[\"a\",01]", "42[{}]", "42[\"connect\"]",
            "42[\"disconnect\",1]", "40[]", "41{}", "43[]", "49", "4", "451-[\"a\"]x", "45[\"a\"]",
            "4511-[\"a\"]", "451-[\"a\",{\"_placeholder\":true,\"num\":7}]", "40",
            "42/other,[\"a\"]",
            "44{\"message\":\"x\"}", "429999999999999999999[\"a\"]", "x", "",
        ])
    func malformed(text: String) async throws {
        let fixture = try fixture()
        let other = try await fixture.client()
        let client = try await fixture.client()
        client.sendFrame(text)
        if text.hasPrefix("451-[\"a\",") { client.send(RawClient.frame(0x82, [1])) }
        try await client.waitForEnd()
        try await eventually("one disconnect") { fixture.log.count == 1 }
        #expect(fixture.log == ["parse error"])
        other.sendFrame("42[\"leave\"]")
        #expect(try await other.text() == "41")
    }

    @Test("bytes that no packet announced close the connection, and so does a text in their place")
    func strayBinary() async throws {
        for frames in [
            [RawClient.frame(0x82, [1])],
            [
                RawClient.frame(0x81, Array("451-[\"a\",{\"_placeholder\":true,\"num\":0}]".utf8)),
                RawClient.frame(0x81, Array("42[\"b\"]".utf8)),
            ],
        ] {
            let fixture = try fixture()
            let client = try await fixture.client()
            for frame in frames { client.send(frame) }
            try await client.waitForEnd()
            try await expect("parse error", in: fixture)
        }
    }

    @Test("a client that does not read is cut off; the others get every message")
    func slowReader() async throws {
        let fixture = try fixture()
        let slow = try await fixture.client()
        slow.pauseReading()
        let quick = try await fixture.client()
        let text = String(repeating: "x", count: 100_000)
        var count = 0
        while fixture.log.isEmpty, count < 1_000 {
            fixture.io.emit("lump", text)
            count += 1
            #expect(try await quick.text().count == text.count + 13)
        }
        #expect(fixture.log == ["transport error"])
        #expect(fixture.io.sockets.sockets.count == 1)
    }

    @Test("a client that stops polling is cut off; the others get every message")
    func stopsPolling() async throws {
        let fixture = try fixture()
        let client = try RawClient(port: fixture.port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        _ = try await client.request("POST", target, body: "40")
        let quick = try await fixture.client()
        let text = String(repeating: "x", count: 100_000)
        var count = 0
        while fixture.log.isEmpty, count < 100 {
            fixture.io.emit("lump", text)
            count += 1
            #expect(try await quick.text().count == text.count + 13)
        }
        #expect(fixture.log == ["transport error"])
        #expect(count > 10, "up to the limit nothing happens")
        #expect(try await client.request("GET", target).status == 400)
    }
}
