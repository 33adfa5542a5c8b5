// One socket's async handlers: as they come, one after the other, or so many at once; and what a
// client feels that is too fast. Next: Sources/Events/More/HandlerQueue.swift,
// Sources/Engine/More/Sockets/BackPressure.swift.

import Engine
import TestSupport
import Testing

@Suite("The order of handlers", .serialized, .closesServers)
struct HandlerOrderTests {
    /// A server whose handlers write down when they begin and end.
    private func fixture(
        _ gate: Door, options: SocketServerOptions = SocketServerOptions(),
        _ setUp: (SocketServer) -> Void
    ) throws -> Fixture {
        let fixture = try Fixture(options)
        setUp(fixture.io)
        fixture.io.onConnection { socket in
            socket.on("n") { (number: Int) async -> Int in
                fixture.log.append("+\(number)")
                await gate.pass()
                fixture.log.append("-\(number)")
                return number
            }
        }
        return fixture
    }

    @Test("unless told, each begins when its event comes")
    func concurrent() async throws {
        let gate = Door()
        let fixture = try fixture(gate) { _ in }
        let client = try await fixture.client()
        for number in 0..<5 { client.sendFrame("42\(number)[\"n\",\(number)]") }
        try await eventually("all have begun") { gate.count == 5 }
        #expect(fixture.log == (0..<5).map { "+\($0)" })
        gate.open()
        var answers: Set<String> = []
        for _ in 0..<5 { answers.insert(try await client.text()) }
        #expect(answers == Set((0..<5).map { "43\($0)[\($0)]" }))
    }

    @Test("serial: one after the other, in the order of arrival, and per socket")
    func serial() async throws {
        let gate = Door()
        let fixture = try fixture(gate) { $0.handlers = .serial }
        let (client, other) = (try await fixture.client(), try await fixture.client())
        for number in 0..<100 { client.sendFrame("42\(number)[\"n\",\(number)]") }
        try await eventually("the first has begun") { gate.count == 1 }
        other.sendFrame("42[\"n\",500]")
        try await eventually("the other socket's too") { gate.count == 2 }
        gate.open()
        for number in 0..<100 { #expect(try await client.text() == "43\(number)[\(number)]") }
        let own = fixture.log.filter { !$0.hasSuffix("500") }
        #expect(own == (0..<100).flatMap { ["+\($0)", "-\($0)"] })
    }

    @Test("at most two at once, begun in order; a socket may have its own order")
    func atMost() async throws {
        let gate = Door()
        let fixture = try fixture(gate) { $0.handlers = .serial }
        fixture.io.onConnection { socket in socket.handlers = .atMost(2) }
        let client = try await fixture.client()
        for number in 0..<4 { client.sendFrame("42[\"n\",\(number)]") }
        try await eventually("two have begun") { gate.count == 2 }
        client.sendFrame("429[\"n\",4]")
        gate.letOne()
        try await eventually("the third has begun") { fixture.log.contains("+2") }
        #expect(fixture.log == ["+0", "+1", "-0", "+2"])
        gate.open()
        #expect(try await client.text() == "439[4]")
    }

    @Test("a handler that throws does not stop those that wait")
    func throwing() async throws {
        let fixture = try Fixture()
        fixture.io.handlers = .serial
        fixture.io.onConnection { socket in
            socket.on("n") { (number: Int) async throws -> Int in
                await Task.yield()
                if number == 0 { throw Missing(description: "on purpose") }
                return number
            }
        }
        let client = try await fixture.client()
        client.sendFrame("420[\"n\",0]")
        client.sendFrame("421[\"n\",1]")
        #expect(try await client.text() == "431[1]")
    }

    // MARK: - Clients that are too fast

    @Test("what waits is bounded: a client that is too fast is not read, and loses nothing")
    func pressure() async throws {
        let gate = Door()
        var socket: Socket?
        let fixture = try fixture(gate) { io in
            io.handlers = .serial
            io.mostWaitingEvents = 10
            io.onConnection { socket = $0 }
        }
        let client = try await fixture.client()
        let filler = String(repeating: "x", count: 1_000)
        for number in 0..<1_000 { client.sendFrame("42[\"n\",\(number),\"\(filler)\"]") }
        let joined = try #require(socket)
        try await eventually("it is full") { joined.waitingEvents >= 10 }
        // What was read with the last one is in the queue too: 64 KiB at most.
        let other = try await fixture.client()
        for number in 0..<50 {
            other.sendFrame("42\(number)[\"n\",9999]")
        }
        try await eventually("the other is full") { gate.count == 2 }
        #expect(joined.waitingEvents <= 10 + 66)
        let read = fixture.io.app.figures.bytesRead
        gate.open()
        client.sendFrame("427[\"n\",1000]")
        #expect(try await client.text() == "437[1000]")
        #expect(fixture.io.app.figures.bytesRead > read + 600_000)
        let own = fixture.log.filter { $0 != "+9999" && $0 != "-9999" }
        #expect(own == (0...1_000).flatMap { ["+\($0)", "-\($0)"] })
        #expect(joined.waitingEvents == 0)
    }

    @Test("a client that is not read is not taken for dead, however long")
    func alive() async throws {
        let gate = Door()
        var options = SocketServerOptions()
        // Long enough for a busy machine to read what comes first.
        (options.pingInterval, options.pingTimeout) = (100, 300)
        let fixture = try fixture(gate, options: options) { io in
            io.handlers = .serial
            io.mostWaitingEvents = 2
        }
        let client = try await fixture.client()
        for number in 0..<10 { client.sendFrame("42\(number)[\"n\",\(number)]") }
        try await eventually("it is full") { gate.count == 1 }
        // It answers none of these pings, and each comes after the time for the last one.
        for _ in 0..<5 { #expect(try await client.text() == "2") }
        gate.open()
        var texts: [String] = []
        while texts.count < 10 {
            let text = try await client.text()
            if text == "2" { client.sendFrame("3") } else { texts.append(text) }
        }
        #expect(texts == (0..<10).map { "43\($0)[\($0)]" })
    }

    @Test("over long-polling the answer to the POST waits")
    func polling() async throws {
        let gate = Door()
        let fixture = try fixture(gate) { io in
            io.handlers = .serial
            io.mostWaitingEvents = 2
        }
        let client = try await SessionEndTests.PollingClient(fixture.port)
        let events = (0..<5).map { "42[\"n\",\($0)]" }.joined(separator: "\u{1E}")
        let post = try fixture.connection()
        post.send(RawClient.request("POST", client.target, body: events))
        try await eventually("it is full") { gate.count == 1 }
        // A request of another client's, as a fence: the POST is still without an answer.
        _ = try await fixture.client()
        #expect(post.buffer.isEmpty)
        gate.open()
        #expect(try await post.answer().text == "ok")
        #expect(fixture.log.count >= 6)
    }
}
