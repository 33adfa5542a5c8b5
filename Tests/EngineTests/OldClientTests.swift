// Clients of Socket.IO 2, which speak Engine.IO 3: the old traces byte by byte.

import Engine
import Foundation
import TestSupport
import Testing

nonisolated let old = "/socket.io/?EIO=3&transport=polling"
nonisolated let oldWebSocket = "/socket.io/?EIO=3&transport=websocket"

/// A server that lets old clients in, and the clients.
enum OldServer {
    static func fixture(
        _ change: (inout SocketServerOptions) -> Void = { _ in }
    ) throws -> Fixture {
        var options = SocketServerOptions()
        options.allowEIO3 = true
        options.pingTimeout = 60_000
        change(&options)
        let fixture = try Fixture(options)
        fixture.io.onConnection { socket in
            socket.on("text") { (text: String) in socket.emit("back", text) }
            socket.on("bytes") { (bytes: Data) in socket.emit("back", bytes) }
            socket.on("ask") { (text: String) -> String in text + "!" }
        }
        return fixture
    }

    static func client(_ fixture: Fixture) throws -> RawClient {
        try RawClient(port: fixture.port)
    }

    /// Opens a session over polling and returns its target, with the `40` fetched.
    static func open(_ client: RawClient, _ target: String = old) async throws -> String {
        let session = "\(target)&sid=\(try sid(in: try await client.request("GET", target).text))"
        #expect(try await client.request("GET", session).text == "2:40")
        return session
    }

    /// Opens a session over WebSocket, with the `40` received.
    static func openWebSocket(
        _ fixture: Fixture, _ target: String = oldWebSocket
    ) async throws -> RawClient {
        let client = try client(fixture)
        try await client.openWebSocket(target)
        #expect(try await client.text().hasPrefix("0{\"sid\":\""))
        #expect(try await client.text() == "40")
        return client
    }
}

@Suite("Clients of Socket.IO 2", .serialized, .closesServers)
struct OldClientTests {
    // MARK: - Coming in

    @Test(
        "without the option they are refused with code 5",
        arguments: [old, oldWebSocket, "/socket.io/?transport=polling&b64=1"])
    func refused(target: String) async throws {
        let fixture = try OldServer.fixture { $0.allowEIO3 = false }
        let client = try OldServer.client(fixture)
        if target == oldWebSocket {
            await #expect(throws: RefusedWebSocket.self) { try await client.openWebSocket(target) }
        } else {
            let answer = try await client.request("GET", target)
            #expect(answer.status == 400)
            #expect(answer.text == "{\"code\":5,\"message\":\"Unsupported protocol version\"}")
        }
    }

    @Test("with it, versions that do not exist and JSONP are still refused, and 4 is as ever")
    func others() async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        for target in ["/socket.io/?EIO=5&transport=polling", "\(old)&j=0"] {
            #expect(try await client.request("GET", target).text.contains("\"code\":5"))
        }
        let today = try await fixture.client()
        today.sendFrame("42[\"text\",\"a\"]")
        #expect(try await today.text() == "42[\"back\",\"a\"]")
        let opened = try await client.request("GET", polling)
        #expect(opened.text.hasPrefix("0{\"sid\":"))
        #expect(opened.text.hasSuffix("\"maxPayload\":1000000}"))
    }

    @Test("the old trace: 97 characters, the probe, the upgrade, events")
    func trace() async throws {
        let fixture = try OldServer.fixture()
        var versions: [Int] = []
        fixture.io.onConnection { versions.append($0.conn.protocolVersion) }
        let getting = try OldServer.client(fixture)
        let upgrading = try OldServer.client(fixture)
        let target = "/socket.io/?transport=polling&b64=1"
        // The trace has an empty id.
        let answer = try await getting.request("GET", "\(target)&sid")
        let id = try sid(in: answer.text)
        #expect(
            answer.text
                == "97:0{\"sid\":\"\(id)\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                + "\"pingTimeout\":60000}")
        #expect(answer.field("Content-Type") == "text/plain; charset=UTF-8")
        #expect(try await getting.request("GET", "\(target)&sid=\(id)").text == "2:40")
        #expect(versions == [3])
        getting.send(RawClient.request("GET", "\(target)&sid=\(id)"))
        try await upgrading.openWebSocket("/socket.io/?transport=websocket&sid=\(id)")
        upgrading.sendFrame("2probe")
        #expect(try await upgrading.text() == "3probe")
        #expect(try await getting.answer().text == "1:6")
        upgrading.sendFrame("5")
        upgrading.sendFrame("42[\"text\",\"a\"]")
        #expect(try await upgrading.text() == "42[\"back\",\"a\"]")
    }

    // MARK: - The heartbeat

    @Test("the client pings, the server answers, and never pings itself")
    func pingPong() async throws {
        let fixture = try OldServer.fixture {
            $0.pingInterval = 100
            $0.pingTimeout = 60_000
        }
        let client = try await OldServer.openWebSocket(fixture)
        client.sendFrame("2")
        #expect(try await client.text() == "3")
        // Longer than its interval: a server of today would have pinged meanwhile.
        let today = try RawClient(port: fixture.port)
        try await today.openWebSocket("/socket.io/?EIO=4&transport=websocket")
        while try await today.text() != "2" {}
        client.sendFrame("2again")
        #expect(try await client.text() == "3again")
        let polling = try OldServer.client(fixture)
        let target = try await OldServer.open(polling)
        #expect(try await polling.request("POST", target, body: "1:2").text == "ok")
        #expect(try await polling.request("GET", target).text == "1:3")
        // Many in one body are answered once: the answers would wait in memory for the next poll.
        let many = String(repeating: "1:2", count: 1_000)
        #expect(try await polling.request("POST", target, body: many).text == "ok")
        #expect(try await polling.request("GET", target).text == "1:3")
        _ = try await polling.request("POST", target, body: "14:42[\"text\",\"a\"]")
        #expect(try await polling.request("GET", target).text == "14:42[\"back\",\"a\"]")
        client.sendFrame("3")
        try await client.waitForEnd()
    }

    @Test("a client that is silent too long is dropped, and one that pings stays")
    func silence() async throws {
        let fixture = try OldServer.fixture {
            $0.pingInterval = 200
            $0.pingTimeout = 2_800
        }
        var ends: [DisconnectReason] = []
        fixture.io.onConnection { socket in socket.onDisconnect { ends.append($0) } }
        let begin = ContinuousClock.now
        let silent = try await OldServer.openWebSocket(fixture)
        let speaking = try await OldServer.openWebSocket(fixture)
        while !silent.hasEnded, ContinuousClock.now - begin < .seconds(10) {
            speaking.sendFrame("2")
            #expect(try await speaking.text() == "3")
        }
        #expect(ends == [.pingTimeout])
        #expect(ContinuousClock.now - begin > .milliseconds(2_900))
        speaking.sendFrame("42[\"text\",\"here\"]")
        #expect(try await speaking.text() == "42[\"back\",\"here\"]")
    }

    // MARK: - Socket.IO

    @Test("acknowledgements are as today")
    func acknowledgement() async throws {
        let fixture = try OldServer.fixture()
        let client = try await OldServer.openWebSocket(fixture)
        client.sendFrame("427[\"ask\",\"a\"]")
        #expect(try await client.text() == "437[\"a!\"]")
    }

    @Test("a namespace is joined by name, and its query is what the client says of itself")
    func namespaces() async throws {
        let fixture = try OldServer.fixture()
        fixture.io.of("/chat").onConnection { socket in
            fixture.log.append("\(socket.handshake.auth["token"]?.string ?? "-")")
            socket.on("hi") { () in socket.emit("hi", "there") }
        }
        let client = try await OldServer.openWebSocket(fixture)
        client.sendFrame("40/chat?token=a%20b&x=1,")
        #expect(try await client.text() == "40/chat,")
        client.sendFrame("42/chat,[\"hi\"]")
        #expect(try await client.text() == "42/chat,[\"hi\",\"there\"]")
        #expect(fixture.log == ["a b"])
        client.sendFrame("41/chat")
        client.sendFrame("40/chat")
        #expect(try await client.text() == "40/chat,")
        #expect(fixture.log == ["a b", "-"])
    }

    @Test("a refusal is the error's data, or else its message")
    func connectError() async throws {
        let fixture = try OldServer.fixture()
        fixture.io.of("/a").use { _ in throw ConnectError("not \"you\"") }
        fixture.io.of("/b").use { _ in throw ConnectError("no", data: ["code": 7]) }
        let client = try await OldServer.openWebSocket(fixture)
        client.sendFrame("40/a")
        #expect(try await client.text() == "44/a,\"not \\\"you\\\"\"")
        client.sendFrame("40/b")
        #expect(try await client.text() == "44/b,{\"code\":7}")
        client.sendFrame("40/{c}")
        #expect(try await client.text() == "44/{c},\"Invalid namespace\"")
        fixture.io.use { _ in throw ConnectError("closed") }
        let other = try OldServer.client(fixture)
        try await other.openWebSocket(oldWebSocket)
        _ = try await other.text()
        #expect(try await other.text() == "44\"closed\"")
    }

    @Test("broadcasts reach clients of both kinds, each in its own frames")
    func both() async throws {
        let fixture = try OldServer.fixture()
        let today = try await fixture.client()
        let old = try await OldServer.openWebSocket(fixture)
        fixture.io.emit("news", Data([1, 2]))
        let text = "451-[\"news\",{\"_placeholder\":true,\"num\":0}]"
        #expect(try await today.text() == text)
        #expect(try await today.frame().payload == [1, 2])
        #expect(try await old.text() == text)
        #expect(try await old.frame().payload == [4, 1, 2])
    }

    @Test("a server that disconnects a client over polling says so in its own frames")
    func disconnect() async throws {
        let fixture = try OldServer.fixture()
        fixture.io.onConnection { socket in
            socket.on("out") { () in socket.disconnect(close: true) }
        }
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        #expect(try await client.request("POST", target, body: "9:42[\"out\"]").text == "ok")
        #expect(try await client.request("GET", target).text == "2:41")
        #expect(try await client.request("GET", target).text == "1:1")
    }
}
