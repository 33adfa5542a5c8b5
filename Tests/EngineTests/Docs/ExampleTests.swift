// The articles' code, run: it does what the articles say. Next: EngineExamples.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("The articles' code", .serialized, .closesServers)
struct ExampleTests {
    @Test("the cheatsheet: each line reaches the sockets that it names")
    func cheatsheet() async throws {
        let fixture = try Fixture()
        var sockets: [Socket] = []
        fixture.io.onConnection { sockets.append($0) }
        let clients = [try await fixture.client(), try await fixture.client()]
        sockets[0].join("game")
        sockets[1].join(["game", "muted"])
        emitToMany(sockets[0], fixture.io)
        emitTwice(fixture.io)
        for expected in [
            ["news", "announcement", "this process stops", "round", "round"],
            ["news", "user joined", "move", "this process stops"],
        ].enumerated() {
            for text in expected.element {
                let arrived = try await clients[expected.offset].text()
                #expect(arrived.hasPrefix("42[\"\(text)"), "\(arrived)")
            }
        }
        emitToOne(sockets[0], fixture.io, sockets[1].id)
        #expect(
            try await clients[0].text() == "42[\"hello\",\"can you hear me?\",1,2.5]")
        #expect(
            try await clients[1].text() == "42[\"hello\",\"from elsewhere in the program\"]")
    }

    @Test("rooms: their members hear which sockets join, leave and go")
    func rooms() async throws {
        let fixture = try Fixture()
        hearOfRooms(fixture.io)
        roomOfAPerson(fixture.io)
        fixture.io.use { $0.data[User.self] = User(id: "ada") }
        fixture.io.onConnection { socket in
            fixture.log.append(socket.id)
            joinAndLeave(socket)
            tellOnLeaving(socket)
        }
        let a = try await fixture.client()
        #expect(try await a.text() == "42[\"devices\",1]")
        a.sendFrame("42[\"join game\",7]")
        try await eventually("in") { fixture.io.sockets.roomNames == ["user ada", "game 7"] }
        let b = try await fixture.client()
        for client in [a, b] { #expect(try await client.text() == "42[\"devices\",2]") }
        b.sendFrame("42[\"join game\",7]")
        let id = try #require(fixture.log.last)
        #expect(try await a.text() == "42[\"player joined\",\"\(id)\"]")
        b.vanish()
        // It is in two rooms, in no order; we are in both.
        for _ in 1...2 {
            #expect(try await a.text() == "42[\"player left\",\"\(id)\",\"transport close\"]")
        }
        a.sendFrame("42[\"leave game\",7]")
        try await eventually("out") { fixture.io.sockets.roomNames == ["user ada"] }
    }

    @Test("namespaces: which sockets may come in, and which namespaces are made")
    func namespaces() async throws {
        let fixture = try Fixture()
        adminNamespace(fixture.io)
        let games = gameNamespaces(fixture.io)
        tenantNamespaces(fixture.io)
        let client = try await fixture.client()
        for (packet, answer) in [
            ("40/admin,", "44/admin,{\"message\":\"not you\"}"),
            ("40/admin,{\"token\":\"secret\"}", "40/admin,{\"sid\""),
            ("40/game-x,", "44/game-x,{\"message\":\"Invalid namespace\"}"),
            ("40/game-7,", "40/game-7,{\"sid\""),
        ] {
            client.sendFrame(packet)
            let arrived = try await client.text()
            #expect(arrived.hasPrefix(answer), "\(arrived)")
        }
        #expect(try await client.text().hasPrefix("42/game-7,[\"player joined\""))
        client.sendFrame("40/tenant-a,{\"tenant\":\"b\"}")
        #expect(try await client.text() == "44/tenant-a,{\"message\":\"Invalid namespace\"}")
        client.sendFrame("40/tenant-b,{\"tenant\":\"b\"}")
        #expect(try await client.text().hasPrefix("40/tenant-b,"))
        emitToChildren(games)
        #expect(
            try await client.text() == "42/game-7,[\"the server restarts in a minute\"]")
    }

    @Test("middlewares: a name, an account and a permission are asked for")
    func middlewares() async throws {
        let fixture = try Fixture()
        askForAName(fixture.io)
        let users = fixture.io.of("/users")
        users.onConnection { refuseEvents($0) }
        askTheAccounts(fixture.io, Accounts(tokens: ["t": User(id: "ada")]))
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        client.sendFrame("40")
        #expect(
            try await client.text()
                == "44{\"message\":\"a name is needed\",\"data\":{\"field\":\"name\"}}")
        client.sendFrame("40{\"name\":\"ada\",\"token\":\"x\"}")
        #expect(try await client.text() == "44{\"message\":\"unknown token\"}")
        client.sendFrame("40{\"name\":\"ada\",\"token\":\"t\"}")
        #expect(try await client.text().hasPrefix("40{\"sid\""))
        client.sendFrame("40/users,")
        _ = try await client.text()
        client.sendFrame("42/users,[\"post\"]")
        #expect(try await client.text() == "42/users,[\"refused\",\"not signed in\"]")
    }

    @Test("acknowledgements: from handlers, to the server, and of many")
    func acknowledgements() async throws {
        let fixture = try Fixture()
        var stored = 0
        fixture.io.onConnection { socket in
            answerByReturning(socket, Accounts(tokens: ["t": User(id: "ada")]))
            answerWithAck(socket) { stored += $0.count }
            socket.join("game")
        }
        let client = try await fixture.client()
        client.sendFrame("421[\"add\",2,3]")
        #expect(try await client.text() == "431[5]")
        client.sendFrame("422[\"find\",\"ada\"]")
        #expect(try await client.text() == "432[{\"id\":\"ada\"}]")
        client.sendFrame("423[\"find\",\"eve\"]")
        #expect(try await client.text() == "433[null]")
        client.sendFrame("451-4[\"upload\",{\"_placeholder\":true,\"num\":0}]")
        client.send(RawClient.frame(0x82, [1, 2, 3]))
        #expect(try await client.text() == "434[\"ok\",3]")
        #expect(stored == 3)
        async let asked: Void = askManyAndLook(fixture.io)
        let id = try await client.text().dropFirst(2).prefix { $0.isNumber }
        client.sendFrame("43\(id)[true]")
        #expect(try await client.text() == "42[\"start\"]")
        await asked
    }

    @Test("recovery: what was done for a new client is there when it is back")
    func recovery() async throws {
        let fixture = try Fixture()
        switchRecoveryOn(fixture.io)
        greetNewAndOld(fixture.io)
        let client = try RawClient(port: fixture.port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        client.sendFrame("40")
        let pid = try #require(
            try await client.text().firstMatch(of: /"pid":"([^"]+)"/)?.output.1)
        fixture.io.emit("n", 1)
        let offset = try #require(
            try await client.text().firstMatch(of: /,"([^"]+)"\]$/)?.output.1)
        client.sendFrame("421[\"since when?\"]")
        let since = try await client.text()
        client.vanish()
        try await eventually("it has gone") { fixture.io.sockets.sockets.isEmpty }
        let back = try RawClient(port: fixture.port)
        try await back.openWebSocket(webSocket)
        _ = try await back.text()
        back.sendFrame("40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        #expect(try await back.text().contains("\"pid\":\"\(pid)\""))
        back.sendFrame("421[\"since when?\"]")
        #expect(try await back.text() == since)
        #expect(fixture.io.sockets.roomNames == ["news"])
    }

    @Test("reasons: a client that leaves is forgotten at once, one that breaks off later")
    func reasons() async throws {
        let fixture = try Fixture()
        var seconds: [Int] = []
        fixture.io.onConnection { socket in
            lookAtTheReason(socket) { seconds.append($1) }
            hearTheEnd(socket)
            hearTheEndAsInJavaScript(socket)
        }
        let (a, b) = (try await fixture.client(), try await fixture.client())
        a.sendFrame("41")
        try await eventually("a has left") { seconds == [0] }
        b.vanish()
        try await eventually("b has gone") { seconds == [0, 30] }
    }

    @Test("several servers: the adapter of the article carries everything")
    func servers() async throws {
        let (left, right) = (try Fixture(), try Fixture())
        var loaded: [String] = []
        for fixture in [left, right] {
            useAnAdapter(fixture.io)
            hearServers(fixture.io) { loaded.append("\(fixture.port) \($0)") }
            fixture.io.onConnection { $0.join("lobby") }
        }
        let (a, b) = (try await left.client(), try await right.client())
        try await talkToServers(left.io)
        #expect(loaded == ["\(right.port) words.txt"])
        moveSockets(left.io)
        try await findSockets(left.io)
        for client in [a, b] { #expect(try await client.text() == "42[\"found\"]") }
        #expect(right.io.sockets.roomNames == ["game", "players"])
        await left.io.close()
        #expect(try await right.io.serverCount() == 1)
    }

    @Test("options: the path, the figures, and a request that is refused")
    func options() async throws {
        let app = closing(App())
        _ = refuseConnections(app)
        setLimits(app)
        _ = setOptions(app)
        let port = try app.listen(port: 0)
        let client = try RawClient(port: port)
        try await client.openWebSocket("/chat/?EIO=4&transport=websocket")
        #expect(try await client.text().contains("\"pingInterval\":10000"))
        #expect(app.connectionLimits.perAddress == 200)
        for (name, status) in [("BadBot/1.0", 403), ("GoodBot/1.0", 200)] {
            let bot = try RawClient(port: port)
            bot.send(
                "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n"
                    + "User-Agent: \(name)\r\n\r\n")
            #expect(try await bot.answer().status == status)
        }
    }
}
