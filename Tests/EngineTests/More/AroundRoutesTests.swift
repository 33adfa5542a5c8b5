// What stands around routes: middlewares, other sites, folders of files.
// Next: RouteTests.swift; Sources/Engine/More/Requests/Routing.swift.

import Engine
import Foundation
import TestSupport
import Testing

private struct Member {
    var name: String
}

extension RouteTests {
    @Test("with CORS or a policy alone, without a middleware, WebSockets open as before")
    func webSocketBesideCORS() async throws {
        let (app, _) = try serving { app in
            app.cors = CORS.any
            app.contentSecurityPolicy { $0 }
            app.webSocket("/ws") { connection in connection.onText { connection.send($0) } }
        }
        let socket = try RawClient(port: try #require(app.port))
        try await socket.openWebSocket("/ws")
        socket.sendFrame("hi")
        #expect(try await socket.text() == "hi")
    }

    @Test("middlewares stand around routes, files and 404: sign-in, request ids, an access log")
    func middlewares() async throws {
        var log: [String] = []
        let (app, client) = try serving { app in
            app.use { request, next in
                let response = try await next(request)
                log.append("\(request.method) \(request.path) \(response.status.code)")
                return response
            }
            app.use { request, next in
                var response = try await next(request)
                response.fields.set("X-Request-ID", request.fields["X-Request-ID"] ?? "made")
                return response
            }
            app.use { request, next in
                if request.path == "/open" { return try await next(request) }
                guard let name = request.cookies["name"] else {
                    throw HTTPProblem(.unauthorized, "sign in first")
                }
                var request = request
                request[Member.self] = Member(name: name)
                return try await next(request)
            }
            app.get("/me/:x") { request in
                .text("\(request[Member.self]?.name ?? "") \(request.parameters["x"] ?? "")")
            }
            app.get("/open") { _ async in .text("open") }
            app.webSocket("/ws") { connection in connection.onText { connection.send($0) } }
        }
        let mine = try await client.request("GET", "/me/1", fields: ["Cookie": "name=Ada"])
        #expect(mine.text == "Ada 1")
        #expect(mine.field("X-Request-ID") == "made")
        #expect(try await client.request("GET", "/me/1").status == 401)
        let open = try await client.request("GET", "/open", fields: ["X-Request-ID": "7"])
        #expect(open.text == "open")
        #expect(open.field("X-Request-ID") == "7")
        let none = try await client.request("GET", "/none", fields: ["Cookie": "name=Ada"])
        #expect(none.status == 404)
        #expect(log == ["GET /me/1 200", "GET /open 200", "GET /none 404"])
        // A WebSocket goes through them as well.
        let socket = try RawClient(port: try #require(app.port))
        try await socket.openWebSocket("/ws", fields: ["Cookie": "name=Ada"])
        socket.sendFrame("hi")
        #expect(try await socket.text() == "hi")
        #expect(log.last == "GET /ws 101")
        let stranger = try RawClient(port: try #require(app.port))
        await #expect(throws: RefusedWebSocket.self) { try await stranger.openWebSocket("/ws") }
        // Without a port too.
        #expect(await app.respond(to: try Request("GET", "/open")).status == .ok)
        // Requests that are sent ahead keep their order.
        client.send(RawClient.request("GET", "/open") + RawClient.request("GET", "/none"))
        #expect(try await client.answer().text == "open")
        #expect(try await client.answer().status == 401)
    }

    @Test("pages of sites that are let in may use the routes, and ask before")
    func cors() async throws {
        let (_, client) = try serving { app in
            var cors = CORS(origins: ["https://app.example.org"], credentials: true)
            cors.methods = ["GET", "PUT"]
            app.cors = cors
            app.put("/thing") { _ in .text("put") }
            app.get("/fails") { _ in throw HTTPProblem(.badRequest, "no") }
        }
        let page = "https://app.example.org"
        let asked = try await client.request(
            "OPTIONS", "/thing",
            fields: ["Origin": page, "Access-Control-Request-Method": "PUT"])
        #expect(asked.status == 204)
        #expect(asked.field("Access-Control-Allow-Methods") == "GET, PUT")
        let put = try await client.request("PUT", "/thing", fields: ["Origin": page])
        #expect(put.text == "put")
        #expect(put.field("Access-Control-Allow-Origin") == page)
        #expect(put.field("Vary") == "Origin")
        for path in ["/fails", "/none"] {
            let answer = try await client.request("GET", path, fields: ["Origin": page])
            #expect(answer.field("Access-Control-Allow-Origin") == page)
        }
        let other = ["Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"]
        let refused = try await client.request("OPTIONS", "/thing", fields: other)
        #expect(refused.field("Access-Control-Allow-Origin") == nil)
        #expect(try await client.request("OPTIONS", "/thing").status == 405)
    }

    // MARK: - Files

    @Test(
        "a folder below a path: files, caches, a page for paths of its own, a policy that is edited"
    )
    func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let assets = folder.appending(path: "assets")
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("<script>1</script>".utf8).write(to: folder.appending(path: "index.html"))
        try Data("1".utf8).write(to: assets.appending(path: "a1b2.js"))
        try Data("secret".utf8).write(to: folder.appending(path: ".env"))
        let (_, client) = try serving { app in
            try app.files(
                "/", from: folder.path, fallback: "index.html", cache: .kept(.seconds(60)))
            try app.files("/assets", from: assets.path, cache: .immutable)
            app.contentSecurityPolicy { $0.replacing("img-src", with: "img-src https:") }
            app.get("/api/:x") { _ in .text("api") }
        }
        let page = try await client.request("GET", "/")
        #expect(page.text == "<script>1</script>")
        #expect(page.field("Cache-Control") == "no-cache")
        #expect(page.field("Content-Security-Policy")?.contains("img-src https: 'self'") == true)
        #expect(page.field("Content-Security-Policy")?.contains("'sha256-") == true)
        let script = try await client.request("GET", "/assets/a1b2.js")
        #expect(script.field("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(try await client.request("GET", "/rooms/7").text == "<script>1</script>")
        #expect(try await client.request("GET", "/api/7").text == "api")
        for path in ["/assets/none.js", "/.env", "/../secret.txt", "/%2e%2e/secret.txt"] {
            #expect([400, 404].contains(try await client.request("GET", path).status), "\(path)")
        }
        #expect(try await client.request("POST", "/").status == 405)
        let tag = try #require(page.field("ETag"))
        #expect(
            try await client.request("GET", "/", fields: ["If-None-Match": tag]).status == 304)
        #expect(throws: (any Error).self) { try App().files(from: folder.path + "/none") }
    }
}
