// `io.engine` over real connections: middlewares, fields of answers, ids, refusals, the cookie.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("io.engine", .serialized, .closesServers)
struct EngineHooksTests {
    private struct Refused: Error {}

    private func client(_ fixture: Fixture) throws -> RawClient {
        try RawClient(port: fixture.port)
    }

    /// Opens a WebSocket and returns the 101.
    private func upgrade(_ client: RawClient, _ target: String) async throws -> RawClient.Answer {
        let fields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        return try await client.request("GET", target, fields: fields)
    }

    // MARK: - Middlewares

    @Test("middlewares see every request, in order, and what they add is in the answer")
    func middlewares() async throws {
        let fixture = try Fixture()
        fixture.io.engine.use { request, fields in
            fixture.log.append("1 \(request.method)")
            fields.add("X-One", "1")
        }
        fixture.io.engine.use { request, fields async throws in
            await Task.yield()
            fixture.log.append("2 \(request.method)")
            fields.add("X-Two", "2")
        }
        let client = try client(fixture)
        let opened = try await client.request("GET", polling)
        #expect(opened.field("X-One") == "1")
        #expect(opened.field("X-Two") == "2")
        let session = "\(polling)&sid=\(try sid(in: opened.text))"
        let posted = try await client.request("POST", session, body: "40")
        #expect(posted.text == "ok")
        #expect(posted.field("X-Two") == "2")
        #expect(try await client.request("GET", session).text.hasPrefix("40{"))
        let switched = try await upgrade(try self.client(fixture), webSocket)
        #expect(switched.status == 101)
        #expect(switched.field("X-One") == "1")
        #expect(switched.field("X-Two") == "2")
        let methods = ["GET", "POST", "GET", "GET"]
        #expect(fixture.log == methods.flatMap { ["1 \($0)", "2 \($0)"] })
        #expect(fixture.io.engine.clientsCount == 2)
    }

    @Test("the client's script and other paths are not asked about")
    func otherPaths() async throws {
        let fixture = try Fixture()
        fixture.io.engine.use { _, _ in throw Refused() }
        let client = try client(fixture)
        #expect(try await client.request("GET", "/socket.io/socket.io.js").status == 200)
        #expect(try await client.request("GET", "/").status == 404)
        #expect(try await client.request("GET", polling).status == 403)
    }

    @Test("an error refuses over both transports, with code 4, and ends the asking")
    func refusal() async throws {
        let fixture = try Fixture()
        fixture.io.engine.use { _, fields in
            fields.add("X-One", "1")
            throw Refused()
        }
        fixture.io.engine.use { _, _ in fixture.log.append("asked") }
        fixture.io.engine.onConnectionError { fixture.log.append($0.context["name"] ?? "") }
        let answer = try await client(fixture).request("GET", polling)
        #expect(answer.status == 403)
        #expect(answer.text == "{\"code\":4,\"message\":\"Forbidden\"}")
        #expect(answer.field("X-One") == "1")
        #expect(try await upgrade(try client(fixture), webSocket).status == 403)
        #expect(fixture.log == ["MIDDLEWARE_FAILURE", "MIDDLEWARE_FAILURE"])
        #expect(fixture.io.clientsCount == 0)
    }

    @Test("a refusal with a response of its own is answered so, after an await too")
    func ownRefusal() async throws {
        let fixture = try Fixture()
        fixture.io.engine.use { request, _ async throws in
            await Task.yield()
            guard request.query["token"] == "abc" else {
                throw EngineRefusal(.text("who are you?", .unauthorized))
            }
        }
        let client = try client(fixture)
        let answer = try await client.request("GET", polling)
        #expect(answer.status == 401)
        #expect(answer.text == "who are you?")
        #expect(try await client.request("GET", "\(polling)&token=abc").status == 200)
    }

    @Test("a body that is too large is told, announced or not, and the session lives on")
    func largeBody() async throws {
        var options = SocketServerOptions()
        for limit in [1_000_000, 1_000] {
            options.maxHttpBufferSize = limit
            let fixture = try Fixture(options)
            fixture.io.engine.onConnectionError { error in
                let context = error.context
                fixture.log.append("\(error.code) \(context["name"] ?? "-")")
                fixture.log.append("\(context["length"] ?? "-") of \(context["limit"] ?? "-")")
                #expect(error.request.method == "POST" && error.request.query["sid"] != nil)
                #expect(error.request.address == "127.0.0.1")
            }
            let first = try client(fixture)
            let opened = try await first.request("GET", polling)
            let session = "\(polling)&sid=\(try sid(in: opened.text))"
            // The head alone is refused where the limit is that of all requests; else the body is.
            let length = limit * 6 / 5
            let body = limit == 1_000 ? String(repeating: "4", count: length) : ""
            let announced = try client(fixture)
            let head = "POST \(session) HTTP/1.1\r\nHost: localhost\r\n"
            announced.send("\(head)Content-Length: \(length)\r\n\r\n\(body)")
            #expect(try await announced.answer().status == 413)
            let chunked = try client(fixture)
            chunked.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
            chunked.send("\(String(length, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
            #expect(try await chunked.answer().status == 413)
            let told = ["3 BODY_TOO_LARGE", "\(length) of \(limit)"]
            #expect(fixture.log == told + ["3 BODY_TOO_LARGE", "- of \(limit)"])
            #expect(try await first.request("POST", session, body: "40").text == "ok")
            #expect(try await first.request("GET", session).text.hasPrefix("40{"))
            await fixture.io.close()
        }
    }

    @Test("a poll that was given up while a middleware waited takes no packets with it")
    func givenUp() async throws {
        let fixture = try Fixture()
        var waiting: CheckedContinuation<Void, Never>?
        fixture.io.engine.use { request, _ async throws in
            guard request.query["slow"] != nil else { return }
            await withCheckedContinuation { waiting = $0 }
        }
        let client = try client(fixture)
        let opened = try await client.request("GET", polling)
        let session = "\(polling)&sid=\(try sid(in: opened.text))"
        let impatient = try self.client(fixture)
        impatient.send(RawClient.request("GET", "\(session)&slow=1"))
        try await eventually("the middleware is asked") { waiting != nil }
        impatient.vanish()
        // Behind the reset on the same loop: when this is answered, that has been read.
        _ = try await client.request("GET", "/")
        waiting?.resume()
        #expect(try await client.request("POST", session, body: "40").text == "ok")
        #expect(try await client.request("GET", session).text.hasPrefix("40{"))
    }

    // MARK: - Fields

    @Test("the first answer of a session has fields of its own, every answer the others")
    func fields() async throws {
        let fixture = try Fixture()
        fixture.io.engine.onHeaders { fields, request in fields.set("X-Every", request.method) }
        fixture.io.engine.onInitialHeaders { fields, _ in
            fields.set("X-First", "1")
            fields.set("X-Every", "overwritten later")
        }
        let client = try client(fixture)
        let opened = try await client.request("GET", polling)
        #expect(opened.field("X-First") == "1")
        #expect(opened.field("X-Every") == "GET")
        let session = try sid(in: opened.text)
        let target = "\(polling)&sid=\(session)"
        let posted = try await client.request("POST", target, body: "40")
        #expect(posted.field("X-First") == nil)
        #expect(posted.field("X-Every") == "POST")
        let refused = try await client.request("GET", "\(polling)&sid=x")
        #expect(refused.field("X-First") == nil)
        #expect(refused.field("X-Every") == "GET")
        let taken = try await upgrade(try self.client(fixture), "\(webSocket)&sid=\(session)")
        #expect(taken.status == 101)
        #expect(taken.field("X-First") == nil)
        #expect(taken.field("X-Every") == "GET")
        let direct = try await upgrade(try self.client(fixture), webSocket)
        #expect(direct.field("X-First") == "1")
    }

    @Test("the cookie goes with the first answer only, and names the session")
    func cookie() async throws {
        let fixture = try Fixture()
        fixture.io.engine.cookie = SessionCookie()
        let client = try client(fixture)
        let opened = try await client.request("GET", polling)
        let session = try sid(in: opened.text)
        #expect(opened.field("Set-Cookie") == "io=\(session); Path=/; HttpOnly; SameSite=Lax")
        let posted = try await client.request("POST", "\(polling)&sid=\(session)", body: "40")
        #expect(posted.status == 200)
        #expect(posted.field("Set-Cookie") == nil)
        fixture.io.engine.cookie = SessionCookie(
            name: "sid", path: nil, domain: "example.org", maxAge: 60, httpOnly: false,
            secure: true, sameSite: SessionCookie.SameSite.none)
        let other = try self.client(fixture)
        let switched = try await upgrade(other, webSocket)
        let id = try sid(in: String(decoding: try await other.frame().payload, as: UTF8.self))
        #expect(
            switched.field("Set-Cookie")
                == "sid=\(id); Max-Age=60; Domain=example.org; Secure; SameSite=None")
        fixture.io.engine.cookie = SessionCookie(path: "/; Domain=evil.example")
        #expect(try await client.request("GET", polling).field("Set-Cookie") == nil)
    }
}
