// Clients that break Engine.IO's rules: the log says in one line what was wrong, what came, and
// from where; and it says it once.

import Engine
import TestSupport
import Testing

@Suite("Broken rules, in the log", .serialized, .closesServers)
struct ProtocolErrorTests {
    /// The lines of the log with these words, after `act` with a session over long-polling. Other
    /// suites may cause the same lines at the same time: their clients have another address.
    private func lines(
        with words: String, _ act: (RawClient, _ target: String, Fixture) async throws -> Void
    ) async throws -> [String] {
        var options = SocketServerOptions()
        options.maxHttpBufferSize = 10_000
        let fixture = try Fixture(options, host: "::1")
        let log = try LogRecording()
        defer { log.stop() }
        let client = try fixture.connection()
        let opened = try await client.request("GET", polling)
        try await act(client, "\(polling)&sid=\(try sid(in: opened.text))", fixture)
        await fixture.io.close()
        return log.lines(with: words).filter { !$0.contains("(127.0.0.1)") }
    }

    /// What a POST is answered with, that ends the session.
    private func post(_ body: String, says words: String) async throws -> [String] {
        try await lines(with: words) { client, target, fixture in
            _ = try await client.request("POST", target, body: body)
            let next = try fixture.connection()
            let status = try await next.request("GET", target).status
            #expect(status == 400)
        }
    }

    @Test(
        "a payload that cannot be read",
        arguments: [
            (
                "9\n" + String(repeating: "x", count: 500),
                "an Engine.IO packet began with byte 57; expected a digit from 0 to 6; "
                    + "it sent \"9\\u{a}" + String(repeating: "x", count: 58)
            ),
            ("4a\u{1e}", "an Engine.IO packet was empty; expected a digit from 0 to 6 and"),
            ("bA", "in a payload was not valid base64; it sent \"bA\" (::1)"),
            ("2", "the client sent a ping; in Engine.IO 4 it answers pings (::1)"),
        ])
    func payloads(body: String, sentence: String) async throws {
        let told = try await post(body, says: sentence)
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("a client was disconnected: ") == true)
    }

    @Test("a body that is no UTF-8, and one of bytes")
    func bytes() async throws {
        let told = try await lines(with: "the body of a POST was not valid UTF-8") {
            client, target, fixture in
            client.send("POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n")
            client.send([0x34, 0xFF])
            let status = try await client.answer().status
            #expect(status == 400)
        }
        #expect(told.count == 1)
        let refused = try await lines(with: "a POST of application/octet-stream was refused") {
            client, target, fixture in
            let head = "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            client.send("\(head)Content-Type: application/octet-stream\r\n\r\n4")
            let status = try await client.answer().status
            #expect(status == 400)
        }
        #expect(refused.count == 1)
    }

    @Test("a second poll, and a second POST, at once")
    func overlaps() async throws {
        let polls = try await lines(with: "a second poll came while one was waiting") {
            client, target, fixture in
            let waiting = try fixture.connection()
            waiting.send(RawClient.request("GET", target))
            _ = try await client.request("POST", target, body: "3")
            let status = try await client.request("GET", target).status
            #expect(status == 400)
        }
        #expect(polls.count == 1)
        let posts = try await lines(with: "a second POST came before the first one had ended") {
            client, target, fixture in
            let head = "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n"
            let first = try fixture.connection()
            first.send("\(head)4")
            // By then the beginning has arrived.
            _ = try await client.request("GET", "/")
            client.send("\(head)4x")
            let status = try await client.answer().status
            #expect(status == 400)
        }
        #expect(posts.count == 1)
    }

    @Test("over WebSocket: no packet, a frame too large, an upgrade without its probe")
    func webSockets() async throws {
        let packets = try await lines(with: "expected a digit from 0 to 6; it sent \"hello\"") {
            _, _, fixture in
            let client = try await fixture.opened()
            client.sendFrame("hello")
            try await client.waitForEnd()
        }
        #expect(packets.count == 1)
        let frames = try await lines(
            with: "its WebSocket failed with 1009: a message has at most 10000 bytes (max"
        ) { _, _, fixture in
            let client = try await fixture.opened()
            client.sendFrame(String(repeating: "4", count: 10_001))
            try await client.waitForEnd()
        }
        #expect(frames.count == 1)
        let upgrades = try await lines(with: "expected 2probe and then 5, but \"4early\" came") {
            client, target, fixture in
            let socket = try fixture.connection()
            try await socket.openWebSocket(
                target.replacing("transport=polling", with: "transport=websocket"))
            socket.sendFrame("4early")
            try await socket.waitForEnd()
            let answer = try await client.request("POST", target, body: "40")
            #expect(answer.text == "ok")
        }
        #expect(upgrades.count == 1)
    }
}
