// Which pages may talk to a server: its own, those of sites that are welcome, and what is no page.

import Engine
import TestSupport
import Testing

@Suite("Origins", .serialized, .closesServers)
struct OriginTests {
    /// A server that answers to any name: here it is the origins that are looked at.
    private func server(_ options: SocketServerOptions = SocketServerOptions()) throws -> Fixture {
        let fixture = try Fixture(options)
        fixture.io.app.allowedHosts = ["*"]
        return fixture
    }

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
        let fixture = try server()
        #expect(try await polling(fixture, [:]) == 200)
        let host = "localhost:\(fixture.port)"
        #expect(try await polling(fixture, ["Host": host, "Origin": "http://\(host)"]) == 200)
        #expect(try await polling(fixture, ["Host": host, "Origin": "https://\(host)"]) == 200)
        let big = ["Host": "Chat.Example", "Origin": "http://chat.example"]
        #expect(try await polling(fixture, big) == 200)
    }

    @Test(
        "its own is a page of the same host and port, however client and browser spell them",
        arguments: [
            ("h:443", "https://h"), ("h:443", "wss://h"), ("h:80", "http://h"), ("h:80", "ws://h"),
            ("h", "https://h"), ("h", "https://h:443"), ("h", "http://h:80"), ("h", "http://h/"),
            ("h", "HTTP://H"), ("H.", "http://h"), ("h", "http://h./"), ("h.:443", "wss://H"),
            ("h:3000", "ws://h:3000"), ("h:3000", "https://h:3000/"), ("h", "http://h:"),
            ("[::1]:3000", "http://[::1]:3000"), ("[::1]", "http://[0:0:0:0:0:0:0:1]:80/"),
            ("[2001:DB8::1]:443", "https://[2001:db8::1]"),
            ("127.0.0.1:3000", "ws://127.0.0.1:3000"),
            ("xn--bcher-kva.example", "https://XN--bcher-KVA.example"),
            ("h_1.example:443", "https://h_1.example"),
        ])
    func ownSpellings(host: String, origin: String) async throws {
        let fixture = try server()
        #expect(try await polling(fixture, ["Host": host, "Origin": origin]) == 200)
    }

    @Test(
        "another host, another port, and what is no origin at all are not its own",
        arguments: [
            ("h:443", "http://h"), ("h:80", "https://h"), ("h", "https://h:80"),
            ("h:81", "http://h"),
            ("h", "http://h:81"), ("h", "https://h@evil"), ("evil", "https://h@evil"),
            ("h", "http://h.evil"), ("h", "http://h.."), ("h", "http://h//"), ("h", "http://h/x"),
            ("h", "http://h, http://h"), ("h", "http://h http://evil"), ("h", "http://h:80:80"),
            ("h", "http://h:080000000080"), ("h", "http://h:http"), ("h", "http://h?"),
            ("h", "http://h#"), ("h", "http://h\\"), ("h", "http:/h"), ("h", "http:h"), ("h", "h"),
            ("h", "file://h"), ("h", "chrome-extension://h"), ("h", "://h"), ("h", "null"),
            ("", "http://"), ("[::1]", "http://[::2]"), ("[::1]", "http://[::1]evil"),
            ("[::1]", "http://[::1"), ("[", "http://["), ("xn--bcher-kva", "http://bücher"),
            ("h", "http://%68"),
        ])
    func foreign(host: String, origin: String) async throws {
        let fixture = try server()
        #expect(try await polling(fixture, ["Host": host, "Origin": origin]) == 403)
    }

    @Test("two origins are none, even if both are the server's own")
    func two() async throws {
        let fixture = try server()
        let client = try RawClient(port: fixture.port)
        client.send(
            "GET \(TestSupport.polling) HTTP/1.1\r\nHost: h\r\n"
                + "Origin: http://h\r\nOrigin: http://h\r\n\r\n")
        #expect(try await client.answer().status == 403)
    }

    @Test(
        "a page of another site is refused with code 4, over both transports",
        arguments: [
            "http://evil.example", "null", "", "http://", "http://localhost", "localhost",
            "http://localhost:1", "http://localhost.evil.example", "file://",
        ])
    func other(origin: String) async throws {
        let fixture = try server()
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

    @Test("nor can such a page use a session whose id it knows")
    func session() async throws {
        let fixture = try server()
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
        let app = closing(App())
        app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }
        let port = try app.listen(port: 0)
        #expect(try await !isOpened(port, "/echo", origin: "https://a.example"))
        app.webSocketCORS = CORS(origins: ["https://a.example"])
        #expect(try await isOpened(port, "/echo", origin: "https://a.example"))
    }
}
