// Sequences that once leaked, lost or crashed: a client waits or leaves at the wrong moment.
// Next: RecoveryRaceTests.swift, ServerRaceTests.swift.

@testable import Engine
import Foundation
import TestSupport
import Testing

final class WeakSocket { weak var socket: Socket?; init(_ s: Socket) { socket = s } }

/// Delivers what the test says, when it says.
final class ManualAdapter: Adapter {
    var count = 2
    var said: [String] = []
    var published: [AdapterMessage] = []
    var receivers: [String: (AdapterMessage) -> Void] = [:]
    var namespaces: [String: AdapterNamespace] = [:]
    /// Whether namespaces are open at once.
    var opensAtOnce = true
    func serverCount(in namespace: String) async throws -> Int { count }
    func open(_ namespace: AdapterNamespace) {
        namespaces[namespace.name] = namespace
        receivers[namespace.name] = namespace.receive
        if opensAtOnce { namespace.opened() }
    }
    func publish(_ message: AdapterMessage) { published.append(message); said.append("publish") }
    func close() async { said.append("close") }
    func close(namespace: String) { receivers[namespace] = nil }
}

@Suite("What has gone is forgotten", .serialized, .closesServers)
struct ForgottenTests {
    @Test("a listener for everything that mentions its socket does not keep it")
    func onAnyLeak() async throws {
        let fixture = try Fixture()
        var known: [WeakSocket] = []
        fixture.io.onConnection { socket in
            known.append(WeakSocket(socket))
            socket.onAny { event, _ in fixture.log.append("\(socket.id) \(event)") }
        }
        for _ in 0..<3 {
            (try await fixture.client()).vanish()
        }
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty && known.count == 3 }
        try await eventually("they are let go") { known.allSatisfy { $0.socket == nil } }
    }

    @Test("handlers set after disconnect() do not keep the socket")
    func lateHandlers() async throws {
        let fixture = try Fixture()
        var known: [WeakSocket] = []
        fixture.io.onConnection { socket in
            known.append(WeakSocket(socket))
            if known.count > 0 { socket.disconnect(close: true) }  // banned
            socket.on("x") { () in socket.emit("y") }
            socket.onDisconnect { _ in fixture.log.append(socket.id) }
        }
        for _ in 0..<3 { _ = try? await fixture.client() }
        try await eventually("they are let go") { known.allSatisfy { $0.socket == nil } }
    }

    @Test("a socket that is put out when its room begins is not let in afterwards")
    func putOutWhileEntering() async throws {
        let fixture = try Fixture()
        fixture.io.onRoomEvent { event in
            if case .joined(_, let id) = event { fixture.io.in(id).disconnectSockets() }
        }
        fixture.io.onConnection { fixture.log.append("connection \($0.connected)") }
        let raw = try await fixture.opened()
        raw.sendFrame("40")
        #expect(try await raw.text() == "41")
        raw.sendFrame("40/nowhere,")
        #expect(try await raw.text().hasPrefix("44/nowhere,"), "and nothing between")
        #expect(fixture.log.isEmpty)
    }
}

@Suite("Namespaces at the wrong moment", .serialized, .closesServers)
struct NamespaceRaceTests {
    @Test("one that a socket waits for is not forgotten, and no other in its place")
    func doorwayNamespace() async throws {
        let fixture = try Fixture()
        let parent = fixture.io.of(matching: /^\/room-\d+$/)
        parent.cleanupEmptyChildNamespaces = true
        var gate: [CheckedContinuation<Void, Never>] = []
        parent.use { (socket: Socket) async throws in
            if socket.handshake.auth["wait"] != nil {
                await withCheckedContinuation { gate.append($0) }
            }
            if socket.handshake.auth["bad"] != nil { throw ConnectError("no") }
        }
        let a = try await fixture.opened()
        a.sendFrame("40/room-1,{\"wait\":1}")
        try await eventually("waits") { gate.count == 1 }
        let b = try await fixture.opened()
        b.sendFrame("40/room-1,{\"bad\":1}")
        #expect(try await b.text().hasPrefix("44"))
        gate[0].resume()
        #expect(try await a.text().hasPrefix("40/room-1"))
        #expect(fixture.io.more.namespaces["/room-1"]?.sockets.count == 1, "a is in it")
        // c makes a second one; a leaves the orphan; and the second is forgotten with c in it.
        b.sendFrame("40/room-1,{}")
        #expect(try await b.text().hasPrefix("40/room-1"))
        a.sendFrame("41/room-1,")
        a.sendFrame("40/nowhere,")
        #expect(try await a.text().hasPrefix("44/nowhere,"))
        #expect(fixture.io.more.namespaces["/room-1"]?.sockets.count == 1, "b is in it")
    }

    @Test("what onNewNamespace sets stays")
    func newNamespaceHandlers() async throws {
        let fixture = try Fixture()
        fixture.io.onNewNamespace { namespace in
            namespace.use { (_: Socket) throws in throw ConnectError("guarded") }
            namespace.onConnection { _ in fixture.log.append("seen") }
        }
        _ = fixture.io.of(matching: /^\/room-\d+$/)
        let a = try await fixture.opened()
        a.sendFrame("40/room-1,")
        #expect(try await a.text().hasPrefix("44"), "the guard is asked")
    }

    @Test("one that the program makes before any client asks has its parent's guards")
    func earlyEmit() async throws {
        let fixture = try Fixture()
        let parent = fixture.io.of(matching: /^\/room-\d+$/)
        parent.use { (_: Socket) throws in throw ConnectError("guarded") }
        fixture.io.of("/room-1").emit("update")
        let a = try await fixture.opened()
        a.sendFrame("40/room-1,")
        #expect(try await a.text().hasPrefix("44"), "the guard is asked")
    }

    @Test("one that is forgotten leaves nothing at the adapter")
    func adapterOpens() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        fixture.io.use(adapter: adapter)
        let parent = fixture.io.of(matching: /^\/room-\d+$/)
        parent.cleanupEmptyChildNamespaces = true
        let client = try await fixture.opened()
        for i in 0..<50 {
            client.sendFrame("40/room-\(i),")
            _ = try await client.text()
            client.sendFrame("41/room-\(i),")
        }
        try await eventually("gone") { parent.children.isEmpty }
        #expect(
            adapter.receivers.count == 1,
            "\(adapter.receivers.count) namespaces open at the adapter")
    }
}
