// Sequences that once leaked or crashed: a server sends too much or too little to another one, at
// the wrong moment.

@testable import Engine
import Foundation
import TestSupport
import Testing

/// Synchronous.
private final class DirectAdapter: Adapter {
    static var all: [DirectAdapter] = []
    var receive: ((AdapterMessage) -> Void)?
    init() { DirectAdapter.all.append(self) }
    func serverCount(in namespace: String) async throws -> Int { DirectAdapter.all.count }
    func open(_ namespace: AdapterNamespace) {
        receive = namespace.receive
        namespace.opened()
    }
    func publish(_ message: AdapterMessage) { for a in DirectAdapter.all { a.receive?(message) } }
    func close() async {}
    func close(namespace: String) {}
}

@Suite("Servers at the wrong moment", .serialized, .closesServers)
struct ServerRaceTests {
    @Test("a question outlives its namespace")
    func crash() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        fixture.io.use(adapter: adapter)
        let parent = fixture.io.of(matching: /^\/room-\d+$/)
        parent.cleanupEmptyChildNamespaces = true
        var answered = false
        parent.onConnection { socket in
            socket.on("ask") { () in
                socket.broadcast.timeout(200).emit("q") { (_: BroadcastAnswers<Int>) in
                    answered = true
                }
            }
        }
        let client = try await fixture.client("/room-1,")
        client.sendFrame("42/room-1,[\"ask\"]")
        try await eventually("asked") { !adapter.published.isEmpty }
        client.vanish()
        try await eventually("answered") { answered }
    }

    @Test("questions whose end was lost are forgotten")
    func askedLeak() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        fixture.io.use(adapter: adapter)
        var known: [WeakSocket] = []
        fixture.io.onConnection { known.append(WeakSocket($0)) }
        let client = try await fixture.client()
        adapter.receivers["/"]?(
            AdapterMessage(
                server: "other", number: 1, namespace: "/", recipient: nil,
                content: .ask(
                    .init(rooms: [], except: [], isVolatile: false),
                    .init(json: "[\"q\"]", attachments: []), request: "r", timeout: 200)))
        client.vanish()
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        try await eventually("it is forgotten") { known.allSatisfy { $0.socket == nil } }
    }

    @Test("an adapter that delivers at once leaves no question behind")
    func askedSync() async throws {
        let (l, r) = (try Fixture(), try Fixture())
        l.io.use(adapter: DirectAdapter())
        r.io.use(adapter: DirectAdapter())
        for _ in 0..<10 { _ = await l.io.timeout(100).emitWithAck("q", as: Int.self) }
        let cluster = try #require(r.io.sockets.more.cluster)
        let asked = Mirror(reflecting: cluster).children.first { $0.label == "asked" }!.value
        #expect((asked as? [String: AskedSockets])?.count == 0)
        DirectAdapter.all = []
        await l.io.close(); await r.io.close()
    }

    @Test("what is sent while closing reaches the others before the adapter closes")
    func closing() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        fixture.io.use(adapter: adapter)
        fixture.io.onConnection { $0.onDisconnect { _ in fixture.io.emit("user left") } }
        let client = try await fixture.client()
        await fixture.io.close()
        _ = client
        #expect(adapter.said == ["publish", "close"])
    }

    @Test("an answer of one server more than was counted does no harm")
    func moreServers() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        adapter.count = 2
        fixture.io.use(adapter: adapter, requestsTimeout: 30_000)
        let answers = Task { await fixture.io.timeout(30_000).emitWithAck("q", as: Int.self) }
        try await eventually("asked") { !adapter.published.isEmpty }
        guard case .ask(_, _, let request, _) = adapter.published[0].content else { return }
        for s in ["s1", "s2"] {
            adapter.receivers["/"]?(
                AdapterMessage(
                    server: s, number: 1, namespace: "/", recipient: nil,
                    content: .asked(count: 1, ids: [s], request: request)))
        }
        for s in ["s1", "s2"] {
            adapter.receivers["/"]?(
                AdapterMessage(
                    server: s, number: 2, namespace: "/", recipient: nil,
                    content: .answered(s, .init(json: "[1]", attachments: []), request: request)))
        }
        let a = await answers.value
        #expect(a.silentServers == 0 && a.isComplete, "\(a)")

        adapter.published = []
        let found = Task { try await fixture.io.fetchSockets() }
        try await eventually("asked") { !adapter.published.isEmpty }
        guard case .fetch(_, let second) = adapter.published[0].content else { return }
        for s in ["s1", "s2"] {
            adapter.receivers["/"]?(
                AdapterMessage(
                    server: s, number: 3, namespace: "/", recipient: nil,
                    content: .fetched([], request: second)))
        }
        do { _ = try await found.value } catch { Issue.record("\(error)") }
    }
}
