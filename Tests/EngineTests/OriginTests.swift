// Which pages may talk to a server: its own, those of sites that are welcome, and what is no page.

import Engine
import TestSupport
import Testing

@Suite("Origins", .serialized)
struct OriginTests {
    private func polling(_ fixture: Fixture, _ fields: [String: String]) async throws -> Int {
        let client = try RawClient(port: fixture.port)
        return try await client.request("GET", TestSupport.polling, fields: fields).status
    }

    private func isOpened(_ port: Int, _ target: String, origin: String) async throws -> Bool {
        let client = try RawClient(port: port)
        client.patience = 2_000
        do {
            let fields = ["Host": "localhost:\(port)", "Origin": origin]
            try await client.openWebSocket(target, fields: fields)
            return true
        } catch {
            return false
        }
    }

    @Test("a page of the server itself may connect, and a program that is no page")
    func own() async throws {
        let fixture = try Fixture()
        #expect(try await polling(fixture, [:]) == 200)
        let host = "localhost:\(fixture.port)"
        #expect(try await polling(fixture, ["Host": host, "Origin": "http://\(host)"]) == 200)
        #expect(try await polling(fixture, ["Host": host, "Origin": "https://\(host)"]) == 200)
        let big = ["Host": "Chat.Example", "Origin": "http://chat.example"]
        #expect(try await polling(fixture, big) == 200)
    }

    @Test(
        "a page of another site is refused with code 4, over both transports",
        arguments: [
            "http://evil.example", "null", "", "http://", "http://localhost", "localhost",
            "http://localhost:1", "http://localhost.evil.example", "file://",
        ])
    func other(origin: String) async throws {
        let fixture = try Fixture()
        var opened = 0
        fixture.io.onConnection { _ in opened += 1 }
        let client = try RawClient(port: fixture.port)
        let fields = ["Host": "localhost:\(fixture.port)", "Origin": origin]
        let answer = try await client.request("GET", TestSupport.polling, fields: fields)
        #expect(answer.status == 403)
        #expect(answer.text == "{\"code\":4,\"message\":\"Forbidden\"}")
        #expect(
            try await !isOpened(fixture.port, TestSupport.webSocket, origin: origin))
        #expect(opened == 0)
    }

    @Test("nor can it use a session that it has learnt of")
    func session() async throws {
        let fixture = try Fixture()
        let client = try RawClient(port: fixture.port)
        let opened = try await client.request("GET", TestSupport.polling)
        let session = "\(TestSupport.polling)&sid=\(try sid(in: opened.text))"
        let fields = ["Origin": "http://evil.example"]
        #expect(try await client.request("POST", session, fields: fields, body: "40").status == 403)
        #expect(try await client.request("POST", session, body: "40").status == 200)
    }

    @Test("sites that are welcome may connect, and others still not")
    func welcome() async throws {
        var options = SocketServerOptions()
        options.cors = CORS(origins: ["https://a.example"])
        let fixture = try Fixture(options)
        let webSocket = TestSupport.webSocket
        #expect(try await isOpened(fixture.port, webSocket, origin: "https://a.example"))
        #expect(try await !isOpened(fixture.port, webSocket, origin: "https://b.example"))
        options.cors = CORS.any
        let open = try Fixture(options)
        #expect(try await isOpened(open.port, webSocket, origin: "https://b.example"))
    }

    @Test("a bare WebSocket asks as well")
    func bare() async throws {
        let app = App()
        app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }
        let port = try app.listen(port: 0)
        #expect(try await !isOpened(port, "/echo", origin: "https://a.example"))
        app.webSocketCORS = CORS(origins: ["https://a.example"])
        #expect(try await isOpened(port, "/echo", origin: "https://a.example"))
        await app.close()
    }
}
