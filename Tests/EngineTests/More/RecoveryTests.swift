// A client whose connection breaks at any moment, and comes back: it has missed nothing and hears
// nothing twice.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Connection state recovery", .serialized, .closesServers)
struct RecoveryTests {
    private func fixture(
        _ change: (inout ConnectionStateRecovery) -> Void = { _ in }
    ) throws -> Fixture {
        let fixture = try Fixture()
        var options = ConnectionStateRecovery()
        change(&options)
        fixture.io.connectionStateRecovery = options
        fixture.io.onConnection { socket in
            fixture.log.append(socket.recovered ? "recovered" : "new")
            if !socket.recovered { socket.join("r") }
            socket.on("leave") { () in socket.disconnect() }
        }
        return fixture
    }

    /// Asks for this client alone: the system may have given the server a port that a client of
    /// another test still comes back to.
    private func gone(_ client: ReturningClient, of fixture: Fixture) async throws {
        try await eventually("the server has noticed") {
            fixture.io.sockets.sockets.values.allSatisfy { $0.id != client.id }
        }
    }

    @Test("with its id, rooms and data it comes back, and hears first what it has missed")
    func comesBack() async throws {
        let fixture = try fixture()
        fixture.io.onConnection { socket in
            if !socket.recovered { socket.data[String.self] = "kept" }
            fixture.log.append("\(socket.data[String.self] ?? "") \(socket.rooms.contains("r"))")
        }
        let client = try ReturningClient(fixture)
        try await client.connect()
        let id = client.id
        fixture.io.emit("n", 0)
        try await client.hear()
        client.raw.vanish()
        try await gone(client, of: fixture)
        fixture.io.emit("n", 1)
        fixture.io.to("r").emit("n", 2)
        fixture.io.to("elsewhere").emit("n", 3)
        fixture.io.except("r").emit("n", 4)
        fixture.io.volatile.emit("n", 5)
        fixture.io.to(try #require(id)).emit("n", 6)
        try await client.connect()
        #expect(client.recovered && client.id == id)
        #expect(client.heard == ["42[\"n\",0", "42[\"n\",1", "42[\"n\",2", "42[\"n\",6"])
        #expect(fixture.log == ["new", "kept true", "recovered", "kept true"])
        fixture.io.to("r").emit("n", 7)
        try await client.hear()
        #expect(client.heard.last == "42[\"n\",7")
    }

    @Test("cut at random, 100 times over: nothing is missed and nothing comes twice")
    func randomCuts() async throws {
        var (cuts, replayed) = (0, 0)
        for seed in 1...100 {
            var random = SeededGenerator(seed: UInt64(seed))
            let fixture = try fixture()
            let client = try ReturningClient(fixture)
            try await client.connect()
            // Without an event there is no offset, and nothing to come back to.
            fixture.io.emit("n", -1)
            try await client.hear()
            var (sent, isConnected) = (0, true)
            while sent < 60 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<7:
                    let id = try #require(client.id)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: fixture.io.emit("n", sent)
                    case 1: fixture.io.to("r").emit("n", sent)
                    case 2: fixture.io.to([id, "r"]).except("empty").emit("n", sent)
                    default: fixture.io.to(id).emit("n", sent)
                    }
                    sent += 1
                case 7 where isConnected && client.heard.count <= sent:
                    try await client.hear()
                case 8 where isConnected:
                    client.raw.vanish()
                    isConnected = false
                    cuts += 1
                    try await gone(client, of: fixture)
                case 9 where !isConnected:
                    let before = client.heard.count
                    try await client.connect()
                    replayed += client.heard.count - before
                    isConnected = true
                    #expect(client.recovered, "seed \(seed)")
                default: break
                }
            }
            if !isConnected { try await client.connect() }
            while client.heard.count <= sent { try await client.hear() }
            #expect(client.heard == (-1..<60).map { "42[\"n\",\($0)" }, "seed \(seed)")
            await fixture.io.close()
        }
        print("Recovery: 100 seeds, \(cuts) cuts, 6,000 events, \(replayed) of them replayed")
        #expect(cuts > 100 && replayed > 300)
    }

    @Test("bytes that were missed come with their event")
    func binary() async throws {
        let fixture = try fixture()
        let client = try ReturningClient(fixture)
        try await client.connect()
        fixture.io.emit("n", 0)
        try await client.hear()
        client.raw.vanish()
        try await gone(client, of: fixture)
        fixture.io.emit("bytes", Data([1, 2]))
        client.raw = try await fixture.opened()
        let (pid, offset) = (try #require(client.pid), try #require(client.offset))
        client.raw.sendFrame("40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        let text = try await client.raw.text()
        #expect(text.hasPrefix("451-[\"bytes\",{\"_placeholder\":true,\"num\":0},\""))
        #expect(try await client.raw.frame().payload == [1, 2])
        #expect(try await client.raw.text().hasPrefix("40{\"sid\":\"\(client.id ?? "")\""))
    }

    @Test("a client that left, was put out, stayed away too long or missed too much is new")
    func notRecovered() async throws {
        for reason in ["left", "put out", "too long", "too much", "wrong offset", "wrong pid"] {
            let fixture = try fixture {
                if reason == "too long" { $0.maxDisconnectionDuration = 30 }
                if reason == "too much" { $0.maxBytes = 1_000 }
            }
            let client = try ReturningClient(fixture)
            try await client.connect()
            let id = client.id
            fixture.io.emit("n", 0)
            try await client.hear()
            switch reason {
            case "left": client.raw.sendFrame("41")
            case "put out": client.raw.sendFrame("42[\"leave\"]")
            default: client.raw.vanish()
            }
            try await gone(client, of: fixture)
            switch reason {
            case "too long": try await Task.sleep(for: .milliseconds(60))
            case "too much": for number in 1...20 { fixture.io.emit("n", number) }
            case "wrong offset": client.offset = "\(client.offset ?? "")zz"
            case "wrong pid": client.pid = String((client.pid ?? "").reversed())
            default: fixture.io.emit("n", 1)
            }
            try await client.connect()
            #expect(!client.recovered && client.id != id, "\(reason)")
            #expect(client.heard == ["42[\"n\",0"], "\(reason)")
            await fixture.io.close()
        }
    }

    @Test("middlewares are asked again when the option says so, and a refused client may try again")
    func middlewares() async throws {
        let fixture = try fixture { $0.skipMiddlewares = false }
        var asked = 0
        fixture.io.use { _ in
            asked += 1
            // The second time.
            if asked == 2 { throw ConnectError("no") }
        }
        let client = try ReturningClient(fixture)
        try await client.connect()
        fixture.io.emit("n", 0)
        try await client.hear()
        client.raw.vanish()
        try await gone(client, of: fixture)
        fixture.io.emit("n", 1)
        let raw = try await fixture.opened()
        raw.sendFrame("40{\"pid\":\"\(client.pid ?? "")\",\"offset\":\"\(client.offset ?? "")\"}")
        #expect(try await raw.text() == "44{\"message\":\"no\"}")
        try await client.connect()
        #expect(client.recovered && client.heard.last == "42[\"n\",1")
        #expect(asked == 3)
    }

    @Test("an offset from an earlier session brings back nothing of that time")
    func oldOffset() async throws {
        let fixture = try fixture()
        let client = try ReturningClient(fixture)
        try await client.connect()
        fixture.io.emit("n", 0)
        try await client.hear()
        client.raw.sendFrame("41")
        try await gone(client, of: fixture)
        fixture.io.emit("n", 1)
        try await client.connect()
        #expect(!client.recovered)
        // Of this stay it has heard nothing: its offset is the old one.
        client.raw.vanish()
        try await gone(client, of: fixture)
        fixture.io.emit("n", 2)
        try await client.connect()
        #expect(client.recovered && client.heard == ["42[\"n\",0", "42[\"n\",2"])
    }

    @Test("a pid is good for one client at a time: for the one that has named it last")
    func once() async throws {
        let fixture = try fixture()
        let first = try ReturningClient(fixture)
        try await first.connect()
        fixture.io.emit("n", 0)
        try await first.hear()
        first.raw.vanish()
        try await gone(first, of: fixture)
        let second = try ReturningClient(fixture)
        (second.pid, second.offset) = (first.pid, first.offset)
        try await first.connect()
        try await second.connect()
        #expect(first.recovered && second.recovered && first.id == second.id)
        try await first.raw.waitForEnd()
        #expect(fixture.io.sockets.sockets.count == 1)
    }

    @Test("without the option no client gets a pid, and events are as they are")
    func off() async throws {
        let fixture = try Fixture()
        let client = try await fixture.opened()
        client.sendFrame("40{\"pid\":\"x\",\"offset\":\"y\"}")
        #expect(try await !client.text().contains("pid"))
        fixture.io.emit("n", 1)
        #expect(try await client.text() == "42[\"n\",1]")
    }
}
