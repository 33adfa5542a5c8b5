// Clients that misbehave: what they send cannot be understood, is too much, or never comes to its
// end.

import Engine
import TestSupport
import Testing

extension HTTPTests {
    @Test(
        "what cannot be understood is answered with its status, and the connection closed",
        arguments: [
            ("garbage\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: x\n\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", 413),
            (
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n",
                400
            ),
            ("GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 17_000))\r\n\r\n",
                431
            ),
        ])
    func malformed(request: String, status: Int) async throws {
        let app = try server()
        let client = try client(app)
        client.send(request)
        #expect(try await client.answer().status == status)
        try await client.waitForEnd()
        #expect(try await self.client(app).request("GET", "/hello").status == 200)
    }

    /// A server whose patience is short enough to be watched.
    private func impatient() throws -> App {
        let app = closing(App())
        app.httpTimes.idle = 100
        app.httpTimes.head = 100
        app.httpTimes.request = 300
        app.httpTimes.sweep = 20
        app.get("/hello") { _ in .text("hello") }
        app.post("/echo") { request in .bytes(request.body, type: "text/plain") }
        try app.listen(port: 0)
        return app
    }

    @Test(
        "a request that does not come to its end is answered with 408, and closed",
        arguments: [
            "GET / HTTP/1.1\r\nHo",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsome",
        ])
    func tooSlow(beginning: String) async throws {
        let app = try impatient()
        let client = try client(app)
        client.send(beginning)
        #expect(try await client.answer().status == 408)
        try await client.waitForEnd()
    }

    @Test("a byte now and then does not keep a connection")
    func dribbling() async throws {
        let app = try impatient()
        let client = try client(app)
        client.send("GET / HTTP/1.1\r\n")
        for _ in 0..<500 where !client.hasEnded {
            client.send("a")
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(client.hasEnded)
    }

    @Test("a connection without a request is closed without an answer")
    func idle() async throws {
        let app = try impatient()
        let client = try client(app)
        #expect(try await client.request("GET", "/hello").status == 200)
        try await client.waitForEnd()
        #expect(client.buffer.isEmpty)
    }

    @Test("a refusal reaches a client that is still sending its body")
    func refusalWhileSending() async throws {
        let app = try server()
        let client = try client(app)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
        client.send([UInt8](repeating: 97, count: 900_000))
        #expect(try await client.answer().status == 413)
    }
}
