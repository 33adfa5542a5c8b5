// Two servers in one process that share their clients. The network between them loses, delays and
// doubles messages.

import Engine
import Foundation
import EngineSockets
import TestSupport
import Testing

/// The network between servers. Messages are JSON, as with a broker.
final class AdapterNetwork {
    private final class Endpoint: Adapter {
        let network: AdapterNetwork
        var namespaces: [String: AdapterNamespace] = [:]
        init(_ network: AdapterNetwork) { self.network = network }
        func serverCount(in namespace: String) async throws -> Int {
            network.ends.count + network.ghosts
        }
        func open(_ namespace: AdapterNamespace) {
            namespaces[namespace.name] = namespace
            namespace.opened()
        }
        func publish(_ message: AdapterMessage) { network.carry(message) }
        func close(namespace: String) { namespaces[namespace] = nil }
        func close() async { network.ends.removeAll { $0 === self } }
    }

    private var ends: [Endpoint] = []
    /// Servers that are counted and never answer.
    var ghosts = 0
    var random: SeededGenerator
    var lossPercent = 0
    var doublePercent = 0
    /// Milliseconds, at most.
    var delay = 0
    private(set) var lost = 0
    private(set) var doubled = 0

    init(seed: UInt64 = 1) { random = SeededGenerator(seed: seed) }

    func end() -> any Adapter {
        ends.append(Endpoint(self))
        return ends[ends.count - 1]
    }

    private func carry(_ message: AdapterMessage) {
        guard let bytes = try? JSONEncoder().encode(message) else {
            Issue.record("a message that can't be encoded")
            return
        }
        if Int.random(in: 0..<100, using: &random) < lossPercent {
            lost += 1
            return
        }
        var copies = 1
        if Int.random(in: 0..<100, using: &random) < doublePercent {
            doubled += 1
            copies = 2
        }
        for _ in 0..<copies {
            let time = delay == 0 ? 0 : Int.random(in: 0...delay, using: &random)
            EventLoop.shared.after(time) { [self] in
                guard let again = try? JSONDecoder().decode(AdapterMessage.self, from: bytes) else {
                    Issue.record("a message that can't be decoded")
                    return
                }
                // To the sender as well: brokers do that.
                for end in ends { end.namespaces[again.namespace]?.receive(again) }
            }
        }
    }
}

@Suite("Adapters", .serialized, .closesServers)
struct AdapterTests {
    /// Two servers, a client at each.
    private struct Pair {
        let network: AdapterNetwork
        let left: Fixture
        let right: Fixture
        let a: RawClient
        let b: RawClient
        var ids: [String] { [left.log[0], right.log[0]] }

        init(_ network: AdapterNetwork = AdapterNetwork(), timeout: Int = 5_000) async throws {
            self.network = network
            (left, right) = (try Fixture(), try Fixture())
            for fixture in [left, right] {
                fixture.io.use(adapter: network.end(), requestsTimeout: timeout)
                fixture.io.onConnection { socket in
                    fixture.log.append(socket.id)
                    socket.join("all")
                    socket.on("join") { (room: String) in socket.join(room) }
                    socket.on("others") { (text: String) in socket.broadcast.emit("others", text) }
                    socket.onDisconnect { _ in fixture.log.append("gone") }
                }
            }
            (a, b) = (try await left.client(), try await right.client())
        }

        func close() async {
            await left.io.close()
            await right.io.close()
        }
    }

    @Test("a broadcast reaches the clients of both servers, once; rooms, exceptions, bytes and all")
    func broadcast() async throws {
        let network = AdapterNetwork()
        network.doublePercent = 100
        network.delay = 3
        let pair = try await Pair(network)
        #expect(try await pair.left.io.serverCount() == 2)
        pair.left.io.emit("hi", 1)
        for client in [pair.a, pair.b] { #expect(try await client.text() == "42[\"hi\",1]") }
        pair.a.sendFrame("42[\"others\",\"x\"]")
        #expect(try await pair.b.text() == "42[\"others\",\"x\"]")
        pair.left.io.to("all").except(pair.ids[0]).emit("bytes", Data([1, 2]))
        #expect(
            try await pair.b.text() == "451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]")
        #expect(try await pair.b.frame().payload == [1, 2])
        pair.left.io.to(pair.ids[1]).emit("you")
        #expect(try await pair.b.text() == "42[\"you\"]")
        pair.left.io.local.emit("here")
        #expect(try await pair.a.text() == "42[\"here\"]")
        pair.right.io.emit("last")
        for client in [pair.a, pair.b] { #expect(try await client.text() == "42[\"last\"]") }
        #expect(network.doubled >= 4)
    }

    @Test("sockets of the other server are found, join, leave and are put out")
    func tools() async throws {
        let pair = try await Pair()
        #expect(Set(try await pair.left.io.fetchSockets().map(\.id)) == Set(pair.ids))
        #expect(try await pair.left.io.local.fetchSockets().map(\.id) == [pair.ids[0]])
        pair.left.io.to(pair.ids[1]).socketsJoin("new")
        try await eventually("joined") { pair.right.io.sockets.roomNames == ["all", "new"] }
        let found = try await pair.left.io.in("new").fetchSockets()
        #expect(found.map(\.id) == [pair.ids[1]])
        found.first?.leave("new")
        try await eventually("left") { pair.right.io.sockets.roomNames == ["all"] }
        pair.left.io.disconnectSockets(close: true)
        try await pair.a.waitForEnd()
        try await pair.b.waitForEnd()
        try await eventually("gone") { pair.right.log.last == "gone" }
    }

    @Test("clients of both servers are asked; those missing at the timeout are named")
    func questions() async throws {
        let pair = try await Pair()
        async let asked = pair.left.io.timeout(5_000).emitWithAck("n?", as: Int.self)
        for (number, client) in [pair.a, pair.b].enumerated() {
            let id = try await client.text().dropFirst(2).prefix { $0.isNumber }
            client.sendFrame("43\(id)[\(number)]")
        }
        let answers = await asked
        #expect(answers.replies == [pair.ids[0]: 0, pair.ids[1]: 1])
        #expect(answers.isComplete)
        let none = await pair.left.io.timeout(2_000).emitWithAck("n?", as: Int.self)
        #expect(none.missing == Set(pair.ids) && none.silentServers == 0)
        pair.network.ghosts = 1
        let silent = await pair.left.io.except("all").timeout(2_000).emitWithAck("?", as: Int.self)
        #expect(silent.silentServers == 1 && !silent.isComplete)
    }

    @Test("servers send each other events, and answer them")
    func serverSide() async throws {
        let pair = try await Pair()
        var heard: [String] = []
        pair.left.io.serverSide.on("hello") { (text: String) in heard.append("left \(text)") }
        pair.right.io.serverSide.on("hello") { (text: String) in heard.append("right \(text)") }
        pair.right.io.serverSide.on("double") { (number: Int) in number * 2 }
        pair.left.io.serverSideEmit("hello", "x")
        try await eventually("heard") { heard == ["right x"] }
        let answers = try await pair.left.io.serverSideEmitWithAck("double", 21, as: Int.self)
        #expect(answers == [42])
    }

    @Test("an answer that does not come is an error, after its time and not before")
    func timeouts() async throws {
        let pair = try await Pair(timeout: 150)
        pair.network.lossPercent = 100
        await #expect(throws: AdapterError.timedOut(answered: 0, of: 1)) {
            _ = try await pair.left.io.fetchSockets()
        }
        await #expect(throws: AdapterError.timedOut(answered: 0, of: 1)) {
            _ = try await pair.left.io.serverSideEmitWithAck("x", as: Int.self)
        }
        pair.network.lossPercent = 0
        #expect(try await pair.left.io.fetchSockets().count == 2)
    }

    @Test(
        "a network that loses, delays and doubles: nothing comes twice, and all else comes",
        arguments: 1...5)
    func badNetwork(seed: UInt64) async throws {
        let network = AdapterNetwork(seed: seed)
        (network.lossPercent, network.doublePercent, network.delay) = (20, 30, 5)
        let pair = try await Pair(network, timeout: 200)
        let before = network.lost
        for number in 0..<100 { pair.left.io.emit("n", number) }
        let lost = network.lost - before
        #expect(lost > 0 && network.doubled > 0)
        var here: [Int] = []
        while here.count < 100 { here.append(try number(in: try await pair.a.text())) }
        #expect(here == Array(0..<100), "one's own clients lose nothing")
        var there: Set<Int> = []
        while there.count < 100 - lost {
            let number = try number(in: try await pair.b.text())
            #expect(there.insert(number).inserted, "\(number) came twice")
        }
        network.lossPercent = 0
        // Behind a fence: nothing more of the hundred comes.
        try await Task.sleep(for: .milliseconds(2 * network.delay))
        pair.right.io.local.emit("n", 1_000)
        #expect(try number(in: try await pair.b.text()) == 1_000)
    }

    private func number(in text: String) throws -> Int {
        try #require(Int(text.dropFirst(7).dropLast()))
    }
}
