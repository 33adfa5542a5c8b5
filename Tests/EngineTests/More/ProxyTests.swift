// Behind a proxy: whose word counts, and for what.
// Next: Sources/Engine/More/Access/TrustedProxies.swift.

import Engine
import TestSupport
import Testing

@Suite("Proxies", .serialized, .closesServers)
struct ProxyTests {
    private func app(_ proxies: [String]) throws -> App {
        let app = closing(App())
        app.trustedProxies = proxies
        app.allowedHosts = ["chat.example.org"]
        app.get("/") { request in
            .text("\(request.address) \(request.isSecure) \(request.fields["Host"] ?? "")")
        }
        try app.listen(port: 0)
        return app
    }

    private func answer(
        _ app: App, _ fields: [String: String], host: String = "127.0.0.1"
    ) async throws -> RawClient.Answer {
        let client = try RawClient(port: try #require(app.port), host: host)
        return try await client.request("GET", "/", fields: fields)
    }

    @Test(
        "the client's address is the last that is no proxy's",
        arguments: [
            ("203.0.113.7", "203.0.113.7"), ("203.0.113.7:4711", "203.0.113.7"),
            ("6.6.6.6, 203.0.113.7", "203.0.113.7"), ("203.0.113.7, 10.1.2.3", "203.0.113.7"),
            ("203.0.113.7, 10.1.2.3, 10.9.9.9", "203.0.113.7"), ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"), ("10.1.2.3", "10.1.2.3"),
            ("203.0.113.7, nonsense", "127.0.0.1"), ("", "127.0.0.1"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
        ])
    func addresses(field: String, client: String) async throws {
        let app = try app(["127.0.0.1", "10.0.0.0/8"])
        let text = try await answer(app, ["X-Forwarded-For": field]).text
        #expect(text.hasPrefix("\(client) false"), "\(text)")
    }

    @Test("host and scheme are the proxy's word too, and the host check looks at the host")
    func host() async throws {
        let app = try app(["127.0.0.1"])
        let fields = ["X-Forwarded-Proto": "https", "X-Forwarded-Host": "chat.example.org"]
        #expect(try await answer(app, fields).text == "127.0.0.1 true chat.example.org")
        let evil = ["X-Forwarded-Host": "evil.example"]
        #expect(try await answer(app, evil).status == 403)
        let none = ["X-Forwarded-Host": "a b/c"]
        #expect(try await answer(app, none).text.hasPrefix("127.0.0.1 false"))
    }

    @Test("of other addresses no such field is believed")
    func stranger() async throws {
        let fields = [
            "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "chat.example.org", "Forwarded": "for=203.0.113.7;proto=https",
        ]
        for proxies in [[], ["10.0.0.0/8"], ["nonsense"], ["unix"], ["127.0.0.1/99"]] {
            let text = try await answer(try app(proxies), fields).text
            #expect(text.hasPrefix("127.0.0.1 false"), "\(proxies): \(text)")
        }
        // Over IPv6, where IPv4 is trusted.
        let text = try await answer(try app(["127.0.0.1"]), fields, host: "::1").text
        #expect(text.hasPrefix("::1 false"))
    }

    @Test("Forwarded is read where the program says so, and the other fields are not then")
    func forwarded() async throws {
        let app = try app(["127.0.0.0/8"])
        app.forwardedFields = .forwarded
        let fields = [
            "Forwarded":
                "for=6.6.6.6, for=\"[2001:db8::7]:4711\"; proto=https;host=chat.example.org",
            "X-Forwarded-For": "9.9.9.9",
        ]
        #expect(try await answer(app, fields).text == "2001:db8::7 true chat.example.org")
    }

    @Test("a page of the proxy's host may connect, others may not; the handshake tells the client")
    func origin() async throws {
        let fixture = try Fixture()
        fixture.io.app.trustedProxies = ["127.0.0.1"]
        fixture.io.app.allowedHosts = ["chat.example.org"]
        fixture.io.onConnection { socket in
            fixture.log.append("\(socket.handshake.address) \(socket.handshake.secure)")
        }
        var fields = [
            "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "chat.example.org", "Origin": "https://chat.example.org",
        ]
        let client = try fixture.connection()
        try await client.openWebSocket(webSocket, fields: fields)
        _ = try await client.text()
        client.sendFrame("40")
        _ = try await client.text()
        #expect(fixture.log == ["203.0.113.7 true"])
        fields["Origin"] = "https://evil.example"
        let evil = try fixture.connection()
        await #expect(throws: RefusedWebSocket.self) {
            try await evil.openWebSocket(webSocket, fields: fields)
        }
    }

    @Test("limits per address count clients, and not the proxy")
    func limits() async throws {
        let fixture = try Fixture()
        fixture.io.app.trustedProxies = ["127.0.0.1"]
        fixture.io.app.connectionLimits.perAddress = 2
        func open(_ address: String) async throws -> RawClient {
            let client = try fixture.connection()
            try await client.openWebSocket(webSocket, fields: ["X-Forwarded-For": address])
            return client
        }
        let first = try await open("203.0.113.7")
        _ = try await open("203.0.113.7")
        await #expect(throws: RefusedWebSocket.self) { _ = try await open("203.0.113.7") }
        for number in 1..<5 { _ = try await open("203.0.113.\(10 + number)") }
        first.vanish()
        try await eventually("it is gone") { fixture.io.clientsCount == 5 }
        _ = try await open("203.0.113.7")
    }
}
