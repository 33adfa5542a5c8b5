// The pings of bare WebSocket endpoints: a peer that answers stays, a silent one is closed.

import Engine
import TestSupport
import Testing

extension WebSocketTests {
    /// An app whose WebSockets are pinged every few milliseconds, and how they ended.
    private func pinging(timeout: Int) throws -> (App, () -> [WebSocketEnd]) {
        let app = closing(App())
        var ends: [WebSocketEnd] = []
        app.webSocketPingInterval = 20
        app.webSocketPingTimeout = timeout
        app.webSocket("/echo") { connection in
            connection.onText { connection.send($0) }
            connection.onClose { ends.append($0) }
        }
        try app.listen(port: 0)
        return (app, { ends })
    }

    @Test("a peer that answers no ping is closed, and the program is told why")
    func deadPeer() async throws {
        let (app, ends) = try pinging(timeout: 40)
        let client = try await open(app)
        #expect(try await client.frame().first == 0x89)
        try await eventually("the end") { ends().count == 1 }
        #expect(ends().first?.code == .abnormal)
        #expect(ends().first?.reason == "ping timeout")
        try await client.waitForEnd()
    }

    @Test("a peer that answers, or says anything else, stays, while a silent one is closed")
    func livingPeer() async throws {
        let (app, ends) = try pinging(timeout: 1_000)
        _ = try await open(app)
        let answering = try await open(app)
        let talking = try await open(app)
        while ends().isEmpty {
            let ping = try await answering.frame()
            #expect(ping.first == 0x89)
            answering.send(RawClient.frame(0x8A, ping.payload))
            talking.sendFrame("hello")
            while try await talking.frame().first == 0x89 {}
        }
        answering.sendFrame("hello")
        while try await answering.frame().first == 0x89 {}
        #expect(ends().count == 1)
    }

    @Test("without an interval no client is pinged")
    func noHeartbeat() async throws {
        let (app, ends) = try pinging(timeout: 1)
        app.webSocketPingInterval = nil
        let quiet = try await open(app)
        app.webSocketPingInterval = 1
        let watched = try await open(app)
        try await watched.waitForEnd()
        quiet.sendFrame("still here")
        #expect(try await quiet.text() == "still here")
        #expect(ends().count == 1)
    }
}
