// However the session of a client of Socket.IO 2 ends, nothing of it stays.

import Foundation
import EngineSockets
import TestSupport
import Testing

@testable import Engine

private final class WeakSession {
    weak var session: Session?
    init(_ session: Session) { self.session = session }
}

@Suite("The end of an old client's session", .serialized, .closesServers)
struct OldSessionTests {
    /// How a session ends: what the client does, with the session's target and, if it is the
    /// server that ends it, the session.
    private typealias End = @MainActor (RawClient, String, Session) async throws -> Void

    private let overPolling: [(name: String, end: End)] = [
        ("closed here, and no poll comes", { _, _, session in session.close() }),
        (
            "closed here with much to fetch, and no poll comes",
            { _, _, session in
                for _ in 0..<100 { session.send(OutgoingPacket(text: Array("4x".utf8))) }
                session.close()
            }
        ),
        (
            "closed here while a poll waits",
            { client, target, session in
                client.send(RawClient.request("GET", target))
                try await eventually("it polls") { session.isWritable }
                session.close()
            }
        ),
        (
            "a close packet",
            { client, target, _ in _ = try await client.request("POST", target, body: "1:1") }
        ),
        (
            "a poll that breaks off",
            { client, target, session in
                client.send(RawClient.request("GET", target))
                try await eventually("it polls") { session.isWritable }
                client.vanish()
            }
        ),
        (
            "a pong, which only servers send",
            { client, target, _ in _ = try await client.request("POST", target, body: "1:3") }
        ),
        (
            "a body that is no payload",
            { client, target, _ in _ = try await client.request("POST", target, body: "4b") }
        ),
        (
            "polls that stop while the program goes on sending",
            { _, _, session in
                let packet = OutgoingPacket(text: [UInt8](repeating: 0x34, count: 100_000))
                // In turns of their own: what one turn adds is no sign of a client that stops.
                for _ in 0..<20 {
                    let now = EventLoop.shared.now
                    session.send(packet)
                    try await eventually("another turn") { EventLoop.shared.now != now }
                }
            }
        ),
        (
            "closed here during an upgrade",
            { client, target, session in
                let path = target.replacing("transport=polling", with: "transport=websocket")
                try await client.openWebSocket(path)
                client.sendFrame("2probe")
                _ = try await client.text()
                session.close()
            }
        ),
    ]

    private let overWebSocket: [(name: String, end: End)] = [
        ("closed here", { _, _, session in session.close() }),
        ("a close packet", { client, _, _ in client.sendFrame("1") }),
        ("gone without a word", { client, _, _ in client.vanish() }),
        ("what is no packet", { client, _, _ in client.sendFrame("x") }),
    ]

    private func fixture(
        _ change: (inout SocketServerOptions) -> Void = { _ in },
        _ sessions: @escaping (Session) -> Void
    ) throws -> Fixture {
        let fixture = try OldServer.fixture(change)
        fixture.io.onConnection { socket in
            // Handlers hold their socket, as those of programs do.
            socket.on("x") { () in socket.emit("y") }
            sessions(socket.conn)
        }
        return fixture
    }

    @Test("over long-polling the session is forgotten, and with it all that waits")
    func polling() async throws {
        var known: WeakSession?
        let fixture = try fixture { known = WeakSession($0) }
        for (name, end) in overPolling {
            let client = try OldServer.client(fixture)
            let target = try await OldServer.open(client)
            do {
                let session = try #require(known?.session)
                // Of its own connection: a request may be under way.
                try await end(try OldServer.client(fixture), target, session)
            }
            try await eventually("it has ended: \(name)") { fixture.io.clientsCount == 0 }
            // The half minute passes in which a client may come for the last packets.
            fixture.io.engineIO.deadlinePassed(at: EventLoop.shared.now + 31_000)
            try await eventually("it is forgotten: \(name)") { known?.session == nil }
            #expect(try await client.request("GET", target).text.contains("\"code\":1"), "\(name)")
        }
    }

    @Test("over WebSocket the session is forgotten")
    func webSocket() async throws {
        var known: WeakSession?
        let fixture = try fixture { known = WeakSession($0) }
        for (name, end) in overWebSocket {
            let client = try await OldServer.openWebSocket(fixture)
            do {
                let session = try #require(known?.session)
                try await end(client, oldWebSocket, session)
            }
            try await eventually("it is forgotten: \(name)") { known?.session == nil }
            #expect(fixture.io.clientsCount == 0, "\(name)")
        }
    }

    @Test("a client that says nothing is forgotten, over either transport")
    func silence() async throws {
        var known: [WeakSession] = []
        let fixture = try fixture({ ($0.pingInterval, $0.pingTimeout) = (100, 100) }) {
            known.append(WeakSession($0))
        }
        let polling = try OldServer.client(fixture)
        _ = try await polling.request("GET", old)
        let webSocket = try OldServer.client(fixture)
        try await webSocket.openWebSocket(oldWebSocket)
        try await eventually("both are forgotten") { known.allSatisfy { $0.session == nil } }
        #expect(known.count == 2)
        #expect(fixture.io.clientsCount == 0)
    }

    @Test("its last packet waits for its next poll")
    func lastWords() async throws {
        let fixture = try OldServer.fixture()
        var session: Session?
        fixture.io.onConnection { session = $0.conn }
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        session?.close()
        #expect(try await client.request("GET", target).text == "1:1")
    }
}
