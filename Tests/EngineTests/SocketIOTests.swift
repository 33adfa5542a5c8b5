// Socket.IO over real sockets: joining, emitting to one and to many, rooms, namespaces. What
// crosses the wire is compared as text. Next: HandlerTests.swift, Fixture.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Socket.IO", .serialized, .closesServers)
struct SocketIOTests {
    @Test("a client that joins gets an id of its own, which is not the session's")
    func connect() async throws {
        let fixture = try Fixture()
        var ids: [String] = []
        fixture.io.onConnection { ids.append($0.id) }
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket)
        let session = try sid(in: try await client.text())
        client.sendFrame("40")
        let id = try sid(in: try await client.text())
        #expect(ids == [id])
        #expect(id.count == 20)
        #expect(id != session)
    }

    @Test("the server lives as long as its app, whether or not the program keeps it")
    func lifetime() async throws {
        let app = closing(App())
        weak var io: SocketServer?
        func serve() {
            let server = SocketServer(app)
            server.onConnection { $0.emit("welcome") }
            io = server
        }
        serve()
        let client = try RawClient(port: try app.listen(port: 0))
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        client.sendFrame("40")
        #expect(try await client.text().hasPrefix("40{"))
        #expect(try await client.text() == "42[\"welcome\"]")
        await app.close()
        #expect(io == nil, "and no longer")
    }

    @Test("emit reaches one, broadcast the others, io.emit all")
    func broadcast() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("one") { () in socket.emit("x", "one") }
            socket.on("others") { () in socket.broadcast.emit("x", "others") }
            socket.on("all") { () in fixture.io.emit("x", "all") }
            socket.on("number") { () in fixture.io.sockets.emit(3, "numbered") }
            socket.on("send") { () in socket.send("a message") }
            socket.on("reserved") { () in socket.emit("disconnect", "never sent") }
        }
        let a = try await fixture.client()
        let b = try await fixture.client()
        a.sendFrame("42[\"one\"]")
        a.sendFrame("42[\"others\"]")
        a.sendFrame("42[\"all\"]")
        a.sendFrame("42[\"reserved\"]")
        a.sendFrame("42[\"number\"]")
        a.sendFrame("42[\"send\"]")
        #expect(try await a.text() == "42[\"x\",\"one\"]")
        #expect(try await a.text() == "42[\"x\",\"all\"]")
        #expect(try await a.text() == "42[3,\"numbered\"]")
        #expect(try await a.text() == "42[\"message\",\"a message\"]")
        #expect(try await b.text() == "42[\"x\",\"others\"]")
        #expect(try await b.text() == "42[\"x\",\"all\"]")
    }

    @Test("rooms: members only, unions once, exceptions not, and a socket's id is a room")
    func rooms() async throws {
        let fixture = try Fixture()
        var sockets: [Socket] = []
        fixture.io.onConnection { sockets.append($0) }
        let clients = [
            try await fixture.client(), try await fixture.client(), try await fixture.client(),
        ]
        sockets[0].join("red")
        sockets[1].join("red")
        sockets[1].join("blue")
        sockets[1].join("blue")
        #expect(sockets[1].rooms == ["red", "blue", sockets[1].id])
        fixture.io.to("red").to("blue").emit("x", "union")
        fixture.io.to("red").except("blue").emit("x", "red, not blue")
        sockets[0].to("red").emit("x", "red, not me")
        fixture.io.to(sockets[2].id).emit("x", "by id")
        sockets[1].leave("red")
        fixture.io.in("red").emit("x", "after leaving")
        fixture.io.except(sockets[0].id).emit("x", "end 1 2")
        fixture.io.to(sockets[0].id).emit("x", "end 0")
        let expected = [
            ["union", "red, not blue", "after leaving", "end 0"],
            ["union", "red, not me", "end 1 2"], ["by id", "end 1 2"],
        ]
        for (client, texts) in zip(clients, expected) {
            for text in texts { #expect(try await client.text() == "42[\"x\",\"\(text)\"]") }
        }
    }

    @Test("bytes travel as attachments at any depth")
    func binary() async throws {
        struct Photo: Codable { var name: String; var data: Data }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("photo") { (photo: Photo) in
                socket.emit("photos", [photo, Photo(name: "b", data: Data([9]))], Data([7]))
            }
        }
        let client = try await fixture.client()
        client.sendFrame(
            "451-[\"photo\",{\"name\":\"a\",\"data\":{\"_placeholder\":true,\"num\":0}}]")
        client.send(RawClient.frame(0x82, [1, 2, 3]))
        #expect(
            try await client.text()
                == "453-[\"photos\",[{\"data\":{\"_placeholder\":true,\"num\":0},\"name\":\"a\"},"
                + "{\"data\":{\"_placeholder\":true,\"num\":1},\"name\":\"b\"}],"
                + "{\"_placeholder\":true,\"num\":2}]")
        #expect(try await client.frame().payload == [1, 2, 3])
        #expect(try await client.frame().payload == [9])
        #expect(try await client.frame().payload == [7])
    }

    @Test("a named namespace has its own sockets; an unknown one is refused, and the client stays")
    func namespaces() async throws {
        let fixture = try Fixture()
        fixture.io.of("/admin").onConnection { socket in
            socket.emit("auth", socket.handshake.auth)
            socket.on("hi") { () in fixture.io.of("admin").emit("hi", "admins") }
        }
        fixture.io.onConnection { socket in
            socket.on("are you there?") { () in
                fixture.io.of("/admin").emit("lost")
                socket.emit("still here")
            }
        }
        let client = try await fixture.client()
        client.sendFrame("40/admin,{\"token\":\"x\"}")
        #expect(try await client.text().hasPrefix("40/admin,{\"sid\":"))
        #expect(try await client.text() == "42/admin,[\"auth\",{\"token\":\"x\"}]")
        client.sendFrame("40/nowhere,")
        #expect(try await client.text() == "44/nowhere,{\"message\":\"Invalid namespace\"}")
        client.sendFrame("42/admin,[\"hi\"]")
        #expect(try await client.text() == "42/admin,[\"hi\",\"admins\"]")
        client.sendFrame("41/admin,")
        client.sendFrame("42[\"are you there?\"]")
        #expect(try await client.text() == "42[\"still here\"]")
    }

    @Test("the handshake tells the query, the fields and the address")
    func handshake() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            let shake = socket.handshake
            fixture.log = [
                shake.query["token"] ?? "", shake.headers["X-From"] ?? "", shake.address,
                shake.auth["user"]?.string ?? "",
            ]
        }
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket("\(webSocket)&token=a%20b", fields: ["X-From": "test"])
        _ = try await client.text()
        client.sendFrame("40{\"user\":\"ana\"}")
        _ = try await client.text()
        #expect(fixture.log == ["a b", "test", "127.0.0.1", "ana"])
    }

    @Test("a handler that emits at once, and an event right behind CONNECT, lose nothing")
    func firstEvents() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.emit("welcome")
            socket.on("early") { () in socket.emit("heard") }
        }
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        client.sendFrame("40")
        client.sendFrame("42[\"early\"]")
        #expect(try await client.text().hasPrefix("40{"))
        #expect(try await client.text() == "42[\"welcome\"]")
        #expect(try await client.text() == "42[\"heard\"]")
    }
}
