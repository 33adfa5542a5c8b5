// Values and names between our client and our server arrive unchanged.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("Values and names, from end to end", .serialized, .closesServers)
struct EndToEndTests {
    private struct Meeting: Codable, Equatable {
        var at: Date
        var link: URL
        var price: Decimal
        var id: UInt64
    }

    @Test(
        "our client and the server understand each other's values",
        arguments: [Transport.polling, .websocket])
    func both(transport: Transport) async throws {
        let io = try closing(SocketServer(port: 0))
        io.onConnection { socket in
            socket.on("meeting") { (meeting: Meeting) -> Meeting in meeting }
            socket.on("numbers") { (a: Int64, b: Float, c: Decimal) -> [Decimal] in
                [Decimal(a), Decimal(Double(b)), c]
            }
        }
        var options = ClientOptions()
        options.transports = transport == .polling ? [.polling] : [.websocket]
        let client = try ClientSocket.connect("http://127.0.0.1:\(try #require(io.port))", options)
        try await client.waitUntilConnected()
        let link = try #require(URL(string: "https://a.example/ä?q=1"))
        let date = Date(timeIntervalSince1970: 1_795_631_083.123)
        let meeting = Meeting(at: date, link: link, price: 19.99, id: .max)
        let answer = try await client.timeout(5_000).emitWithAck(
            "meeting", meeting, as: Meeting.self)
        #expect(answer == meeting)
        let price = try #require(Decimal(string: "0.12345678901234567890123"))
        let numbers = try await client.timeout(5_000).emitWithAck(
            "numbers", Int64.min, Float(0.5), price, as: [Decimal].self)
        #expect(numbers == [Decimal(Int64.min), 0.5, price])
        client.disconnect()
    }

    @Test("namespaces that differ in their bytes are two, though Swift holds their names for equal")
    func client() async throws {
        let io = try closing(SocketServer(port: 0))
        for name in ["\u{e9}", "e\u{301}"] {
            io.of("/\(name)").onConnection { $0.emit("bytes", name.utf8.count) }
        }
        let manager = try Manager("http://127.0.0.1:\(try #require(io.port))")
        let sockets = [manager.socket("/\u{e9}"), manager.socket("/e\u{301}")]
        #expect(sockets[0] !== sockets[1])
        var heard: [Int] = []
        for socket in sockets {
            socket.on("bytes") { (count: Int) in heard.append(count) }
        }
        try await eventually("both") { heard.count == 2 }
        #expect(heard.sorted() == [2, 3])
        for socket in sockets { socket.disconnect() }
    }
}
