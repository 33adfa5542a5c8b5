// Which names a server answers to: a page that gives its own name the address of this machine must
// not be taken for one of the server's.

import Engine
import Foundation
import EngineSockets
import TestSupport
import Testing

@Suite("Hosts", .serialized, .closesServers)
struct HostTests {
    /// A server with all that can be asked for.
    private func serve(on host: String? = nil, allowed: [String] = []) throws -> (App, RawClient) {
        let app = closing(App(pages: "step1"))
        _ = SocketServer(app)
        app.get("/hello") { _ in .text("hello") }
        app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }
        app.allowedHosts = allowed
        return (app, try RawClient(port: app.listen(port: 0, host: host)))
    }

    private func status(_ client: RawClient, _ host: String) async throws -> Int {
        try await client.request("GET", "/hello", fields: ["Host": host]).status
    }

    @Test(
        "a server of this machine answers to this machine's names",
        arguments: [
            "localhost", "localhost:3000", "LocalHost.", "chat.localhost:1", "127.0.0.1:3000",
            "127.8.9.10", "[::1]:3000", "[0:0::1]", "[::ffff:127.0.0.1]",
        ])
    func own(host: String) async throws {
        let (_, client) = try serve()
        #expect(try await status(client, host) == 200)
        // Again, now that it is known.
        #expect(try await status(client, host) == 200)
    }

    @Test(
        "and to no others, which is said with what would help",
        arguments: [
            "evil.example", "evil.example:3000", "localhost.evil.example", "notlocalhost",
            "192.168.1.5", "[::2]", "0.0.0.0", "127.0.0.1.evil.example", "127.1", "chat",
        ])
    func others(host: String) async throws {
        let (_, client) = try serve()
        let answer = try await client.request("GET", "/hello", fields: ["Host": host])
        #expect(answer.status == 403)
        let name = host.hasPrefix("[") ? "::2" : String(host.prefix { $0 != ":" })
        #expect(answer.text.contains("app.allowedHosts = [\"\(name)\"]"))
        #expect(answer.text.contains("--allowed-host \(name)"))
        #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
        #expect(try await status(client, "localhost") == 200)
    }

    @Test(
        "what is no name is refused, and stands in no line to be copied",
        arguments: ["", "x;reboot", "$(reboot)", "a:b", "[::1", "::1", "<b>"])
    func nameless(host: String) async throws {
        let (_, client) = try serve()
        let answer = try await client.request("GET", "/hello", fields: ["Host": host])
        #expect(answer.status == 403)
        #expect(answer.text == "403 Forbidden: the field Host names no host.\n")
    }

    @Test("pages, sessions, scripts and WebSockets are refused as routes are")
    func everywhere() async throws {
        let (app, client) = try serve()
        let fields = ["Host": "evil.example", "Origin": "http://evil.example"]
        for target in ["/", "/chat.css", polling, "/socket.io/socket.io.js", "/nowhere"] {
            #expect(try await client.request("GET", target, fields: fields).status == 403)
        }
        for target in [webSocket, "/echo"] {
            let socket = try RawClient(port: try #require(app.port))
            await #expect(throws: RefusedWebSocket.self) {
                try await socket.openWebSocket(target, fields: fields)
            }
            #expect(String(decoding: socket.buffer, as: UTF8.self).isEmpty)
        }
    }

    @Test("a client of HTTP/1.0, which need not name a host, is none of a browser")
    func withoutHost() async throws {
        let (_, client) = try serve()
        client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try await client.answer().status == 200)
        client.send("GET /hello HTTP/1.0\r\nHost: evil.example\r\n\r\n")
        #expect(try await client.answer().status == 403)
    }

    @Test("names that the program allows are good as well: one, all below one, or any")
    func allowed() async throws {
        let hosts = [
            "Chat.example.ORG.", "*.example.net", "192.168.1.5", "2001:DB8::1", "bücher.example",
        ]
        let (app, client) = try serve(allowed: hosts + ["https://wrong.example/"])
        for host in [
            "chat.example.org:443", "CHAT.example.org", "a.example.net", "a.b.example.net",
            "192.168.1.5:3000", "[2001:db8::1]:3000", "xn--bcher-kva.example", "localhost",
        ] {
            #expect(try await status(client, host) == 200, "\(host)")
        }
        for host in [
            "example.org", "a.chat.example.org", "example.net", "aexample.net", "wrong.example",
        ] {
            #expect(try await status(client, host) == 403, "\(host)")
        }
        app.allowedHosts = ["*"]
        #expect(try await status(client, "example.org") == 200)
        // What was found good before is forgotten.
        app.allowedHosts = []
        #expect(try await status(client, "example.org") == 403)
        #expect(try await status(client, "chat.example.org:443") == 403)
    }

    @Test("a server that listens to the network answers to any name, until some are named")
    func network() async throws {
        let (app, client) = try serve(on: "0.0.0.0")
        #expect(try await status(client, "chat.example.org") == 200)
        app.allowedHosts = ["chat.example.org"]
        #expect(try await status(client, "chat.example.org") == 200)
        #expect(try await status(client, "localhost") == 200)
        #expect(try await status(client, "evil.example") == 403)
    }

    /// Many systems give a machine's name an address of its own loopback.
    private nonisolated static let localName: String? = {
        let name = ProcessInfo.processInfo.hostName
        let addresses = (try? SocketAddress.resolve(name, port: 0)) ?? []
        return !addresses.isEmpty && addresses.allSatisfy(\.isLoopback) ? name : nil
    }()

    @Test(
        "a name that it was told to listen on is its own",
        .enabled(if: localName != nil, "this machine's name is no name of its loopback"))
    func named() async throws {
        let name = try #require(HostTests.localName)
        let (_, client) = try serve(on: name.uppercased())
        #expect(try await status(client, "\(name):3000") == 200)
        #expect(try await status(client, "evil.example") == 403)
    }
}
