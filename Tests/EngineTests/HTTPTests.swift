// Requests over real sockets: routes, pages, and connections that stay.
// Next: MisbehavingClientTests.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("HTTP", .serialized, .closesServers)
struct HTTPTests {
    /// A server with a few routes and a page.
    func server() throws -> App {
        let app = closing(App(pages: "step1"))
        app.allowedHosts = ["x"]
        app.get("/hello") { request in .text("hello \(request.query["name"] ?? "you")") }
        app.get("/later") { _ in
            await Task.yield()
            return .text("later")
        }
        app.get("/fails") { _ in throw Missing(description: "on purpose") }
        app.post("/echo") { request in .bytes(request.body, type: "text/plain") }
        app.get("/two-lines") { _ in
            var response = Response.text("x")
            response.fields.add("X-Name", "a\r\nSet-Cookie: b=c")
            return response
        }
        try app.listen(port: 0)
        return app
    }

    func client(_ app: App) throws -> RawClient {
        try RawClient(port: try #require(app.port))
    }

    @Test("a page is served with its type, its length in bytes and a policy")
    func page() async throws {
        let app = try server()
        let answer = try await client(app).request("GET", "/")
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type") == "text/html; charset=utf-8")
        #expect(answer.field("Content-Length") == "\(answer.body.count)")
        #expect(answer.text.contains("<!DOCTYPE html>") || answer.text.contains("<!doctype html>"))
        #expect(answer.field("X-Content-Type-Options") == "nosniff")
        #expect(answer.field("Content-Security-Policy")?.contains("script-src 'self'") == true)
        #expect(answer.field("Date")?.hasSuffix(" GMT") == true)
    }

    @Test("HEAD has the fields of GET and no body")
    func head() async throws {
        let app = try server()
        let client = try client(app)
        let full = try await client.request("GET", "/")
        let head = try await client.request("HEAD", "/")
        #expect(head.status == 200)
        #expect(head.field("Content-Length") == full.field("Content-Length"))
        #expect(client.buffer.isEmpty)
        #expect(try await client.request("GET", "/hello").text == "hello you")
    }

    @Test("an unknown path is 404, a known one with another method 405 with Allow")
    func unknown() async throws {
        let app = try server()
        let client = try client(app)
        #expect(try await client.request("GET", "/nowhere").status == 404)
        let post = try await client.request("POST", "/")
        #expect(post.status == 405)
        #expect(post.field("Allow") == "GET, HEAD")
        let get = try await client.request("GET", "/echo")
        #expect(get.status == 405)
        #expect(get.field("Allow") == "POST")
    }

    @Test("a file that has not changed is not sent again")
    func notModified() async throws {
        let app = try server()
        let client = try client(app)
        let tag = try #require(try await client.request("GET", "/chat.css").field("ETag"))
        let again = try await client.request("GET", "/chat.css", fields: ["If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
        #expect(again.field("ETag") == tag)
        let other = try await client.request("GET", "/chat.css", fields: ["If-None-Match": "\"x\""])
        #expect(other.status == 200)
    }

    @Test("a file that a route answers is given in parts too")
    func partOfARoutesFile() async throws {
        let app = try server()
        app.get("/style") { _ in try .file("chat.css") }
        let client = try client(app)
        let whole = try await client.request("GET", "/style")
        #expect(whole.field("Accept-Ranges") == "bytes")
        let part = try await client.request("GET", "/style", fields: ["Range": "bytes=1-3"])
        #expect(part.status == 206)
        #expect(part.text == String(whole.text.prefix(4).dropFirst()))
        let text = try await client.request("GET", "/hello", fields: ["Range": "bytes=1-3"])
        #expect(text.status == 200)
    }

    @Test(
        "no path leads out of the folder of the pages",
        arguments: [
            "/../Package.swift", "/..%2fPackage.swift", "/%2e%2e/Package.swift", "/.git/config",
            "/step2/index.html", "//etc/passwd", "/..%5cPackage.swift", "/index.html/../../x",
        ])
    func traversal(path: String) async throws {
        let app = try server()
        let answer = try await client(app).request("GET", path)
        #expect([400, 404].contains(answer.status))
    }

    @Test("requests sent ahead are answered in their order, also behind one that takes longer")
    func pipelining() async throws {
        let app = try server()
        let client = try client(app)
        client.send(
            RawClient.request("GET", "/later") + RawClient.request("GET", "/hello?name=Ana")
                + RawClient.request("POST", "/echo", body: "body")
                + RawClient.request("GET", "/nowhere"))
        #expect(try await client.answer().text == "later")
        #expect(try await client.answer().text == "hello Ana")
        #expect(try await client.answer().text == "body")
        #expect(try await client.answer().status == 404)
    }

    @Test("a thousand requests sent ahead are answered, every one")
    func manyAhead() async throws {
        let app = try server()
        let client = try client(app)
        let requests = (0..<1_000).map { RawClient.request("GET", "/hello?name=\($0)") }
        client.send(requests.joined())
        for number in 0..<1_000 {
            #expect(try await client.answer().text == "hello \(number)")
        }
    }

    @Test("a request that comes byte by byte is answered as any other")
    func dribble() async throws {
        let app = try server()
        let client = try client(app)
        for byte in RawClient.request("POST", "/echo", body: "grüße").utf8 {
            client.send([byte])
            await Task.yield()
        }
        #expect(try await client.answer().text == "grüße")
    }

    @Test("HTTP/1.0 is answered and closed, unless it asks to be kept")
    func oldVersion() async throws {
        let app = try server()
        let closing = try client(app)
        closing.send("GET /hello HTTP/1.0\r\n\r\n")
        let answer = try await closing.answer()
        #expect(answer.field("Connection") == "close")
        try await closing.waitForEnd()
        let keeping = try client(app)
        keeping.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try await keeping.answer().field("Connection") == "keep-alive")
        #expect(try await keeping.request("GET", "/hello").status == 200)
    }

    @Test("a client that asks first is told to go on")
    func expectContinue() async throws {
        let app = try server()
        let client = try client(app)
        client.send(
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        #expect(try await client.answer().status == 100)
        client.send("body")
        #expect(try await client.answer().text == "body")
    }

    @Test("a route that throws is a 500, and the server lives on")
    func failure() async throws {
        let app = try server()
        let client = try client(app)
        #expect(try await client.request("GET", "/fails").status == 500)
        #expect(try await client.request("GET", "/hello").status == 200)
    }

    @Test("a field's value cannot begin another field")
    func splitting() async throws {
        let app = try server()
        let answer = try await client(app).request("GET", "/two-lines")
        #expect(answer.field("Set-Cookie") == nil)
        #expect(answer.field("X-Name")?.contains("Set-Cookie") == true)
    }

    @Test("a port that is taken is an error that says so")
    func taken() async throws {
        let app = try server()
        let port = try #require(app.port)
        #expect(throws: (any Error).self) { try App().listen(port: port) }
    }

    @Test("the port is free again after close, at once")
    func reuse() async throws {
        let app = try server()
        let port = try #require(app.port)
        let client = try client(app)
        _ = try await client.request("GET", "/hello")
        await app.close()
        try await client.waitForEnd()
        let next = closing(App())
        next.get("/") { _ in .text("next") }
        try next.listen(port: port)
        #expect(try await RawClient(port: port).request("GET", "/").text == "next")
    }
}
