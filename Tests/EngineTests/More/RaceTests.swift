// Sequences that once leaked, doubled, lost or crashed: a client waits, leaves or comes back at the
// wrong moment, and a server sends too much or too little to another one.

@testable import Engine
import Foundation
import SocketIOEvents
import SocketIOWire
import EngineSockets
import TestSupport
import Testing

private final class WeakSocket { weak var socket: Socket?; init(_ s: Socket) { socket = s } }

/// Delivers what the test says, when it says.
private final class ManualAdapter: Adapter {
    var count = 2
    var said: [String] = []
    var published: [AdapterMessage] = []
    var receivers: [String: (AdapterMessage) -> Void] = [:]
    var serverCount: Int { count }
    func open(namespace: String, receive: @escaping (AdapterMessage) -> Void) {
        receivers[namespace] = receive
    }
    func publish(_ message: AdapterMessage) { published.append(message); said.append("publish") }
    func close() { said.append("close") }
    func close(namespace: String) { receivers[namespace] = nil }
}

/// Synchronous.
private final class DirectAdapter: Adapter {
    static var all: [DirectAdapter] = []
    var receive: ((AdapterMessage) -> Void)?
    init() { DirectAdapter.all.append(self) }
    var serverCount: Int { DirectAdapter.all.count }
    func open(namespace: String, receive: @escaping (AdapterMessage) -> Void) {
        self.receive = receive
    }
    func publish(_ message: AdapterMessage) { for a in DirectAdapter.all { a.receive?(message) } }
    func close() {}
    func close(namespace: String) {}
}

@Suite("Who has gone is forgotten", .serialized, .closesServers)
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

    @Test("who is put out when its room begins is not let in afterwards")
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
    @Test("one that somebody waits for is not forgotten, and no other in its place")
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
        #expect(fixture.io.namespaces["/room-1"]?.sockets.count == 1, "a is in it")
        // c makes a second one; a leaves the orphan; and the second is forgotten with c in it.
        b.sendFrame("40/room-1,{}")
        #expect(try await b.text().hasPrefix("40/room-1"))
        a.sendFrame("41/room-1,")
        a.sendFrame("40/nowhere,")
        #expect(try await a.text().hasPrefix("44/nowhere,"))
        #expect(fixture.io.namespaces["/room-1"]?.sockets.count == 1, "b is in it")
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

@Suite("Recovery at the wrong moment", .serialized, .closesServers)
struct RecoveryRaceTests {
    private func returning(_ fixture: Fixture, _ pid: String, _ offset: String) async throws
        -> RawClient
    {
        let raw = try await fixture.opened()
        raw.sendFrame("40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        return raw
    }

    /// Connects, hears one event; its pid and offset.
    private func first(_ fixture: Fixture) async throws -> (pid: String, offset: String) {
        let raw = try await fixture.opened()
        raw.sendFrame("40")
        var welcome = try await raw.text()
        while !welcome.hasPrefix("40") { welcome = try await raw.text() }
        let pid = welcome.split(separator: "\"").map(String.init)[7]
        fixture.io.emit("fence")
        var text = try await raw.text()
        while !text.contains("fence") { text = try await raw.text() }
        let offset = text.split(separator: "\"").map(String.init)[3]
        raw.vanish()
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        return (pid, offset)
    }

    @Test("what a middleware emits to a returning socket comes once")
    func doubled() async throws {
        let fixture = try Fixture()
        var options = ConnectionStateRecovery()
        options.skipMiddlewares = false
        fixture.io.connectionStateRecovery = options
        fixture.io.use { (socket: Socket) throws in socket.emit("notice") }
        let (pid, offset) = try await first(fixture)
        let raw = try await returning(fixture, pid, offset)
        try await eventually("in") { fixture.io.sockets.sockets.count == 1 }
        fixture.io.emit("end")
        var heard: [String] = []
        while heard.last?.contains("\"end\"") != true { heard.append(try await raw.text()) }
        #expect(heard.filter { $0.contains("notice") }.count == 1, "\(heard)")
    }

    @Test("what a middleware emitted and the client has not heard is sent again")
    func lostAtTheDoor() async throws {
        let fixture = try Fixture()
        fixture.io.connectionStateRecovery = ConnectionStateRecovery()
        fixture.io.use { (socket: Socket) throws in socket.emit("notice", socket.id) }
        func open(_ auth: String) async throws -> (RawClient, String, String) {
            let raw = try await fixture.opened()
            raw.sendFrame("40" + auth)
            var early: [String] = []
            while true {
                let text = try await raw.text()
                if text.hasPrefix("40") {
                    return (raw, text.split(separator: "\"").map(String.init)[7], early.joined())
                }
                early.append(text)
            }
        }
        // The first stay: an offset is heard. Then the client leaves of its own will.
        let (one, _, _) = try await open("")
        let offset = try await one.text().split(separator: "\"").map(String.init)[5]
        one.sendFrame("41")
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        // The second: the welcome is heard, the notice behind it is not.
        let (two, pid, _) = try await open("")
        two.vanish()
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        let (_, pid2, early) = try await open("{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        #expect(pid2 == pid)
        #expect(early.contains("notice"), "recovered, and the notice is lost: \(early)")
    }

    @Test(
        "who has missed too much is new, and not cut off again and again", arguments: [false, true])
    func large(isPolling: Bool) async throws {
        let fixture = try Fixture()
        fixture.io.connectionStateRecovery = ConnectionStateRecovery()
        fixture.io.onConnection { $0.onDisconnect { fixture.log.append("\($0)") } }
        let (pid, offset) = try await first(fixture)
        let text = String(repeating: "x", count: 100_000)
        for _ in 0..<(isPolling ? 12 : 8) { fixture.io.emit("n", text) }
        for attempt in 1...3 {
            fixture.log = []
            if isPolling {
                let raw = try RawClient(port: fixture.port)
                let open = try await raw.request("GET", "/socket.io/?EIO=4&transport=polling")
                let id = try sid(in: open.text)
                let path = "/socket.io/?EIO=4&transport=polling&sid=\(id)"
                _ = try await raw.request(
                    "POST", path, body: "40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
                var isIn = false
                for _ in 0..<10 {
                    let poll = try await raw.request("GET", path)
                    if poll.text.contains("40{") { isIn = true; break }
                    if poll.status != 200 { break }
                }
                #expect(isIn, "attempt \(attempt): \(fixture.log)")
            } else {
                let raw = try await returning(fixture, pid, offset)
                var isIn = false
                do {
                    while !isIn { isIn = try await raw.text().hasPrefix("40") }
                } catch {}
                #expect(isIn, "attempt \(attempt): \(fixture.log)")
            }
            if fixture.log.isEmpty { break }
        }
    }

    @Test("the log counts the names of rooms")
    func logNames() {
        var log = EventLog(duration: 120_000, maxBytes: 1_000_000)
        var event = ArgumentsEncoder(eventName: "x")
        try? event.append("y")
        let arguments = event.finish()
        for i in 0..<200 {
            _ = log.append(
                arguments, rooms: [String(repeating: "r", count: 10_000) + "\(i)"], except: [],
                now: 0)
        }
        #expect(!log.isKept(after: -1, now: 0), "50 MB of names are kept, of 1 MB allowed")
    }

    @Test("what the log has let go is let go")
    func deadEntries() {
        var log = EventLog(duration: 120_000, maxBytes: 100_000)
        var event = ArgumentsEncoder(eventName: "x")
        try? event.append(String(repeating: "y", count: 50_000))
        let arguments = event.finish()
        for i in 0..<60 { _ = log.append(arguments, rooms: [], except: [], now: i) }
        let entries = Mirror(reflecting: log).children.first { $0.label == "entries" }?.value
        let held = (entries as? [Any?])?.filter { $0 != nil }.count ?? 99
        #expect(held < 10, "\(held) times 50 KB are held, 100 KB are allowed")
    }
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

    @Test("what is said while closing reaches the others before the adapter closes")
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

    @Test("one server more than was counted is no harm")
    func moreServers() async throws {
        let fixture = try Fixture()
        let adapter = ManualAdapter()
        adapter.count = 2
        fixture.io.use(adapter: adapter, requestsTimeout: 300)
        let answers = Task { await fixture.io.timeout(300).emitWithAck("q", as: Int.self) }
        try await eventually("asked") { !adapter.published.isEmpty }
        guard case .ask(_, _, let request, _) = adapter.published[0].content else { return }
        for s in ["s1", "s2"] {
            adapter.receivers["/"]?(
                AdapterMessage(
                    server: s, number: 1, namespace: "/", recipient: nil,
                    content: .asked([s], request: request)))
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
