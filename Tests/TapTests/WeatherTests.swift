// The weather of a visitor. Next: RelayTests.swift, FrameAncestorsTests.swift.

import EngineSockets
import Testing
import TestSupport

@testable import Tap

@Suite("The tap makes the weather", .serialized)
struct WeatherTests {
    private let fixture: RelayFixture

    init() throws { fixture = try RelayFixture() }

    @Test("a delay each way, in which the order and the end are kept")
    func delay() async throws {
        let (client, server) = try await fixture.pair()
        fixture.visitor.weather.delayToServer = 60
        let start = monotonicMilliseconds()
        client.send("a")
        server.send("b")
        try await eventually("the undelayed way") { client.text == "b" }
        fixture.visitor.weather.delayToServer = 0
        client.send("c")
        EventLoop.shared.runLater { client.stream.endWriting() }
        try await eventually("the delayed way") { server.text == "ac" && server.hasEnded }
        #expect(monotonicMilliseconds() - start >= 60)
        fixture.visitor.weather.delayToVisitor = 40
        let later = monotonicMilliseconds()
        server.send("d")
        try await eventually("the other way") { client.text == "bd" }
        #expect(monotonicMilliseconds() - later >= 40)
        try await fixture.close()
    }

    @Test("a cut, which both sides see as a reset, and which is told")
    func cut() async throws {
        let (client, server) = try await fixture.pair()
        fixture.visitor.cut()
        try await eventually("both ends") { client.isReset && server.isReset }
        #expect(fixture.kinds == [.opened, .weather])
        try await eventually("nothing left") { self.fixture.visitor.connectionCount == 0 }
        try await fixture.close()
    }

    @Test("a hold, in which nothing passes, not even an end, until it is over")
    func hold() async throws {
        let (client, server) = try await fixture.pair()
        let (other, otherServer) = try await fixture.pair()
        client.send("a")
        try await eventually("a") { server.text == "a" }
        fixture.visitor.weather.isHeld = true
        client.send("b")
        server.send("c")
        other.stream.abort()
        // A fence: a relay without a hold, for as long as this takes, would have passed them.
        let fence = try RelayFixture()
        let (free, freeServer) = try await fence.pair()
        for count in 1...20 {
            free.send("x")
            try await eventually("the fence") { freeServer.bytes.count == count }
        }
        #expect(server.text == "a" && client.text == "" && !otherServer.hasEnded)
        fixture.visitor.weather.isHeld = false
        try await eventually("the rest") {
            server.text == "ab" && client.text == "c" && otherServer.hasEnded
        }
        try await fence.close()
        try await fixture.close()
    }

    @Test("slow reading: so many bytes in a second, and the server is held back")
    func slow() async throws {
        let (client, server) = try await fixture.pair()
        fixture.visitor.weather.readingRate = 10_000
        let start = monotonicMilliseconds()
        server.send(String(repeating: "x", count: 3_000))
        try await eventually("the first piece") { client.bytes.count >= 500 }
        try await eventually("all pieces") { client.bytes.count == 3_000 }
        #expect(monotonicMilliseconds() - start >= 300)
        server.stream.write([UInt8](repeating: 1, count: 40_000_000))
        let left = try await server.leftWhenStalled()
        #expect(left > 1_000_000)
        try await fixture.close()
    }

    @Test("WebSockets blocked: a new one is answered with 403, an open one is cut")
    func blocked() async throws {
        let request = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\n\r\n"
        let answer = "HTTP/1.1 101 Switching Protocols\r\n\r\n"
        let (open, server) = try await fixture.pair()
        open.send(request)
        try await eventually("the request") { server.text == request }
        server.send(answer)
        try await eventually("the upgrade") { self.fixture.kinds.last == .upgrade }
        fixture.visitor.weather.blocksWebSockets = true
        try await eventually("the cut") { open.isReset && server.isReset }
        let (refused, opened) = try await fixture.pair()
        refused.send("GET /ws HTTP/1.1\r\nHost: a\r\n")
        refused.send("Upgrade: websocket\r\n\r\n")
        opened.send(answer)
        try await eventually("the refusal") { refused.hasEnded && opened.isReset }
        #expect(refused.text.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
        refused.stream.abort()
        let (page, plain) = try await fixture.pair()
        page.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await eventually("an ordinary request") { !plain.bytes.isEmpty }
        try await fixture.close()
    }

    @Test("a server started again on another port: new connections go there")
    func target() async throws {
        let (old, _) = try await fixture.pair()
        let other = try RelayFixture()
        fixture.visitor.targetPort = other.visitor.port
        let new = try Peer.connect(fixture.visitor.port)
        new.send("hello")
        try await eventually("the new server") { other.accepted.first?.text == "hello" }
        #expect(fixture.accepted.count == 1 && old.reason == nil)
        new.stream.abort()
        try await other.close()
        try await fixture.close()
    }
}
