// Names that clients choose: events, namespaces, rooms. They are told apart by their bytes, as
// every client does, also where Swift holds them for equal: é in one character, or in two.

import Foundation
import TestSupport
import Testing

@testable import Engine

private let one = "\u{e9}"
private let two = "e\u{301}"

@Suite("Names", .serialized, .closesServers)
struct NameTests {
    /// Whether a text begins with these bytes.
    private func begins(_ text: String, _ bytes: String) -> Bool {
        text.utf8.starts(with: bytes.utf8)
    }

    @Test("an event reaches the handlers of its own name")
    func events() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on(one) { () in fixture.log.append("one") }
            let listener = socket.on(two) { () in fixture.log.append("two") }
            socket.once("remove") { () in socket.off(listener) }
            socket.on("K") { () in fixture.log.append("a letter") }
            socket.on("\u{212a}") { () in fixture.log.append("a sign") }
            socket.on("fence") { () -> Int in 1 }
        }
        let client = try await fixture.client()
        for name in [one, two, "remove", two, one, "K", "\u{212a}"] {
            client.sendFrame("42[\"\(name)\"]")
        }
        client.sendFrame("421[\"fence\"]")
        #expect(try await client.text() == "431[1]")
        #expect(fixture.log == ["one", "two", "one", "a letter", "a sign"])
    }

    @Test("a client is welcomed under the name that it has asked for, or refused under it")
    func namespaces() async throws {
        let fixture = try Fixture()
        fixture.io.of("/\(two)").onConnection { socket in
            socket.on("hi") { () in socket.emit("hello") }
        }
        let client = try await fixture.opened()
        client.sendFrame("40/\(one),")
        #expect(begins(try await client.text(), "44/\(one),{"))
        client.sendFrame("40/\(two),")
        #expect(begins(try await client.text(), "40/\(two),{"))
        client.sendFrame("42/\(two),[\"hi\"]")
        #expect(begins(try await client.text(), "42/\(two),[\"hello\"]"))
        fixture.io.of("/\(one)").onConnection { _ in }
        #expect(fixture.io.of("/\(one)") !== fixture.io.of("/\(two)"))
        client.sendFrame("40/\(one),")
        #expect(begins(try await client.text(), "40/\(one),{"))
    }

    @Test("a room has the sockets that joined it under its own name")
    func rooms() async throws {
        let fixture = try Fixture()
        var sockets: [Socket] = []
        fixture.io.onConnection { sockets.append($0) }
        let (a, b) = (try await fixture.client(), try await fixture.client())
        sockets[0].join([one, two])
        sockets[1].join(two)
        fixture.io.to(one).emit("x", 1)
        fixture.io.to(two).emit("x", 2)
        fixture.io.except(one).emit("x", 3)
        sockets[0].leave(one)
        fixture.io.to(one).emit("x", 4)
        fixture.io.except(one).emit("x", 5)
        for expected in [1, 2, 5] { #expect(try await a.text() == "42[\"x\",\(expected)]") }
        for expected in [2, 3, 5] { #expect(try await b.text() == "42[\"x\",\(expected)]") }
        #expect(fixture.io.sockets.roomNames.count == 1)
    }

    @Test("a sign that only looks like a letter of an id names another room")
    func ids() async throws {
        let fixture = try Fixture()
        var found: Socket?
        // One id in four has a K in it; the Kelvin sign is the same to Swift.
        fixture.io.onConnection { if $0.id.contains("K") { found = $0 } }
        var clients: [RawClient] = []
        while found == nil, clients.count < 200 { clients.append(try await fixture.client()) }
        let socket = try #require(found)
        let other = socket.id.replacing("K", with: "\u{212a}")
        #expect(other == socket.id)
        #expect(fixture.io.to(other).sockets.isEmpty)
        #expect(fixture.io.except(other).sockets.count == clients.count)
        socket.join(other)
        #expect(fixture.io.to(other).sockets.count == 1)
        #expect(fixture.io.sockets.roomNames.count == 1)
    }

    @Test("a room's name has at most so many bytes; over it nothing is joined, and the log says so")
    func longRooms() async throws {
        var options = SocketServerOptions()
        #expect(options.bytesPerRoomName == 1_024)
        options.bytesPerRoomName = 8
        let fixture = try Fixture(options)
        var rooms: Set<String> = []
        fixture.io.onConnection { socket in
            socket.join(["12345678", "123456789", "éééé", "ééééé"])
            rooms = socket.rooms.subtracting([socket.id])
        }
        let log = try LogRecording()
        defer { log.stop() }
        _ = try await fixture.client()
        #expect(rooms == ["12345678", "éééé"])
        #expect(log.lines(with: "bytesPerRoomName").count == 2)
        #expect(log.lines(with: "a socket did not join a room whose name has 9 bytes").count == 1)
    }

    @Test("a query's value is found by the bytes of its name")
    func queries() async throws {
        let app = closing(App())
        var values: [String?] = []
        app.get("/") { request in
            values = [request.query[one], request.query[two], request.query["K"]]
            return .text("ok")
        }
        let client = try RawClient(port: try app.listen(port: 0))
        _ = try await client.request("GET", "/?e%CC%81=2&%C3%A9=1&%E2%84%AA=3")
        #expect(values == ["1", "2", nil])
    }
}
