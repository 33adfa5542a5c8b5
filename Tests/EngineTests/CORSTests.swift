// The options of CORS over real connections: which origins, and what browsers are told.

import Engine
import TestSupport
import Testing

@Suite("CORS", .serialized, .closesServers)
struct CORSTests {
    private func fixture(_ cors: CORS) throws -> Fixture {
        var options = SocketServerOptions()
        options.cors = cors
        return try Fixture(options)
    }

    private func get(_ fixture: Fixture, _ origin: String) async throws -> RawClient.Answer {
        let client = try RawClient(port: fixture.port)
        return try await client.request("GET", polling, fields: ["Origin": origin])
    }

    private func ask(_ fixture: Fixture, _ wanted: String? = nil) async throws -> RawClient.Answer {
        let client = try RawClient(port: fixture.port)
        var fields = ["Origin": "https://a.example", "Access-Control-Request-Method": "POST"]
        fields["Access-Control-Request-Headers"] = wanted
        return try await client.request("OPTIONS", polling, fields: fields)
    }

    @Test("any origin is told *, and where cookies may come, its own")
    func any() async throws {
        let open = try fixture(.any)
        let answer = try await get(open, "https://a.example")
        #expect(answer.field("Access-Control-Allow-Origin") == "*")
        #expect(answer.field("Vary") == nil)
        let cookies = try await get(try fixture(CORS(credentials: true)), "https://a.example")
        #expect(cookies.field("Access-Control-Allow-Origin") == "https://a.example")
        #expect(cookies.field("Access-Control-Allow-Credentials") == "true")
        #expect(cookies.field("Vary") == "Origin")
    }

    @Test("with reflected every origin gets itself as the answer")
    func reflected() async throws {
        let answer = try await get(try fixture(CORS(allowing: .reflected)), "https://a.example")
        #expect(answer.field("Access-Control-Allow-Origin") == "https://a.example")
        #expect(answer.field("Vary") == "Origin")
        #expect(answer.field("Access-Control-Allow-Credentials") == nil)
    }

    @Test(
        "an origin of a list may be spelled in other ways, and is told as the browser spells it",
        arguments: [
            ("https://a.example", "https://a.example:443"),
            ("https://A.example/", "https://a.example"),
            ("https://a.example", "wss://a.example"), ("http://a.example:80", "http://a.example"),
            ("https://a.example.", "https://a.example"),
            ("http://[::1]:3000", "http://[0::1]:3000"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://xn--bcher-kva.example", "https://xn--BCHER-kva.example"),
            ("chrome-extension://abcd", "chrome-extension://abcd"), ("null", "null"),
        ])
    func spellings(listed: String, origin: String) async throws {
        let answer = try await get(try fixture(CORS(origins: [listed])), origin)
        #expect(answer.status == 200)
        #expect(answer.field("Access-Control-Allow-Origin") == origin)
    }

    @Test(
        "another scheme, host or port is another origin",
        arguments: [
            ("https://a.example", "http://a.example"),
            ("https://a.example:3000", "http://a.example:3000"),
            ("https://a.example", "https://a.example:444"),
            ("https://a.example", "https://b.a.example"),
            ("https://a.example", "https://a.example.evil.net"),
            ("https://a.example", "https://a.example@evil.net"),
            ("https://a.example", "https://evil.net/https://a.example"),
            ("a.example", "https://a.example"),
            ("https://*.example", "https://a.example"), ("https://a.example", "null"),
            ("*", "https://a.example"),
        ])
    func others(listed: String, origin: String) async throws {
        let answer = try await get(try fixture(CORS(origins: [listed])), origin)
        #expect(answer.status == 403)
        #expect(answer.field("Access-Control-Allow-Origin") == nil)
    }

    @Test("a list that is set later is as good")
    func later() async throws {
        var cors = CORS.any
        cors.origins = .list(["https://A.example"])
        let fixture = try fixture(cors)
        #expect(try await get(fixture, "https://a.example").status == 200)
        #expect(try await get(fixture, "https://b.example").status == 403)
    }

    @Test("a pattern has to match the whole origin")
    func pattern() async throws {
        let fixture = try fixture(CORS(allowing: .pattern(/https:\/\/[a-z]+\.example/)))
        #expect(try await get(fixture, "https://a.example").status == 200)
        #expect(try await get(fixture, "https://a.example.evil.net").status == 403)
        #expect(try await get(fixture, "xhttps://a.example").status == 403)
    }

    @Test("a closure is asked about each origin, over WebSocket too")
    func closure() async throws {
        let cors = CORS(allowing: .matching { $0.hasSuffix("//a.example") })
        let fixture = try fixture(cors)
        #expect(try await get(fixture, "https://a.example").status == 200)
        #expect(try await get(fixture, "https://b.example").status == 403)
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket, fields: ["Origin": "https://a.example"])
        #expect(try await client.text().hasPrefix("0{"))
    }

    @Test("by default a question is answered with 204, GET and POST, and the fields it asks for")
    func preflight() async throws {
        let answer = try await ask(try fixture(.any), "X-Token, X-Other")
        #expect(answer.status == 204)
        #expect(answer.field("Access-Control-Allow-Methods") == "GET, POST")
        #expect(answer.field("Access-Control-Allow-Headers") == "X-Token, X-Other")
        #expect(answer.field("Access-Control-Max-Age") == nil)
        #expect(answer.field("Access-Control-Expose-Headers") == nil)
    }

    @Test("methods, fields, age and status can be set")
    func settings() async throws {
        var cors = CORS(origins: ["https://a.example"])
        cors.methods = ["GET", "POST", "PUT"]
        cors.allowedHeaders = ["X-Token"]
        cors.exposedHeaders = ["X-One", "X-Two"]
        cors.maxAge = 600
        cors.optionsSuccessStatus = .ok
        let fixture = try fixture(cors)
        let answer = try await ask(fixture, "X-Other")
        #expect(answer.status == 200)
        #expect(answer.field("Access-Control-Allow-Methods") == "GET, POST, PUT")
        #expect(answer.field("Access-Control-Allow-Headers") == "X-Token")
        #expect(answer.field("Access-Control-Max-Age") == "600")
        let got = try await get(fixture, "https://a.example")
        #expect(got.field("Access-Control-Expose-Headers") == "X-One, X-Two")
        #expect(got.field("Access-Control-Max-Age") == nil)
    }

    @Test("with preflightContinue a middleware answers, and the fields are there")
    func preflightContinue() async throws {
        var cors = CORS(origins: ["https://a.example"])
        cors.preflightContinue = true
        let fixture = try fixture(cors)
        #expect(try await ask(fixture).status == 400)
        fixture.io.engine.use { request, _ in
            guard request.method == "OPTIONS" else { return }
            throw EngineRefusal(.text("asked", .ok))
        }
        let answer = try await ask(fixture, "X-Token")
        #expect(answer.status == 200)
        #expect(answer.text == "asked")
        #expect(answer.field("Access-Control-Allow-Origin") == "https://a.example")
        #expect(answer.field("Access-Control-Allow-Methods") == "GET, POST")
        #expect(answer.field("Access-Control-Allow-Headers") == "X-Token")
    }

    /// What the server says to a page of a site that is let in, and to one of another.
    private func refusals(
        _ fixture: Fixture, _ request: String, _ fields: String = "", body: String = ""
    ) async throws -> [RawClient.Answer] {
        var answers: [RawClient.Answer] = []
        for origin in ["https://a.example", "https://b.example"] {
            let client = try RawClient(port: fixture.port)
            client.send(
                "\(request) HTTP/1.1\r\nHost: localhost\r\n"
                    + "Origin: \(origin)\r\n\(fields)\r\n\(body)")
            answers.append(try await client.answer())
        }
        return answers
    }

    @Test("whatever is refused under the path, at any stage, a page that is let in can read it")
    func refusals() async throws {
        let fixture = try fixture(CORS(origins: ["https://a.example"]))
        fixture.io.app.httpTimes.request = 20
        fixture.io.app.httpTimes.sweep = 10
        let script = "/socket.io/socket.io.js"
        let session = "\(polling)&sid=unknown"
        let chunked = "Transfer-Encoding: chunked\r\n"
        for (status, request, fields, body) in [
            // While the request arrives.
            (413, "POST \(session)", "Content-Length: 2000000\r\n", ""),
            (413, "POST \(session)", chunked, "ffffff\r\n"),
            (400, "POST \(session)", chunked, "no chunk\r\n"),
            (408, "POST \(session)", "Content-Length: 2\r\n", "4"),
            // When it is there.
            (404, "GET /socket.io/nothing", "", ""), (405, "POST \(script)", "", ""),
        ] {
            let answers = try await refusals(fixture, request, fields, body: body)
            #expect(answers.map(\.status) == [status, status])
            let origins = answers.map { $0.field("Access-Control-Allow-Origin") }
            #expect(origins == ["https://a.example", nil], "\(status) \(request)")
            #expect(answers.map { $0.field("Vary") } == ["Origin", "Origin"])
        }
        // Another path is another server's business.
        let other = try await refusals(fixture, "POST /other", "Content-Length: 2000000\r\n")
        #expect(other.map(\.status) == [413, 413])
        #expect(other[0].field("Access-Control-Allow-Origin") == nil)
    }

    @Test("so it is in a session, and before one: 405, 413, 429")
    func refusalsOfSessions() async throws {
        var options = SocketServerOptions()
        options.cors = CORS(origins: ["https://a.example"])
        options.maxHttpBufferSize = 10
        let fixture = try Fixture(options)
        let client = try RawClient(port: fixture.port)
        let fields = ["Origin": "https://a.example"]
        func allowed(_ answer: RawClient.Answer) -> Bool {
            answer.field("Access-Control-Allow-Origin") == "https://a.example"
        }
        let opened = try await client.request("GET", polling, fields: fields)
        let session = "\(polling)&sid=\(try sid(in: opened.text))"
        let put = try await client.request("PUT", session, fields: fields)
        #expect(put.status == 405 && allowed(put))
        let long = String(repeating: "4", count: 11)
        let post = try await client.request("POST", session, fields: fields, body: long)
        #expect(post.status == 413 && allowed(post))
        fixture.io.app.connectionLimits.handshakesPerSecond = 0
        let another = try await client.request("GET", polling, fields: fields)
        #expect(another.status == 429 && allowed(another))
    }
}
