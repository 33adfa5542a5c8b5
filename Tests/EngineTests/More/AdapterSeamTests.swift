// What an adapter can rely on, and what it may say: the door, states, offsets, sessions, nameless
// answers, the end. Next: AdapterTests.swift, OrderingNetwork.swift.

import Engine
import EngineSockets
import Foundation
import TestSupport
import Testing

@Suite("The seam of adapters", .serialized, .closesServers)
struct AdapterSeamTests {
    private func server() throws -> (Fixture, ManualAdapter) {
        let (fixture, adapter) = (try Fixture(), ManualAdapter())
        fixture.io.use(adapter: adapter)
        return (fixture, adapter)
    }

    @Test("a client waits at the door until its namespace is open, and misses nothing")
    func door() async throws {
        let (fixture, adapter) = (try Fixture(), ManualAdapter())
        adapter.opensAtOnce = false
        fixture.io.adapterOpenTimeout = 60_000
        fixture.io.use(adapter: adapter)
        fixture.io.onConnection { _ in fixture.log.append("in") }
        var states: [AdapterState] = []
        fixture.io.onAdapterState { states.append($0) }
        let client = try await fixture.opened()
        client.sendFrame("40")
        client.sendFrame("40/nowhere,")
        #expect(try await client.text().hasPrefix("44/nowhere"), "and no welcome before")
        #expect(fixture.log.isEmpty && fixture.io.adapterState == .opening)
        let namespace = try #require(adapter.namespaces["/"])
        namespace.opened()
        #expect(try await client.text().hasPrefix("40{"))
        namespace.report(.away(reason: "a test"))
        namespace.report(.away(reason: "another"))
        #expect(fixture.io.adapterState == .away(reason: "another"))
        namespace.report(.ready)
        #expect(states == [.ready, .away(reason: "a test"), .ready])
    }

    @Test("an adapter that never opens lets clients in after its time, with a line in the log")
    func lateDoor() async throws {
        let (fixture, adapter) = (try Fixture(), ManualAdapter())
        adapter.opensAtOnce = false
        fixture.io.adapterOpenTimeout = 30
        fixture.io.use(adapter: adapter)
        let client = try await fixture.client()
        fixture.io.emit("hi")
        #expect(try await client.text() == "42[\"hi\"]")
    }

    @Test("answers without names and ids are counted, and those that do not come")
    func anonymous() async throws {
        let (fixture, adapter) = try server()
        adapter.count = 3
        let asked = Task {
            await fixture.io.timeout(2_000).emitWithAck("q", as: Int.self)
        }
        try await eventually("asked") { !adapter.published.isEmpty }
        guard case .ask(_, _, let request, _) = adapter.published[0].content else {
            Issue.record("no question")
            return
        }
        let namespace = try #require(adapter.namespaces["/"])
        func say(_ content: AdapterMessage.Content) {
            namespace.receive(AdapterMessage(namespace: "/", content: content))
        }
        // An answer may overtake the count.
        say(.answered(nil, .init(values: [1]), request: request))
        say(.asked(count: 2, ids: nil, request: request))
        say(.asked(count: 1, ids: nil, request: request))
        say(.answered(nil, .init(values: [1]), request: request))
        say(.answered(nil, .init(values: ["none"]), request: request))
        let answers = await asked.value
        #expect(answers.anonymousReplies == [1, 1] && answers.all == [1, 1])
        #expect(answers.anonymousMissing == 1 && answers.silentServers == 0)
        #expect(!answers.isComplete)
    }

    @Test("a server that can't be counted is an error with a reason; what is here is found")
    func unavailable() async throws {
        final class Broken: Adapter {
            struct Gone: Error, CustomStringConvertible { let description = "the wire is cut" }
            func open(_ namespace: AdapterNamespace) { namespace.opened() }
            func publish(_ message: AdapterMessage) {}
            func serverCount(in namespace: String) async throws -> Int { throw Gone() }
            func close(namespace: String) {}
            func close() async {}
        }
        let fixture = try Fixture()
        fixture.io.use(adapter: Broken())
        fixture.io.onConnection { fixture.log.append($0.id) }
        _ = try await fixture.client()
        let expected = AdapterError.unavailable("the wire is cut")
        await #expect(throws: expected) { _ = try await fixture.io.fetchSockets() }
        await #expect(throws: expected) { _ = try await fixture.io.serverCount() }
        let found = await fixture.io.findSockets()
        #expect(found.sockets.map(\.id) == fixture.log && found.problem == expected)
        let answers = await fixture.io.except(fixture.log).timeout(60_000).emitWithAck(
            "q", as: Int.self)
        #expect(answers.silentServers == 1)
    }

    @Test("a snapshot has the whole handshake, and the data that is shared")
    func snapshot() async throws {
        struct User: Codable, Equatable { var name: String }
        let (fixture, adapter) = try server()
        fixture.io.onConnection { $0.data.share(User(name: "Ana")) }
        let client = try fixture.connection()
        try await client.openWebSocket("/socket.io/?EIO=4&transport=websocket&a=1")
        _ = try await client.text()
        client.sendFrame("40{\"token\":\"x\"}")
        _ = try await client.text()
        let found = try #require(try await fixture.io.local.fetchSockets().first)
        #expect(try found.data(as: User.self) == User(name: "Ana"))
        let handshake = found.handshake
        #expect(handshake.auth == ["token": "x"])
        #expect(handshake.query["a"] == "1" && handshake.headers["upgrade"] == "websocket")
        #expect(handshake.time.hasSuffix(" GMT+0000 (Coordinated Universal Time)"))
        let again = try JSONDecoder().decode(
            RemoteSocket.Snapshot.self, from: try JSONEncoder().encode(found.snapshot))
        #expect(again == found.snapshot)
        #expect(adapter.published.isEmpty)
    }

    @Test("an adapter sees which rooms are here, and hears of rooms that begin and end")
    func view() async throws {
        let (fixture, adapter) = try server()
        let namespace = try #require(adapter.namespaces["/"])
        var events: [RoomEvent] = []
        namespace.onRoomEvent { events.append($0) }
        fixture.io.onConnection { socket in
            fixture.log.append(socket.id)
            socket.join("r")
        }
        let client = try await fixture.client()
        let id = fixture.log[0]
        #expect(namespace.rooms == ["r", id])
        #expect(namespace.hasSockets(inAnyOf: ["x", "r"]) && namespace.hasSockets(inAnyOf: [id]))
        #expect(!namespace.hasSockets(inAnyOf: ["x"]) && namespace.socketIDs(inAnyOf: []) == [id])
        client.vanish()
        try await eventually("gone") { events.last == .deleted(room: "r") }
        #expect(namespace.rooms.isEmpty)
    }

    @Test("a namespace can be kept out, one server alone is not worked for")
    func alone() async throws {
        let (fixture, adapter) = (try Fixture(), ManualAdapter())
        fixture.io.of("/here").usesAdapter = false
        fixture.io.use(adapter: adapter)
        fixture.io.of("/here").emit("x")
        #expect(adapter.namespaces["/here"] == nil && adapter.published.isEmpty)
        #expect(try await fixture.io.of("/here").serverCount() == 1)
        fixture.io.use(adapter: InMemoryAdapter())
        fixture.io.emit("x")
        #expect(try await fixture.io.serverCount() == 1)
        #expect(adapter.published.isEmpty)
    }

    @Test("a message of another version is ignored")
    func versions() async throws {
        let (fixture, adapter) = try server()
        let client = try await fixture.client()
        let namespace = try #require(adapter.namespaces["/"])
        for (name, version) in [("old", 1), ("new", AdapterMessage.currentVersion)] {
            namespace.receive(
                AdapterMessage(
                    server: "s", number: version, namespace: "/",
                    content: .emit(.init(), .init(values: [.string(name)])), version: version))
        }
        #expect(try await client.text() == "42[\"new\"]")
    }

    @Test("the end waits for the adapter, and not for ever")
    func close() async throws {
        final class Slow: Adapter {
            var gate: CheckedContinuation<Void, Never>?
            var isAsked = false
            func open(_ namespace: AdapterNamespace) { namespace.opened() }
            func publish(_ message: AdapterMessage) {}
            func serverCount(in namespace: String) async throws -> Int { 1 }
            func close(namespace: String) {}
            func close() async {
                isAsked = true
                await withCheckedContinuation { gate = $0 }
            }
        }
        let (fixture, adapter) = (try Fixture(), Slow())
        fixture.io.use(adapter: adapter)
        fixture.io.adapterCloseTimeout = 60_000
        var isClosed = false
        let closing = Task {
            await fixture.io.app.close()
            isClosed = true
        }
        try await eventually("it is asked") { adapter.isAsked }
        #expect(!isClosed)
        adapter.gate?.resume()
        await closing.value
        #expect(fixture.io.adapterState == .closed)
        let (other, hung) = (try Fixture(), Slow())
        other.io.use(adapter: hung)
        other.io.adapterCloseTimeout = 20
        await other.io.close()
        hung.gate?.resume()
    }
}
