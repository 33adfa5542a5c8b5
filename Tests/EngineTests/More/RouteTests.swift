// HTTP for the first week: methods, names in paths, bodies, cookies, middlewares, other sites,
// files. Next: Sources/Engine/More/Requests/Routing.swift.

import Engine
import Foundation
import TestSupport
import Testing

private struct Account: Codable, Equatable {
    var name: String
    var age: Int?
}

@Suite("Routes", .serialized, .closesServers)
struct RouteTests {
    func serving(_ setUp: (App) throws -> Void) throws -> (App, RawClient) {
        let app = closing(App())
        try setUp(app)
        let port = try app.listen(port: 0)
        return (app, try RawClient(port: port))
    }

    @Test("paths have names, decoded; the path with more text in it counts")
    func parameters() async throws {
        let (_, client) = try serving { app in
            app.on("GET", "/users/:id") { .text("user \($0.parameters["id"] ?? "")") }
            app.get("/users/:id/posts/:post") { request async in
                .text(
                    request.parameters.sorted { $0.key < $1.key }.map(\.value).joined(
                        separator: "|"))
            }
            app.get("/users/me") { _ in .text("me") }
            app.delete("/users/:id") { _ in .status(.noContent) }
            app.on("GET", "/files/*") { .text("file \($0.path)") }
        }
        for (path, text) in [
            ("/users/7", "user 7"), ("/users/:id", "user :id"), ("/users/a%2Fb", "user a/b"),
            ("/users/me", "me"),
            ("/users/gr%C3%BC%C3%9Fe?x=1", "user grüße"), ("/users/7/posts/9", "7|9"),
            ("/files/a/b.txt", "file /files/a/b.txt"),
        ] {
            #expect(try await client.request("GET", path).text == text)
        }
        for path in ["/users/", "/users", "/users/7/posts", "/users/7/", "/nowhere/7"] {
            #expect(try await client.request("GET", path).status == 404, "\(path)")
        }
        #expect(try await client.request("DELETE", "/users/7").status == 204)
        let wrong = try await client.request("PUT", "/users/7")
        #expect(wrong.status == 405)
        #expect(wrong.field("Allow") == "DELETE, GET, HEAD")
        #expect(try await client.request("HEAD", "/users/7").status == 200)
    }

    @Test("every method is served, and a body as JSON, with a sentence where it does not fit")
    func bodies() async throws {
        let (_, client) = try serving { app in
            app.put("/user") { .text(try $0.json(as: Account.self).name) }
            app.patch("/user") { request async throws in
                let user: Account = try request.json()
                return try .json(user)
            }
            app.on("PROPFIND", "/user") { _ in .text("found") }
        }
        let json = ["Content-Type": "application/json; charset=utf-8"]
        func put(_ body: String, _ fields: [String: String]) async throws -> RawClient.Answer {
            try await client.request("PUT", "/user", fields: fields, body: body)
        }
        #expect(try await put("{\"name\":\"Ada\"}", json).text == "Ada")
        let patched = try await client.request(
            "PATCH", "/user", fields: json, body: "{\"name\":\"Ada\",\"age\":36}")
        #expect(patched.text == "{\"age\":36,\"name\":\"Ada\"}")
        #expect(try await client.request("PROPFIND", "/user").text == "found")
        for (body, part) in [
            ("{\"name\":7}", "has something else than String at name"), ("{}", "lacks \"name\""),
            ("{\"name\":null}", "at name"), ("{\"name\":", "is not valid"),
        ] {
            let answer = try await put(body, json)
            #expect(answer.status == 400)
            #expect(answer.text.contains(part), "\(answer.text)")
        }
        #expect(try await put("{\"name\":\"Ada\"}", [:]).status == 415)
        #expect(try await put("{\"name\":\"Ada\"}", ["Content-Type": "text/plain"]).status == 415)
    }

    @Test("a route's body may be longer or shorter than the others', and is refused by its length")
    func limits() async throws {
        let (app, _) = try serving { app in
            app.httpLimits.body = 100
            app.post("/small", bodyLimit: 10) { .text("\($0.body.count)") }
            app.post("/upload/:name", bodyLimit: 5_000_000) { .text("\($0.body.count)") }
            app.post("/usual") { .text("\($0.body.count)") }
        }
        func post(_ path: String, _ count: Int) async throws -> Int {
            let client = try RawClient(port: try #require(app.port))
            let body = String(repeating: "x", count: count)
            return try await client.request("POST", path, body: body).status
        }
        #expect(try await post("/small", 10) == 200)
        #expect(try await post("/small", 11) == 413)
        #expect(try await post("/usual", 100) == 200)
        #expect(try await post("/usual", 101) == 413)
        #expect(try await post("/upload/a", 5_000_000) == 200)
        #expect(try await post("/upload/a/b", 101) == 413)
        // The head is enough: nothing of the body is waited for.
        let client = try RawClient(port: try #require(app.port))
        client.send("POST /upload/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000001\r\n\r\n")
        #expect(try await client.answer().status == 413)
        let chunked = try RawClient(port: try #require(app.port))
        chunked.send(
            "POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "b\r\n12345678901\r\n0\r\n\r\n")
        #expect(try await chunked.answer().status == 413)
    }

    @Test("cookies are read, and set so that nothing slips into the field")
    func cookies() async throws {
        let (_, client) = try serving { app in
            app.get("/read") { request in
                let cookies = request.cookies.sorted { $0.key < $1.key }
                return .text(cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "&"))
            }
            app.get("/set") { _ in
                var cookie = try Cookie("session", "abc123")
                (cookie.secure, cookie.maxAge, cookie.path) = (true, 60, "/; Domain=evil")
                var response = Response.text("ok")
                response.setCookie(cookie)
                response.setCookie(try Cookie("b", "2"))
                return response
            }
            app.get("/bad") { _ in
                var response = Response.text("ok")
                response.setCookie(try Cookie("a", "x; Domain=evil"))
                return response
            }
        }
        let fields = ["Cookie": "a=1; b=\"two\"; c=x=y; a=3;; =4; d"]
        #expect(try await client.request("GET", "/read", fields: fields).text == "a=1&b=two&c=x=y")
        let answer = try await client.request("GET", "/set")
        #expect(
            answer.head.contains(
                "Set-Cookie: session=abc123; Path=/ Domain=evil; Max-Age=60; HttpOnly; Secure; "
                    + "SameSite=Lax\r\n"))
        #expect(answer.head.contains("Set-Cookie: b=2; Path=/; HttpOnly; SameSite=Lax\r\n"))
        #expect(try await client.request("GET", "/bad").status == 500)
        #expect(throws: HTTPProblem.self) { try Cookie("a b", "x") }
    }
}
