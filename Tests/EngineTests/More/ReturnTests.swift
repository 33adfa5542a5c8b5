// Many clients that come back at once, one that comes back all the time, and one that comes back
// before the server has noticed that it was gone.

import Foundation
import SocketIOWire
import EngineSockets
import TestSupport
import Testing

@testable import Engine

@Suite("Coming back", .serialized, .closesServers)
struct ReturnTests {
    private func fixture(
        _ change: (inout ConnectionStateRecovery) -> Void = { _ in }
    ) throws -> Fixture {
        let fixture = try Fixture()
        var options = ConnectionStateRecovery()
        change(&options)
        fixture.io.connectionStateRecovery = options
        fixture.io.onConnection { socket in
            fixture.log.append("\(socket.recovered ? "recovered" : "new") \(socket.id)")
            socket.onDisconnect { reason in fixture.log.append("\(reason) \(socket.id)") }
            socket.on("echo") { (text: String) in socket.client.send(Array("2[\"\(text)\"]".utf8)) }
            if !socket.recovered { socket.join("r") }
        }
        return fixture
    }

    /// Clients that have heard an event each, and have gone.
    private func away(_ count: Int, from fixture: Fixture) async throws -> [ReturningClient] {
        var clients: [ReturningClient] = []
        for _ in 0..<count {
            let client = try ReturningClient(fixture)
            try await client.connect()
            clients.append(client)
        }
        fixture.io.emit("n", 0)
        for client in clients { try await client.hear() }
        for client in clients { client.raw.vanish() }
        try await eventually("they are gone") { fixture.io.sockets.sockets.isEmpty }
        fixture.log = []
        return clients
    }

    private func visits(_ fixture: Fixture) -> Int {
        fixture.io.sockets.more.memory?.log.visits ?? -1
    }

    // MARK: - Many

    @Test("clients whose rooms were quiet cost nothing, beside 40,000 events for others")
    func quiet() async throws {
        let fixture = try fixture { $0.maxBytes = 1 << 30 }
        let clients = try await away(20, from: fixture)
        for number in 0..<40_000 {
            fixture.io.to("room \(number % 100)").emit("n", number)
            // Other suites share the thread.
            if number % 500 == 0 { await Task.yield() }
        }
        for client in clients { try await client.open() }
        for client in clients { client.comeBack() }
        for client in clients { try await client.welcomed() }
        #expect(clients.allSatisfy { $0.recovered && $0.heard.count == 1 })
        #expect(visits(fixture) == 0)
    }

    @Test("while many are let in that have missed much, another is answered many times")
    func crowd() async throws {
        let fixture = try fixture()
        let clients = try await away(100, from: fixture)
        let text = String(repeating: "x", count: 5_000)
        for number in 1...30 { fixture.io.to("r").emit("n", number, text) }
        for client in clients { try await client.open() }
        let other = try await fixture.client()
        fixture.log = []
        // What all of them have missed is 16 MB, and a turn of the loop sends half of one.
        for client in clients { client.comeBack() }
        var rounds = 0
        try await eventually("the first is in") { fixture.log.count > 0 }
        while fixture.log.count < clients.count {
            other.sendFrame("42[\"echo\",\"\(rounds)\"]")
            #expect(try await other.text() == "42[\"\(rounds)\"]")
            rounds += 1
        }
        #expect(rounds >= 4)
        // What comes meanwhile comes behind it.
        fixture.io.to("r").emit("n", 31, "")
        for client in clients {
            try await client.welcomed()
            try await client.hear()
            let numbers = client.heard.compactMap { Int($0.dropFirst(7).prefix { $0.isNumber }) }
            #expect(client.recovered && numbers == Array(0...31))
        }
        #expect(visits(fixture) == 100 * 30)
    }

    @Test("a client that leaves before its turn has lost nothing, and the others go on")
    func leavesEarly() async throws {
        let fixture = try fixture()
        let clients = try await away(10, from: fixture)
        let text = String(repeating: "x", count: 100_000)
        for number in 1...4 { fixture.io.to("r").emit("n", number, text) }
        for client in clients { try await client.open() }
        // One in a turn: when the first is let in, the last ones are not.
        var haveLeft = false
        fixture.io.onConnection { _ in
            if !haveLeft { for client in clients.suffix(3) { client.raw.vanish() } }
            haveLeft = true
        }
        for client in clients { client.comeBack() }
        try await eventually("the first is in") { haveLeft }
        for client in clients.prefix(7) { try await client.welcomed() }
        for client in clients.suffix(3) { try await client.connect() }
        for client in clients { #expect(client.recovered && client.heard.count == 5) }
    }

    // MARK: - Again and again

    @Test("a client that comes back again and again is sent so many bytes in a second, and no more")
    func loop() async throws {
        let fixture = try fixture { $0.maxMissedBytes = 200_000 }
        let client = try await away(1, from: fixture)[0]
        let offset = client.offset
        for number in 1...10 {
            fixture.io.to("r").emit("n", number, String(repeating: "x", count: 9_000))
        }
        let begin = ContinuousClock.now
        for _ in 1...3 {
            client.offset = offset
            try await client.connect()
            #expect(client.recovered)
            client.raw.vanish()
            try await eventually("it is gone") { fixture.io.sockets.sockets.isEmpty }
        }
        // 90 KB three times: the second and the third had to wait for what was sent before.
        #expect(ContinuousClock.now - begin > .milliseconds(850))
        #expect(client.heard.count == 1 + 3 * 10)
    }

    @Test("a client that has missed more than the limit is new, and nothing is looked at for it")
    func tooMuch() async throws {
        let fixture = try fixture { $0.maxMissedBytes = 10_000 }
        let client = try await away(1, from: fixture)[0]
        let id = client.id
        for number in 1...50 { fixture.io.emit("n", number) }
        try await client.connect()
        #expect(!client.recovered && client.id != id && client.heard.count == 1)
        #expect(visits(fixture) == 0)
    }

    @Test("a client that comes back again and again takes no other's place")
    func places() async throws {
        let fixture = try fixture { $0.maxSessions = 2 }
        let clients = try await away(2, from: fixture)
        for _ in 1...10 {
            try await clients[0].connect()
            #expect(clients[0].recovered)
            clients[0].raw.vanish()
            try await eventually("it is gone") { fixture.io.sockets.sockets.isEmpty }
        }
        try await clients[1].connect()
        #expect(clients[1].recovered)
    }

    // MARK: - Before the server has noticed

    @Test("a client that comes back beside its old connection takes its place, and misses nothing")
    func halfOpen() async throws {
        let fixture = try fixture()
        let client = try ReturningClient(fixture)
        try await client.connect()
        let id = try #require(client.id)
        fixture.io.emit("n", 0)
        try await client.hear()
        let old = client.raw
        old.pauseReading()
        fixture.io.emit("n", 1)
        try await client.connect()
        #expect(client.recovered && client.id == id)
        #expect(client.heard == ["42[\"n\",0", "42[\"n\",1"])
        #expect(fixture.log == ["new \(id)", "transport close \(id)", "recovered \(id)"])
        #expect(fixture.io.sockets.sockets.count == 1 && fixture.io.clientsCount == 1)
        old.resumeReading()
        try await old.waitForEnd()
        #expect(fixture.log.count == 3, "the end of the old connection is no news")
    }

    @Test("a client that has heard nothing yet is new, and its old connection ends all the same")
    func halfOpenWithoutOffset() async throws {
        let fixture = try fixture()
        let client = try ReturningClient(fixture)
        try await client.connect()
        let (id, old) = (try #require(client.id), client.raw)
        try await client.connect()
        let new = try #require(client.id)
        #expect(!client.recovered && new != id)
        #expect(fixture.log == ["new \(id)", "transport close \(id)", "new \(new)"])
        try await old.waitForEnd()
    }

    @Test("a handler of the old socket that ends everything ends the new connection as well")
    func halfOpenAndClosed() async throws {
        let fixture = try fixture()
        var opened: [Session] = []
        fixture.io.onConnection { socket in
            opened.append(socket.conn)
            socket.onDisconnect { _ in for client in opened { client.close() } }
        }
        let other = try await fixture.client()
        let client = try ReturningClient(fixture)
        try await client.connect()
        _ = other
        // The connection that comes back has joined before: its session is among those that close.
        fixture.io.of("/door").onConnection { opened.append($0.conn) }
        try await client.open()
        client.raw.sendFrame("40/door,")
        try await eventually("it is in") { opened.count == 3 }
        client.comeBack()
        try await client.raw.waitForEnd()
        #expect(fixture.io.sockets.sockets.isEmpty && fixture.io.clientsCount == 0)
    }
}
