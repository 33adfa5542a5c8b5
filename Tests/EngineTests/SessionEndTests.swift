// How a session ends for its client: all that was said before arrives, over either transport and in
// the middle of the upgrade; nothing of the session is left. Next: PollingClient.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("The end of a session", .serialized, .closesServers)
struct SessionEndTests {
    /// A server whose clients ask for three events and an end of their session.
    private func fixture(_ change: (inout SocketServerOptions) -> Void = { _ in }) throws -> Fixture
    {
        var options = SocketServerOptions()
        change(&options)
        let fixture = try Fixture(options)
        for name in ["/", "/a"] {
            fixture.io.of(name).onConnection { socket in
                socket.onDisconnect { fixture.log.append("\(name) \($0)") }
                socket.on("end") { (way: String) in
                    for event in ["a", "b", "c"] { socket.emit(event) }
                    switch way {
                    case "kick": socket.disconnect(close: true)
                    case "close": socket.conn.close()
                    default: break
                    }
                }
            }
        }
        return fixture
    }

    private static let events = "42[\"a\"]\u{1E}42[\"b\"]\u{1E}42[\"c\"]"

    @Test(
        "what was emitted before the end arrives by polling, and `1` alone behind it",
        arguments: [
            ("42[\"end\",\"kick\"]", "\u{1E}41", "/ server namespace disconnect"),
            ("42[\"end\",\"close\"]", "", "/ forced close"),
            ("42[\"end\",\"\"]\u{1E}42", "", "/ parse error"),
        ], [true, false])
    func eventsBeforeTheEnd(
        _ way: (post: String, last: String, reason: String), pollIsPending: Bool
    ) async throws {
        for _ in 0..<3 {
            let fixture = try fixture()
            let client = try await PollingClient(fixture.port)
            var body: String
            if pollIsPending {
                try await client.beginPoll()
                try await client.postBeside(way.post)
                body = try await client.client.answer().text
            } else {
                #expect(try await client.post(way.post) == "ok")
                body = try await client.poll()
            }
            #expect(body == Self.events + way.last)
            #expect(try await client.poll() == "1")
            try await client.expectUnknown()
            #expect(fixture.log == [way.reason])
            await fixture.io.close()
        }
    }

    @Test("what was emitted before the server closes arrives, in however many polls")
    func eventsBeforeTheServerCloses() async throws {
        let app = closing(App())
        app.closeTime = 2 * RawClient.patience
        let io = SocketServer(app)
        let client = try await PollingClient(try app.listen(port: 0))
        for number in 0..<100 { io.emit("n", number) }
        let closing = Task { await io.close() }
        var arrived: [String] = []
        while arrived.last != "1" {
            arrived += try await client.poll().split(separator: "\u{1E}").map(String.init)
        }
        #expect(arrived == (0..<100).map { "42[\"n\",\($0)]" } + ["1"])
        await closing.value
        try await client.client.waitForEnd()
    }

    @Test("a poll that waits when the session ends is answered with a close packet")
    func pollThatWaits() async throws {
        let fixture = try fixture { ($0.pingInterval, $0.pingTimeout) = (1_500, 3_000) }
        let first = try await PollingClient(fixture.port)
        #expect(try await first.poll() == "2")
        #expect(try await first.poll() == "1")
        #expect(fixture.log == ["/ ping timeout"])
        await fixture.io.close()

        let second = try self.fixture()
        let client = try await PollingClient(second.port)
        try await client.beginPoll()
        let other = try RawClient(port: second.port)
        #expect(try await other.request("GET", client.target).status == 400)
        #expect(try await client.client.answer().text == "1")
        #expect(second.log == ["/ transport error"])
    }

    @Test("a client that closes the session itself gets a noop for its poll")
    func goodbye() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        try await client.beginPoll()
        try await client.postBeside("1")
        #expect(try await client.client.answer().text == "6")
        try await client.expectUnknown()
    }

    @Test("so does a poll that the close packet has overtaken, once")
    func overtaken() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        fixture.io.emit("unheard")
        #expect(try await client.post("1") == "ok")
        #expect(fixture.log == ["/ transport close"])
        #expect(fixture.io.clientsCount == 0)
        #expect(try await client.poll() == "6")
        try await client.expectUnknown()
    }

    @Test("a client that hangs up while its session closes need not fetch the rest")
    func hangsUpMeanwhile() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        #expect(try await client.post("42[\"end\",\"kick\"]\u{1E}1") == "ok")
        try await client.expectUnknown()
        #expect(fixture.log == ["/ server namespace disconnect"])
    }

    @Test("a kick between the probe and the upgrade arrives over the WebSocket")
    func kickDuringTheUpgrade() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        let upgrade = try await client.probe()
        for socket in fixture.io.sockets.sockets.values {
            socket.emit("a")
            socket.disconnect(close: true)
        }
        #expect(fixture.log == ["/ server namespace disconnect"])
        upgrade.sendFrame("5")
        #expect(try await upgrade.text() == "42[\"a\"]")
        #expect(try await upgrade.text() == "41")
        #expect(try await upgrade.frame().first == 0x88)
        try await upgrade.waitForEnd()
        try await client.expectUnknown()
    }

    @Test("an upgrade that is given up leaves the last packets to polling")
    func upgradeGivenUp() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        let upgrade = try await client.probe()
        fixture.io.disconnectSockets(close: true)
        upgrade.vanish()
        #expect(try await client.poll() == "41")
        #expect(try await client.poll() == "1")
    }

    @Test("a client that is put out leaves all its namespaces, and none of them comes back")
    func severalNamespaces() async throws {
        let fixture = try fixture()
        let client = try await fixture.client()
        client.sendFrame("40/a,")
        #expect(try await client.text().hasPrefix("40/a,{"))
        client.sendFrame("42/a,[\"end\",\"kick\"]")
        for event in ["a", "b", "c"] { #expect(try await client.text() == "42/a,[\"\(event)\"]") }
        #expect(try await client.text() == "41")
        #expect(try await client.text() == "41/a,")
        #expect(try await client.frame().first == 0x88)
        #expect(
            fixture.log == ["/ server namespace disconnect", "/a server namespace disconnect"])
    }

    @Test("a second WebSocket for a session that has upgraded is let in and closed")
    func secondWebSocket() async throws {
        let fixture = try fixture()
        let first = try RawClient(port: fixture.port)
        try await first.openWebSocket(webSocket)
        let id = try sid(in: try await first.text())
        let second = try RawClient(port: fixture.port)
        try await second.openWebSocket("\(webSocket)&sid=\(id)")
        #expect(try await second.frame().first == 0x88)
        first.sendFrame("40")
        #expect(try await first.text().hasPrefix("40{"))
    }

    @Test("a POST while another one arrives is refused, and ends the session")
    func overlappingPosts() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        let slow = try RawClient(port: fixture.port)
        let request = RawClient.request("POST", client.target, body: "42[\"end\",\"\"]")
        slow.send(String(request.dropLast(4)))
        // When this has an answer, the bytes before have been read as well.
        _ = try await RawClient(port: fixture.port).request("GET", "/")
        let answer = try await client.client.request("POST", client.target, body: "42[\"x\"]")
        #expect(answer.status == 400)
        #expect(fixture.log == ["/ transport error"])
        slow.send(String(request.suffix(4)))
        #expect(try await slow.answer().status == 400)
    }

    @Test("a POST that comes in pieces, and the next one on another connection, are both taken")
    func postsInPieces() async throws {
        let fixture = try fixture()
        let client = try await PollingClient(fixture.port)
        let slow = try RawClient(port: fixture.port)
        let request = RawClient.request("POST", client.target, body: "42[\"x\"]")
        for byte in request.utf8 { slow.send([byte]) }
        #expect(try await slow.answer().text == "ok")
        slow.send(String(request.dropLast(4)))
        slow.vanish()
        try await client.postBeside("42[\"x\"]")
        #expect(fixture.log == [])
    }
}
