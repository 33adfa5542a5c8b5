// Ids of one's own for sessions, and what a program hears of requests that get none.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("io.engine: ids and errors", .serialized, .closesServers)
struct EngineIDTests {
    private struct Refused: Error {}

    private func client(_ fixture: Fixture) throws -> RawClient {
        try RawClient(port: fixture.port)
    }

    // MARK: - Ids

    @Test("ids of one's own are used, and good for the session")
    func ids() async throws {
        let fixture = try Fixture()
        var count = 0
        fixture.io.engine.generateID { request in
            count += 1
            return "\(request.query["node"] ?? "-").\(count)~_A"
        }
        let client = try client(fixture)
        let opened = try await client.request("GET", "\(polling)&node=n7")
        #expect(try sid(in: opened.text) == "n7.1~_A")
        #expect(try await client.request("POST", "\(polling)&sid=n7.1~_A", body: "40").text == "ok")
        fixture.io.engine.generateID { _ async throws in
            await Task.yield()
            return "later"
        }
        let other = try self.client(fixture)
        try await other.openWebSocket(webSocket)
        #expect(try sid(in: try await other.text()) == "later")
    }

    @Test(
        "an id that cannot be one is refused",
        arguments: [
            "", "a b", "a/b", "a&b", "a\"b", "ä", "a\r\nb", String(repeating: "a", count: 257),
        ])
    func badID(id: String) async throws {
        let fixture = try Fixture()
        fixture.io.engine.generateID { _ in id }
        fixture.io.engine.onConnectionError { fixture.log.append($0.context["name"] ?? "") }
        let answer = try await client(fixture).request("GET", polling)
        #expect(answer.status == 400)
        #expect(answer.text == "{\"code\":3,\"message\":\"Bad request\"}")
        #expect(fixture.log == ["ID_GENERATION_ERROR"])
    }

    @Test("an id in use is refused, and its session lives on; so is an error")
    func usedID() async throws {
        let fixture = try Fixture()
        fixture.io.engine.generateID { request in
            guard request.query["fail"] == nil else { throw Refused() }
            return "one"
        }
        let client = try client(fixture)
        #expect(try sid(in: try await client.request("GET", polling).text) == "one")
        #expect(try await client.request("GET", polling).status == 400)
        await #expect(throws: RefusedWebSocket.self) {
            try await self.client(fixture).openWebSocket(webSocket)
        }
        #expect(try await client.request("GET", "\(polling)&fail=1").status == 400)
        #expect(try await client.request("POST", "\(polling)&sid=one", body: "40").text == "ok")
    }

    // MARK: - Errors

    @Test("each refusal is reported with the reference's code, words and context")
    func errors() async throws {
        var options = SocketServerOptions()
        options.allowRequest = { request in request.query["no"] == nil }
        let fixture = try Fixture(options)
        fixture.io.engine.onConnectionError { error in
            let context = error.context.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            fixture.log.append("\(error.code) \(error.message): \(context.joined(separator: " "))")
        }
        let client = try client(fixture)
        _ = try await client.request("GET", "/socket.io/?EIO=4&transport=pigeon")
        _ = try await client.request("GET", "\(polling)&sid=nobody")
        _ = try await client.request("DELETE", polling)
        _ = try await client.request("GET", webSocket)
        _ = try await client.request("GET", "\(polling)&no=1")
        _ = try await client.request("GET", "/socket.io/?EIO=5&transport=polling")
        _ = try await client.request("GET", polling, fields: ["Origin": "https://e.example"])
        let fields = ["Upgrade": "websocket", "Connection": "Upgrade"]
        _ = try await client.request("GET", webSocket, fields: fields)
        #expect(
            fixture.log == [
                "0 Transport unknown: transport=pigeon",
                "1 Session ID unknown: sid=nobody",
                "2 Bad handshake method: method=DELETE",
                "3 Bad request: name=TRANSPORT_MISMATCH transport=websocket",
                "4 Forbidden: message=Forbidden",
                "5 Unsupported protocol version: protocol=5",
                "4 Forbidden: message=Forbidden name=INVALID_ORIGIN origin=https://e.example",
                "3 Bad request: name=TRANSPORT_HANDSHAKE_ERROR transport=websocket",
            ])
    }
}
