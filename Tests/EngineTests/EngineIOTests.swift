// Engine.IO over real sockets: the handshake, both transports, the upgrade, and the heartbeat.
// Next: EngineRequestTests.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Engine.IO", .serialized, .closesServers)
struct EngineIOTests {
    func server(_ change: (inout SocketServerOptions) -> Void = { _ in }) throws -> App {
        let app = closing(App())
        var options = SocketServerOptions()
        change(&options)
        EngineIO.serve(app, options) { session in
            session.onText { session.send($0) }
            session.onBinary { session.send($0) }
        }
        try app.listen(port: 0)
        return app
    }

    func client(_ app: App) throws -> RawClient {
        try RawClient(port: try #require(app.port))
    }

    private func open(_ client: RawClient) async throws -> String {
        "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
    }

    @Test("the handshake has the figures that clients need")
    func handshake() async throws {
        let app = try server()
        let answer = try await client(app).request("GET", polling)
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type") == "text/plain; charset=UTF-8")
        #expect(answer.field("Cache-Control") == "no-store")
        let id = try sid(in: answer.text)
        #expect(id.count == 20)
        #expect(
            answer.text
                == "0{\"sid\":\"\(id)\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                + "\"pingTimeout\":20000,\"maxPayload\":1000000}")
    }

    @Test("a POST of several packets is answered by one poll with as many")
    func pollingEcho() async throws {
        let app = try server()
        let client = try client(app)
        let target = try await open(client)
        let post = try await client.request("POST", target, body: "4a\u{1E}bAQID\u{1E}4ü")
        #expect(post.text == "ok")
        #expect(post.field("Content-Type") == "text/html")
        #expect(try await client.request("GET", target).text == "4a\u{1E}bAQID\u{1E}4ü")
    }

    @Test("what is too much for one poll comes with the next ones, in order")
    func manyPackets() async throws {
        let app = try server()
        let client = try client(app)
        let target = try await open(client)
        let packets = (0..<40).map { "4\($0)" }
        _ = try await client.request("POST", target, body: packets.joined(separator: "\u{1E}"))
        var arrived: [String] = []
        while arrived.count < 40 {
            let text = try await client.request("GET", target).text
            let some = text.split(separator: "\u{1E}").map(String.init)
            #expect(some.count <= 16)
            arrived += some
        }
        #expect(arrived == packets)
    }

    @Test("a poll waits until there is something to say")
    func longPoll() async throws {
        let app = try server()
        let getting = try client(app)
        let posting = try client(app)
        let target = try await open(getting)
        getting.send(RawClient.request("GET", target))
        #expect(try await posting.request("POST", target, body: "4now").text == "ok")
        #expect(try await getting.answer().text == "4now")
    }

    @Test("a second poll beside the first is refused, and ends the session")
    func twoPolls() async throws {
        let app = try server()
        let first = try client(app)
        let second = try client(app)
        let target = try await open(first)
        // Sent in one piece: when the first is answered, the second has been read as well.
        first.send(
            RawClient.request("POST", target, body: "3") + RawClient.request("GET", target))
        #expect(try await first.answer().text == "ok")
        #expect(try await second.request("GET", target).status == 400)
        #expect(try await second.request("GET", target).text.contains("\"code\":1"))
    }

    @Test("a body too large or of the wrong type is refused, and the session lives on")
    func badBodies() async throws {
        let app = try server { $0.maxHttpBufferSize = 1_000 }
        let client = try client(app)
        let target = try await open(client)
        let large = "4" + String(repeating: "x", count: 1_000)
        #expect(try await client.request("POST", target, body: large).status == 413)
        let octets = ["Content-Type": "application/octet-stream"]
        #expect(try await client.request("POST", target, fields: octets, body: "4a").status == 400)
        #expect(try await client.request("POST", target, body: "4b").status == 200)
        #expect(try await client.request("GET", target).text == "4b")
    }

    @Test(
        "a POST that is refused after a while does not stand in the way of the next one",
        arguments: ["", "Content-Type: application/octet-stream\r\n"])
    func refusedSlowly(field: String) async throws {
        let app = try server { $0.maxHttpBufferSize = 1_000 }
        let client = try client(app)
        let target = try await open(client)
        let refused = try self.client(app)
        refused.send(
            "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n"
                + "Expect: 100-continue\r\n\(field)\r\n")
        #expect(try await refused.answer().status == 100)
        refused.send(String(repeating: "4", count: 1_001))
        #expect(try await refused.answer().status == (field.isEmpty ? 413 : 400))
        #expect(try await client.request("POST", target, body: "4b").status == 200)
        #expect(try await client.request("GET", target).text == "4b")
    }

    @Test("a packet that cannot be decoded ends the session")
    func badPacket() async throws {
        let app = try server()
        let client = try client(app)
        let target = try await open(client)
        _ = try await client.request("POST", target, body: "4a\u{1E}x")
        #expect(try await client.request("GET", target).status == 400)
    }

    @Test("a close packet ends the poll that waits, and the session")
    func closePacket() async throws {
        let app = try server()
        let getting = try client(app)
        let posting = try client(app)
        let target = try await open(getting)
        getting.send(RawClient.request("GET", target))
        #expect(try await posting.request("POST", target, body: "1").text == "ok")
        #expect(try await getting.answer().text == "6")
        #expect(try await posting.request("GET", target).status == 400)
    }

    @Test("over WebSocket the open packet comes first, and messages come back")
    func webSocketEcho() async throws {
        let app = try server()
        let client = try client(app)
        try await client.openWebSocket(webSocket)
        #expect(try await client.text().hasPrefix("0{\"sid\":\""))
        client.sendFrame("4hello")
        #expect(try await client.text() == "4hello")
        client.send(RawClient.frame(0x82, [1, 2, 3]))
        let binary = try await client.frame()
        #expect(binary.first == 0x82)
        #expect(binary.payload == [1, 2, 3])
    }

    @Test("the upgrade: probe, answer, the old poll ends, and nothing is lost or doubled")
    func upgrade() async throws {
        let app = try server()
        let getting = try client(app)
        let posting = try client(app)
        let upgrading = try client(app)
        let target = try await open(getting)
        let id = try #require(target.components(separatedBy: "sid=").last)
        getting.send(RawClient.request("GET", target))
        try await upgrading.openWebSocket("\(webSocket)&sid=\(id)")
        upgrading.sendFrame("2probe")
        #expect(try await upgrading.text() == "3probe")
        #expect(try await getting.answer().text == "6")
        // Sent between the probe and the upgrade: waits for the new transport.
        #expect(try await posting.request("POST", target, body: "4first").text == "ok")
        upgrading.sendFrame("5")
        upgrading.sendFrame("4second")
        #expect(try await upgrading.text() == "4first")
        #expect(try await upgrading.text() == "4second")
        #expect(try await posting.request("GET", target).text.contains("\"code\":3"))
    }

    @Test("an upgrade that fails leaves the session on polling")
    func failedUpgrade() async throws {
        let app = try server()
        let client = try client(app)
        let upgrading = try self.client(app)
        let target = try await open(client)
        let id = try #require(target.components(separatedBy: "sid=").last)
        try await upgrading.openWebSocket("\(webSocket)&sid=\(id)")
        upgrading.sendFrame("4too early")
        #expect(try await upgrading.frame().first == 0x88)
        #expect(try await client.request("POST", target, body: "4a").text == "ok")
        #expect(try await client.request("GET", target).text == "4a")
    }

    @Test("a client that answers stays, one that does not is dropped")
    func heartbeat() async throws {
        let app = try server {
            $0.pingInterval = 100
            $0.pingTimeout = 3_000
        }
        let answering = try client(app)
        let silent = try client(app)
        for client in [answering, silent] {
            try await client.openWebSocket(webSocket)
            _ = try await client.text()
        }
        while !silent.hasEnded {
            #expect(try await answering.text() == "2")
            answering.sendFrame("3")
        }
        answering.sendFrame("4here")
        var text = try await answering.text()
        while text == "2" {
            answering.sendFrame("3")
            text = try await answering.text()
        }
        #expect(text == "4here")
    }
}
