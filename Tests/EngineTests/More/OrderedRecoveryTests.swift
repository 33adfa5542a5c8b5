// A client that is cut off and comes back to another server: it has missed nothing, and hears
// nothing twice. Next: OrderingNetwork.swift, RecoveryTests.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Recovery across servers", .serialized, .closesServers)
struct OrderedRecoveryTests {
    private struct Pair {
        let network: OrderingNetwork
        let servers: [Fixture]

        init(seed: UInt64 = 1) throws {
            network = OrderingNetwork(seed: seed)
            servers = [try Fixture(), try Fixture()]
            for fixture in servers {
                // In this order: recovery may be switched on after the adapter.
                fixture.io.use(adapter: network.end())
                fixture.io.connectionStateRecovery = ConnectionStateRecovery()
                fixture.io.onConnection { socket in
                    fixture.log.append(socket.recovered ? "recovered" : "new")
                    if !socket.recovered { socket.join("r") }
                    socket.on("leave") { () in
                        socket.emit("bye")
                        socket.disconnect()
                    }
                }
            }
        }

        func client() async throws -> ReturningClient {
            let client = try ReturningClient(servers[0])
            try await client.connect()
            servers[1].io.emit("n", -1)
            try await client.hear()
            return client
        }

        func gone() async throws {
            try await eventually("the servers have noticed") { [servers] in
                servers.allSatisfy(\.io.sockets.sockets.isEmpty)
            }
        }

        func close() async { for fixture in servers { await fixture.io.close() } }
    }

    @Test("it is itself again on the other server: id, rooms, shared data, what it has missed")
    func comesBack() async throws {
        let pair = try Pair()
        for fixture in pair.servers {
            fixture.io.onConnection { socket in
                if !socket.recovered { socket.data.share(["name": "Ana"]) }
                fixture.log.append(
                    socket.data.shared(as: [String: String].self)?["name"] ?? "no data")
            }
        }
        let client = try await pair.client()
        let id = try #require(client.id)
        client.raw.vanish()
        try await pair.gone()
        pair.servers[0].io.emit("n", 1)
        pair.servers[1].io.to("r").emit("n", 2)
        pair.servers[1].io.to("elsewhere").emit("n", 3)
        pair.servers[0].io.except("r").emit("n", 4)
        pair.servers[0].io.volatile.emit("n", 5)
        pair.servers[1].io.to(id).emit("n", 6)
        try await client.connect(to: pair.servers[1])
        #expect(client.recovered && client.id == id)
        #expect(client.heard == [-1, 1, 2, 6].map { "42[\"n\",\($0)" })
        #expect(pair.servers[1].log == ["recovered", "Ana"])
        pair.servers[0].io.to("r").emit("n", 7)
        try await client.hear()
        #expect(client.heard.last == "42[\"n\",7")
    }

    @Test("a client whose old server has not noticed its end is let go there, and taken in here")
    func twice() async throws {
        let pair = try Pair()
        let client = try await pair.client()
        let old = client.raw
        try await client.connect(to: pair.servers[1])
        #expect(client.recovered)
        try await old.waitForEnd()
        #expect(pair.servers[0].io.sockets.sockets.isEmpty)
    }

    @Test("a client whose old server has noticed its end just now is taken in here")
    func justNoticed() async throws {
        let pair = try Pair()
        let client = try await pair.client()
        client.raw.vanish()
        try await pair.gone()
        pair.network.delaysSaving = true
        try await client.connect(to: pair.servers[1])
        #expect(client.recovered && !pair.network.delaysSaving)
    }

    @Test("what is sent to a socket stays in order, and comes before it is put out")
    func order() async throws {
        let pair = try Pair()
        let client = try await pair.client()
        let io = pair.servers[0].io
        let socket = try #require(io.sockets.sockets.values.first)
        socket.emit("a")
        socket.volatile.emit("b")
        io.local.emit("c")
        socket.emit("question") { (_: Int) in }
        io.to("r").emit("d")
        io.in("r").socketsLeave("r")
        io.to("r").emit("nothing")
        var names: [String] = []
        while names.count < 5 {
            names.append(String(try await client.raw.text().split(separator: "\"")[1]))
        }
        #expect(names == ["a", "b", "c", "question", "d"])
        client.raw.sendFrame("42[\"leave\"]")
        #expect(try await client.raw.text().hasPrefix("42[\"bye\""))
        #expect(try await client.raw.text() == "41")
    }

    @Test("while the broker is away clients are served; later nothing is missed or comes twice")
    func outage() async throws {
        let pair = try Pair()
        let client = try await pair.client()
        pair.network.goAway()
        pair.servers[0].io.emit("n", 1)
        let early = try await client.raw.text()
        #expect(early.hasPrefix("42[\"n\",1,\"~"), "at once; a mark stands in the offset's place")
        client.raw.vanish()
        try await pair.gone()
        pair.servers[0].io.emit("n", 2)
        pair.network.comeBack()
        try await eventually("the session is saved") { !pair.network.sessions.isEmpty }
        try await client.connect(to: pair.servers[1])
        // It does not name the mark: the event may have been lost with its line.
        #expect(client.recovered && client.heard == [-1, 1, 2].map { "42[\"n\",\($0)" })
        client.raw.vanish()
        try await pair.gone()
        try await client.connect(to: pair.servers[0])
        pair.servers[1].io.emit("n", 3)
        try await client.hear()
        #expect(client.recovered)
        #expect(client.heard == [-1, 1, 2, 3].map { "42[\"n\",\($0)" })
    }

    @Test("cut at random, 100 times over, and back to any server: none missed, none twice")
    func randomCuts() async throws {
        var (cuts, moves) = (0, 0)
        for seed in 1...100 {
            var random = SeededGenerator(seed: UInt64(seed))
            let pair = try Pair(seed: UInt64(seed))
            let client = try await pair.client()
            let id = try #require(client.id)
            var (sent, isConnected, here) = (0, true, 0)
            while sent < 60 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<7:
                    let io = pair.servers[Int.random(in: 0..<2, using: &random)].io
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: io.emit("n", sent)
                    case 1: io.to("r").emit("n", sent)
                    case 2: io.to([id, "r"]).except("empty").emit("n", sent)
                    default: io.to(id).emit("n", sent)
                    }
                    sent += 1
                case 7 where isConnected && client.heard.count <= sent:
                    try await client.hear()
                case 8 where isConnected:
                    client.raw.vanish()
                    isConnected = false
                    cuts += 1
                case 9 where !isConnected:
                    let next = Int.random(in: 0..<2, using: &random)
                    if next != here { moves += 1 }
                    here = next
                    try await client.connect(to: pair.servers[here])
                    isConnected = true
                    #expect(client.recovered, "seed \(seed)")
                default: break
                }
            }
            if !isConnected { try await client.connect(to: pair.servers[1 - here]) }
            while client.heard.count <= sent { try await client.hear() }
            #expect(client.heard == (-1..<60).map { "42[\"n\",\($0)" }, "seed \(seed)")
            await pair.close()
        }
        print("Recovery across servers: 100 seeds, \(cuts) cuts, \(moves) moves, 6,000 events")
        #expect(cuts > 100 && moves > 50)
    }
}
