// What requests under Engine.IO's path are answered: the browser's client, the codes of refusals
// that clients rely on, and fields for pages of other sites.

import Engine
import Foundation
import TestSupport
import Testing

extension EngineIOTests {
    @Test(
        "the browser's client is there under the names that pages ask for, and cached by its ETag")
    func script() async throws {
        let app = try server()
        let client = try client(app)
        let names = [
            "socket.io.js", "socket.io.min.js", "socket.io.esm.js", "socket.io.esm.min.js",
        ]
        for name in names {
            let answer = try await client.request("GET", "/socket.io/\(name)")
            #expect(answer.status == 200)
            #expect(answer.field("Content-Type") == "text/javascript; charset=utf-8")
            #expect(answer.text.contains(name.contains("esm") ? "export" : "var io = "))
            let tag = try #require(answer.field("ETag"))
            let again = try await client.request(
                "GET", "/socket.io/\(name)", fields: ["If-None-Match": tag])
            #expect(again.status == 304)
        }
        #expect(try await client.request("GET", "/socket.io/chat.css").status == 404)
        #expect(try await client.request("POST", "/socket.io/socket.io.js").status == 405)
    }

    @Test("serveClient false keeps the browser's client to itself")
    func noScript() async throws {
        let app = try server { $0.serveClient = false }
        let answer = try await client(app).request("GET", "/socket.io/socket.io.js")
        #expect(answer.status == 404)
    }

    @Test(
        "a path of one's own is found with or without slashes around it",
        arguments: ["/a/b", "a/b/"])
    func path(path: String) async throws {
        let app = try server { $0.path = path }
        let client = try client(app)
        let answer = try await client.request("GET", "/a/b/?EIO=4&transport=polling")
        #expect(answer.text.hasPrefix("0{"))
        #expect(try await client.request("GET", polling).status == 404)
    }

    @Test(
        "each refusal has the code that the reference gives",
        arguments: [
            ("GET", "/socket.io/?EIO=4&transport=carrier-pigeon", 0),
            ("GET", "/socket.io/?EIO=4", 0),
            ("GET", "/socket.io/?EIO=4&transport=polling&sid=nobody", 1),
            ("POST", polling, 2), ("GET", webSocket, 3),
            ("GET", "/socket.io/?EIO=3&transport=polling", 5),
            ("GET", "/socket.io/?transport=polling", 5),
        ])
    func refusals(method: String, target: String, code: Int) async throws {
        let app = try server()
        let answer = try await client(app).request(
            method, target, body: method == "POST" ? "1" : "")
        #expect(answer.status == 400)
        #expect(answer.field("Content-Type") == "application/json")
        #expect(answer.text.hasPrefix("{\"code\":\(code),"))
    }

    @Test("pages of other sites are let in when the option says so, also in errors")
    func cors() async throws {
        let app = try server {
            $0.cors = CORS(origins: ["https://chat.example"], credentials: true)
        }
        let client = try client(app)
        let origin = ["Origin": "https://chat.example"]
        let answer = try await client.request("GET", polling, fields: origin)
        #expect(answer.field("Access-Control-Allow-Origin") == "https://chat.example")
        #expect(answer.field("Access-Control-Allow-Credentials") == "true")
        let refused = try await client.request("GET", "\(polling)&sid=x", fields: origin)
        #expect(refused.field("Access-Control-Allow-Origin") == "https://chat.example")
        let other = try await client.request(
            "GET", polling, fields: ["Origin": "https://evil.example"])
        #expect(other.field("Access-Control-Allow-Origin") == nil)
        let question = try await client.request(
            "OPTIONS", polling,
            fields: origin.merging(["Access-Control-Request-Method": "POST"]) { $1 })
        #expect(question.status == 204)
        #expect(question.field("Access-Control-Allow-Methods") == "GET, POST")
    }
}
