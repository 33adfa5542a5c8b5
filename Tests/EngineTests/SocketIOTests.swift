// Socket.IO over real sockets: coming and going, events, acknowledgements, rooms, namespaces, and
// clients that break the rules. What crosses the wire is compared as text.

import Engine
import Foundation
import TestSupport
import Testing

/// A Socket.IO server on a port of its own, and clients for it.
final class Fixture {
    let io: SocketServer
    let port: Int
    /// What the server has seen, in order.
    var log: [String] = []

    init(_ options: SocketServerOptions = SocketServerOptions()) throws {
        io = try closing(SocketServer(port: 0, options))
        port = try #require(io.port)
    }

    /// A client over WebSocket that has heard the open packet, and joined nothing.
    func opened() async throws -> RawClient {
        let client = try RawClient(port: port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        return client
    }

    /// A client over WebSocket that has joined a namespace.
    func client(_ namespace: String = "") async throws -> RawClient {
        let client = try RawClient(port: port)
        try await client.join(namespace)
        return client
    }
}

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

    @Test("the server lives as long as its app, whether or not somebody holds it")
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

    @Test("handlers get what they ask for, whatever number and kinds of arguments")
    func arguments() async throws {
        struct Point: Codable { var x: Int; var y: Double? }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("none") { () in fixture.log.append("none") }
            socket.on("text") { (text: String) in fixture.log.append(text) }
            socket.on("two") { (number: Int, truth: Bool) in
                fixture.log.append("\(number) \(truth)")
            }
            socket.on("struct") { (point: Point) in
                fixture.log.append("\(point.x) \(point.y ?? -1)")
            }
            socket.on("optional") { (text: String?) in fixture.log.append(text ?? "nothing") }
            socket.on("any") { (any: JSON) in fixture.log.append(any["a"]?[0]?.string ?? "?") }
            socket.on("bytes") { (data: Data) in fixture.log.append("\(Array(data))") }
            socket.on("1") { (text: String) in fixture.log.append("one \(text)") }
            socket.on("done") { () in socket.emit("done") }
        }
        let client = try await fixture.client()
        for text in [
            "42[\"none\"]", "42[\"text\",\"hé\\n\"]", "42[\"two\",7,true,\"extra\"]",
            "42[\"struct\",{\"x\":1}]", "42[\"optional\"]", "42[\"optional\",null]",
            "42[\"any\",{\"a\":[\"deep\"]}]", "42[1,\"x\"]",
            "451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]",
        ] { client.sendFrame(text) }
        client.send(RawClient.frame(0x82, [1, 2]))
        client.sendFrame("42[\"done\"]")
        #expect(try await client.text() == "42[\"done\"]")
        #expect(
            fixture.log == [
                "none", "hé\n", "7 true", "1 -1.0", "nothing", "nothing", "deep", "one x", "[1, 2]",
            ])
    }

    @Test("arguments that do not fit reach no handler, and get no acknowledgement")
    func mismatch() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("text") { (text: String) -> String in
                fixture.log.append(text)
                return text
            }
        }
        let client = try await fixture.client()
        for bad in ["420[\"text\",1]", "421[\"text\"]", "422[\"text\",null]", "423[\"text\",{}]"] {
            client.sendFrame(bad)
        }
        client.sendFrame("424[\"text\",\"good\"]")
        #expect(try await client.text() == "434[\"good\"]")
        #expect(fixture.log == ["good"])
    }

    @Test("what a handler returns is the acknowledgement; an Ack answers later, once")
    func acknowledgements() async throws {
        struct Reply: Codable { var ok: Bool }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("value") { (text: String) in text.count }
            socket.on("struct") { () in Reply(ok: true) }
            socket.on("ack") { (text: String, ack: Ack) in
                ack(text, 2)
                ack("again")
            }
            socket.on("async") { (text: String) async -> String in
                await Task.yield()
                return text
            }
            socket.on("throws") { () -> Bool in throw Missing(description: "on purpose") }
        }
        let client = try await fixture.client()
        client.sendFrame("4212[\"value\",\"four\"]")
        #expect(try await client.text() == "4312[4]")
        client.sendFrame("420[\"struct\"]")
        #expect(try await client.text() == "430[{\"ok\":true}]")
        client.sendFrame("421[\"ack\",\"x\"]")
        #expect(try await client.text() == "431[\"x\",2]")
        client.sendFrame("42[\"ack\",\"nobody waits\"]")
        client.sendFrame("423[\"throws\"]")
        client.sendFrame("424[\"async\",\"later\"]")
        #expect(try await client.text() == "434[\"later\"]")
    }

    @Test("the server asks and the client answers, in time, too late, or not at all")
    func serverAsks() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("go") { () in
                let answer = try await socket.emitWithAck("question", 1, as: String.self)
                fixture.log.append(answer)
                do {
                    _ = try await socket.timeout(1).emitWithAck("silence", as: String.self)
                } catch {
                    fixture.log.append("\(error)")
                }
                do {
                    _ = try await socket.emitWithAck("leaving", as: String.self)
                } catch {
                    fixture.log.append("\(error)")
                }
            }
        }
        let client = try await fixture.client()
        client.sendFrame("42[\"go\"]")
        #expect(try await client.text() == "420[\"question\",1]")
        client.sendFrame("430[\"forty-two\"]")
        #expect(try await client.text() == "421[\"silence\"]")
        #expect(try await client.text() == "422[\"leaving\"]")
        client.vanish()
        try await eventually("three answers") { fixture.log.count == 3 }
        #expect(
            fixture.log == [
                "forty-two", "operation has timed out",
                "the socket was disconnected before the acknowledgement came",
            ])
    }

    @Test("a volatile question that can't leave at once is lost, and not answered")
    func volatileQuestion() async throws {
        let fixture = try Fixture()
        var answers: [String] = []
        fixture.io.onConnection { socket in
            socket.on("ask") { () in
                // Nobody polls at the moment.
                socket.volatile.timeout(50).emit("lost?") { (answer: Result<Int, AckError>) in
                    answers.append("\(answer)")
                }
                socket.emit("end")
            }
        }
        let client = try RawClient(port: fixture.port)
        let session = try sid(in: try await client.request("GET", polling).text)
        let target = "\(polling)&sid=\(session)"
        _ = try await client.request("POST", target, body: "40")
        _ = try await client.request("GET", target)
        _ = try await client.request("POST", target, body: "42[\"ask\"]")
        #expect(try await client.request("GET", target).text == "42[\"end\"]")
        try await eventually("an answer") { !answers.isEmpty }
        #expect(answers == ["failure(operation has timed out)"])
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

    @Test("a named namespace is a world of its own; an unknown one is refused, and nobody hurt")
    func namespaces() async throws {
        let fixture = try Fixture()
        fixture.io.of("/admin").onConnection { socket in
            socket.emit("auth", socket.handshake.auth)
            socket.on("hi") { () in fixture.io.of("admin").emit("hi", "admins") }
        }
        fixture.io.onConnection { socket in
            socket.on("who is there?") { () in
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
        client.sendFrame("42[\"who is there?\"]")
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

    @Test("async handlers start in the order of arrival")
    func order() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("n") { (number: Int) async in fixture.log.append("\(number)") }
            socket.on("done") { () async in socket.emit("done") }
        }
        let client = try await fixture.client()
        for number in 0..<200 { client.sendFrame("42[\"n\",\(number)]") }
        client.sendFrame("42[\"done\"]")
        _ = try await client.text()
        #expect(fixture.log == (0..<200).map { "\($0)" })
    }
}
