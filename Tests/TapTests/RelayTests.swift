// The relay: what comes arrives, in its order, with its ends. Next: WeatherTests.swift.

import EngineSockets
import Foundation
import Testing
import TestSupport

@testable import Tap

@Suite("The tap relays", .serialized)
struct RelayTests {
    @Test("a page, polls and a WebSocket of a real server, and tells of each step")
    func server() async throws {
        try await withServer { fixture, _ in
            let client = try RawClient(port: fixture.visitor.port)
            let page = try await client.request("GET", "/")
            #expect(page.text == "<p>hi</p>")
            #expect(
                page.field("Content-Security-Policy")?.hasSuffix(
                    "frame-ancestors 'self' http://localhost:4000") == true)
            #expect(page.field("X-Frame-Options") == nil)
            let open = try await client.request("GET", polling)
            #expect(open.text.hasPrefix("0{"))
            let socket = try RawClient(port: fixture.visitor.port)
            try await socket.join()
            let text = String(repeating: "x", count: 100_000)
            socket.sendFrame("42[\"echo\",\"\(text)\"]")
            #expect(try await socket.text() == "42[\"echo\",\"\(text)\"]")
            #expect(fixture.problems.isEmpty)
            let kinds: [Observation.Kind] = [
                .opened, .request, .response, .request, .response, .opened, .request, .upgrade,
                .frame, .frame, .frame, .frame, .frame,
            ]
            #expect(fixture.kinds == kinds)
            #expect(fixture.observations[2].isChanged)
            #expect(fixture.observations.map(\.number) == Array(1...13))
            #expect(fixture.observations.last?.content?.count == 100_013)
            client.vanish()
            socket.vanish()
        }
    }

    @Test("a half-close, after which the other side still sends, whichever side begins")
    func halfClose() async throws {
        let fixture = try RelayFixture()
        for clientBegins in [true, false] {
            let (client, server) = try await fixture.pair()
            let (first, second) = clientBegins ? (client, server) : (server, client)
            first.send("last words")
            try await eventually("the words") { second.text == "last words" }
            first.stream.endWriting()
            try await eventually("the end") { second.hasEnded }
            second.send("answer")
            try await eventually("the answer") { first.text == "answer" }
            #expect(first.reason == nil && second.reason == nil)
            second.stream.endWriting()
            try await eventually("the other end") { first.hasEnded }
            #expect(!first.isReset && !second.isReset)
            client.stream.abort()
            server.stream.abort()
        }
        #expect(fixture.kinds.filter { $0 == .ended }.count == 4)
        #expect(!fixture.kinds.contains(.reset))
        try await fixture.close()
    }

    @Test("a reset as a reset, from either side")
    func reset() async throws {
        let fixture = try RelayFixture()
        for clientBegins in [true, false] {
            let (client, server) = try await fixture.pair()
            let (first, second) = clientBegins ? (client, server) : (server, client)
            first.send("a")
            try await eventually("a byte") { second.text == "a" }
            first.stream.reset()
            try await eventually("the reset") { second.reason != nil }
            #expect(second.isReset)
            #expect(!second.hasEnded)
        }
        #expect(
            fixture.observations.filter { $0.kind == .reset }.map(\.way)
                == [.toServer, .toVisitor])
        try await fixture.close()
    }

    @Test("everything in its order to a peer that reads late, and holds back one that writes much")
    func backPressure() async throws {
        let fixture = try RelayFixture()
        for serverWrites in [true, false] {
            let (client, server) = try await fixture.pair()
            let (writer, reader) = serverWrites ? (server, client) : (client, server)
            reader.stream.pauseReading()
            // A length that no buffer's size is a multiple of shows what is lost or moved.
            let block = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            for _ in 0..<500 { writer.stream.write(block) }
            let count = 500 * block.count
            let left = try await writer.leftWhenStalled()
            #expect(left > 1_000_000, "the tap does not take what it can't pass on")
            reader.stream.resumeReading()
            try await eventually("all bytes") { reader.bytes.count == count }
            // As Data: compared in one call, a thousand times as fast without optimization.
            for start in stride(from: 0, to: count, by: block.count) {
                let isSame = Data(reader.bytes[start..<(start + block.count)]) == Data(block)
                guard isSame else { throw Missing(description: "the bytes at \(start)") }
            }
        }
        try await fixture.close()
    }

    @Test("the whole of a long answer behind a half-close, also to a peer that reads late")
    func longAnswer() async throws {
        let fixture = try RelayFixture()
        let (client, server) = try await fixture.pair()
        client.stream.endWriting()
        try await eventually("the end of the request") { server.hasEnded }
        client.stream.pauseReading()
        for _ in 0..<32 { server.stream.write([UInt8](repeating: 7, count: 1_000_000)) }
        server.endWhenDrained()
        try await eventually("an answer that is sent") { server.stream.queuedByteCount == 0 }
        client.stream.resumeReading()
        try await eventually("the answer") { client.bytes.count == 32_000_000 && client.hasEnded }
        try await fixture.close()
    }

    @Test("to a server that listens on ::1 alone")
    func otherFamily() async throws {
        let fixture = try RelayFixture()
        var server: Peer?
        guard let address = SocketAddress(literal: "::1"),
            var listener = try? TCPListener(on: address, accepted: { server = Peer($0) })
        else { return }
        // Another suite may listen on the same port of 127.0.0.1, which is tried first.
        while !isFree(listener.address.port) {
            listener.close()
            listener = try TCPListener(on: address, accepted: { server = Peer($0) })
        }
        fixture.visitor.targetPort = listener.address.port
        let client = try Peer.connect(fixture.visitor.port)
        client.send("hello")
        try await eventually("the words") { server?.text == "hello" }
        server?.send("there")
        try await eventually("the answer") { client.text == "there" }
        listener.close()
        client.stream.abort()
        server?.stream.abort()
        try await fixture.close()
    }

    /// Whether nothing listens on this port of 127.0.0.1.
    private func isFree(_ port: Int) -> Bool {
        guard let address = try? SocketAddress.resolve("127.0.0.1", port: port).first,
            let listener = try? TCPListener(on: address, accepted: { $0.abort() })
        else { return false }
        listener.close()
        return true
    }

    @Test("what it can't decode")
    func undecodable() async throws {
        let fixture = try RelayFixture()
        let (client, server) = try await fixture.pair()
        client.send("\u{1}\u{2}\r\n\r\n")
        server.send("HTTP/9\r\n\r\n")
        try await eventually("both") { server.bytes.count == 6 && client.bytes.count == 10 }
        client.send("more")
        server.send("HTTP/1.1 less")
        try await eventually("more") { server.bytes.count == 10 && client.bytes.count == 23 }
        #expect(fixture.kinds == [.opened, .undecodable, .undecodable])
        try await fixture.close()
    }

    @Test("several visitors, each known by its port, and numbers all that happens")
    func visitors() async throws {
        let fixture = try RelayFixture()
        let other = try #require(
            try fixture.tap?.addVisitor("B", targetPort: fixture.visitor.targetPort))
        other.weather.isHeld = true
        let held = try Peer.connect(other.port)
        held.send("held")
        let (client, server) = try await fixture.pair()
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try await eventually("A's request") { fixture.kinds.contains(.request) }
        #expect(fixture.observations.map(\.visitor).sorted() == ["A", "A", "B"])
        #expect(fixture.observations.map(\.number) == [1, 2, 3])
        #expect(Set(fixture.observations.map(\.connection)) == [1, 2])
        try await eventually("A's bytes") { fixture.accepted.contains { !$0.bytes.isEmpty } }
        #expect(!fixture.accepted.contains { $0.text == "held" })
        held.stream.abort()
        client.stream.abort()
        server.stream.abort()
        other.weather.isHeld = false
        try await fixture.close()
    }

    @Test("nothing where no server listens: the visitor's connection is closed, and why is told")
    func refused() async throws {
        let fixture = try RelayFixture()
        let other = try RelayFixture()
        fixture.visitor.targetPort = other.visitor.port
        try await other.close()
        let client = try Peer.connect(fixture.visitor.port)
        try await eventually("the end") { client.hasEnded }
        client.stream.abort()
        #expect(fixture.kinds == [.opened, .refused])
        #expect(fixture.problems.first?.hasPrefix("could not connect to port") == true)
        try await fixture.close()
    }

    @Test("with little delay: the median of 200 echoes is printed")
    func addedDelay() async throws {
        try await withServer { fixture, port in
            var best = Double.infinity
            // A busy machine is slow for a while; a tap that waits is slow in every round.
            for _ in 0..<20 where best >= 2 {
                let direct = try await echoes(port)
                let relayed = try await echoes(fixture.visitor.port)
                print("echo: \(direct[100]) ms; through the tap: \(relayed[100]) ms")
                best = min(best, relayed[0] - direct[0])
            }
            #expect(best < 2, "milliseconds")
        }
    }

    /// How many milliseconds each of 200 echoes takes, the shortest first.
    private func echoes(_ port: Int) async throws -> [Double] {
        let client = try RawClient(port: port)
        try await client.join()
        var times: [Double] = []
        for _ in 0..<200 {
            let start = ContinuousClock.now
            client.sendFrame(#"42["echo","hello"]"#)
            _ = try await client.text()
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        client.vanish()
        return times.sorted()
    }
}
