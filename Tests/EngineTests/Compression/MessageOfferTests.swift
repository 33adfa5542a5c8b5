// What clients offer in Sec-WebSocket-Extensions, and what the server answers.
// Next: MessageCompressionTests.swift; Sources/Wire/Deflate/DeflateNegotiation.swift.

import Engine
import TestSupport
import Testing

@Suite("perMessageDeflate: offers", .serialized, .closesServers)
struct MessageOfferTests {
    private static let extensions = "Sec-WebSocket-Extensions"

    private func server(
        _ deflate: PerMessageDeflate? = PerMessageDeflate()
    ) throws -> Fixture {
        var options = SocketServerOptions()
        options.perMessageDeflate = deflate
        return try Fixture(options)
    }

    private func answer(_ port: Int, _ target: String, _ offer: String) async throws
        -> RawClient.Answer
    {
        let client = try RawClient(port: port)
        return try await client.request(
            "GET", target,
            fields: [
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", Self.extensions: offer,
            ])
    }

    @Test("nothing is agreed on unless the program says so")
    func off() async throws {
        let fixture = try server(nil)
        let answer = try await answer(fixture.port, webSocket, "permessage-deflate")
        #expect(answer.status == 101)
        #expect(answer.field(Self.extensions) == nil)
        let app = closing(App())
        app.webSocket("/echo") { $0.onText { _ in } }
        let other = try await self.answer(
            try app.listen(port: 0), "/echo", "permessage-deflate")
        #expect(other.field(Self.extensions) == nil)
    }

    @Test(
        "an offer is answered as it can be done",
        arguments: [
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            ("permessage-deflate; server_max_window_bits=10", nil),
            (
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "permessage-deflate"
            ),
            ("permessage-deflate; server_no_context_takeover; x=1", nil),
            ("x-webkit-deflate-frame", nil),
        ] as [(String, String?)])
    func offers(offer: String, expected: String?) async throws {
        var deflate = PerMessageDeflate()
        deflate.serverMaxWindowBits = 12
        let fixture = try server(deflate)
        let answer = try await answer(fixture.port, webSocket, offer)
        #expect(answer.status == 101)
        let whole = expected.map { "\($0); server_max_window_bits=12" }
        #expect(answer.field(Self.extensions) == whole)
    }

    @Test("a field that is no list of extensions is answered with 400 and what was expected")
    func malformed() async throws {
        let fixture = try server()
        let answer = try await answer(fixture.port, webSocket, "permessage-deflate; =")
        #expect(answer.status == 400)
        #expect(answer.text.contains("Sec-WebSocket-Extensions is no list"))
    }
}
