// The client compresses what it sends, and reads what is compressed, where the server agrees.
// Next: ClientSupport.swift; Sources/Client/WebSocketTransport.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("Client: compression", .serialized, .closesServers)
struct CompressionTests {
    private static let long = String(repeating: "All work and no play. ", count: 200)

    @Test(
        "events, answers and attachments come back whole, long and short", arguments: [true, false])
    func echoes(isOn: Bool) async throws {
        let io = try server { options in
            options.perMessageDeflate = Engine.PerMessageDeflate()
            options.perMessageDeflate?.threshold = 100
        }
        var agreed: String?
        io.engine.onHeaders { fields, _ in agreed = fields["Sec-WebSocket-Extensions"] }
        var options = TransportMode.websocket.options
        if !isOn { options.perMessageDeflate = nil }
        options.perMessageDeflate?.idleContextTime = 10
        let socket = try ClientSocket.connect(
            "http://127.0.0.1:\(try #require(io.port))", options)
        try await socket.waitUntilConnected()
        #expect(agreed == (isOn ? "permessage-deflate" : nil))
        for count in [1, 200, 1, 20] {
            let text = String(repeating: Self.long, count: count)
            #expect(try await socket.emitWithAck("ask", text, as: String.self) == text)
            #expect(
                try await socket.compress(false).emitWithAck("ask", text, as: String.self) == text)
        }
        let data = Data((0..<70_000).map { UInt8(truncatingIfNeeded: $0 >> 5) })
        #expect(try await socket.emitWithAck("ask", data, as: Data.self) == data)
        #expect(try await socket.emitWithAck("ask", "x", as: String.self) == "x")
    }

    @Test("the client offers what its options say, and refuses an answer that it did not offer")
    func refusals() async throws {
        var offered: String?
        for answer in ["permessage-deflate; server_max_window_bits=12", "x-other"] {
            let io = try server()
            io.engine.onHeaders { fields, request in
                offered = request.fields["Sec-WebSocket-Extensions"]
                fields.add("Sec-WebSocket-Extensions", answer)
            }
            var options = TransportMode.websocket.options
            options.reconnection = false
            options.perMessageDeflate?.serverMaxWindowBits = 10
            let socket = try ClientSocket.connect(
                "http://127.0.0.1:\(try #require(io.port))", options)
            let error = await #expect(throws: ClientError.self) {
                try await socket.waitUntilConnected()
            }
            let part = answer == "x-other" ? "x-other" : "server_max_window_bits=10"
            #expect("\(try #require(error))".contains(part))
            #expect(
                offered
                    == "permessage-deflate; server_max_window_bits=10; client_max_window_bits")
        }
    }
}
