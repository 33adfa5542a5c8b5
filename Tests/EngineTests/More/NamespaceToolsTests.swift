// What can be done with many sockets at once, events of rooms, and namespaces made on demand.

import Engine
import TestSupport
import Testing

@Suite("Namespace tools", .serialized, .closesServers)
struct NamespaceToolsTests {
    @Test("all sockets that are meant join and leave rooms, and are found with what they have")
    func joinLeaveFetch() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.data[JSON.self] = ["number": .int(fixture.log.count)]
            fixture.log.append(socket.id)
        }
        let clients = [try await fixture.client(), try await fixture.client()]
        let (a, b) = (fixture.log[0], fixture.log[1])
        fixture.io.to(a).socketsJoin("one", "both")
        fixture.io.socketsJoin("both")
        let both = try await fixture.io.in("both").fetchSockets()
        #expect(Set(both.map(\.id)) == [a, b])
        #expect(both.first { $0.id == a }?.rooms == [a, "one", "both"])
        #expect(both.first { $0.id == b }?.data == ["number": 1])
        #expect(both.allSatisfy { $0.snapshot.address == "127.0.0.1" && $0.snapshot.issued > 0 })
        #expect(try await fixture.io.except("one").fetchSockets().map(\.id) == [b])
        fixture.io.in("one").socketsLeave("both", "one")
        #expect(try await fixture.io.in("both").fetchSockets().map(\.id) == [b])
        #expect(fixture.io.sockets.roomNames == ["both"])
        let remote = try #require(try await fixture.io.to(a).fetchSockets().first)
        remote.join("again")
        remote.emit("hello", remote.id)
        #expect(try await clients[0].text() == "42[\"hello\",\"\(a)\"]")
        #expect(fixture.io.sockets.roomNames == ["both", "again"])
    }

    @Test("all sockets that are meant are put out, of the namespace or altogether")
    func disconnect() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("name") { (name: String) in socket.join(name) }
            socket.onDisconnect { fixture.log.append("\($0)") }
        }
        let (a, b, c) = (
            try await fixture.client(), try await fixture.client(), try await fixture.client()
        )
        for (client, name) in [(a, "a"), (b, "b"), (c, "c")] {
            client.sendFrame("42[\"name\",\"\(name)\"]")
        }
        try await eventually("all are in") { fixture.io.sockets.roomNames.count == 3 }
        fixture.io.in("a").disconnectSockets()
        #expect(try await a.text() == "41")
        fixture.io.in(["b", "a"]).disconnectSockets(close: true)
        #expect(try await b.text() == "41")
        try await b.waitForEnd()
        fixture.io.emit("still here")
        #expect(try await c.text() == "42[\"still here\"]")
        #expect(fixture.log == ["server namespace disconnect", "server namespace disconnect"])
    }

    @Test("a handler hears when rooms are made, joined, left and deleted")
    func roomEvents() async throws {
        let fixture = try Fixture()
        var events: [RoomEvent] = []
        var ids: [String] = []
        fixture.io.onRoomEvent { events.append($0) }
        fixture.io.onConnection { socket in
            ids.append(socket.id)
            socket.join("r")
        }
        let a = try await fixture.client()
        let b = try await fixture.client()
        a.vanish()
        try await eventually("a has gone") { events.count == 10 }
        b.vanish()
        try await eventually("b has gone") { events.count == 14 }
        let (x, y) = (ids[0], ids[1])
        #expect(
            events == [
                .created(room: x), .joined(room: x, id: x), .created(room: "r"),
                .joined(room: "r", id: x), .created(room: y), .joined(room: y, id: y),
                .joined(room: "r", id: y), .left(room: x, id: x), .deleted(room: x),
                .left(room: "r", id: x), .left(room: y, id: y), .deleted(room: y),
                .left(room: "r", id: y), .deleted(room: "r"),
            ])
    }

    @Test("a namespace is made when a client asks for it, if a parent accepts its name")
    func dynamicNamespaces() async throws {
        let fixture = try Fixture()
        var made: [String] = []
        fixture.io.onNewNamespace { made.append($0.name) }
        let rooms = fixture.io.of(matching: /^\/room-\d+$/)
        rooms.cleanupEmptyChildNamespaces = true
        rooms.use { socket in
            if socket.handshake.auth["no"] != nil { throw ConnectError("no") }
        }
        rooms.onConnection { socket in
            fixture.log.append(socket.namespace.name)
            socket.on("hi") { () in socket.namespace.emit("hi", socket.namespace.name) }
        }
        let second = fixture.io.of { name, handshake in
            name.hasPrefix("/room") && handshake.auth["key"] == "x"
        }
        let a = try await fixture.client("/room-1,")
        let b = try await fixture.client("/room-22,")
        a.sendFrame("42/room-1,[\"hi\"]")
        #expect(try await a.text() == "42/room-1,[\"hi\",\"/room-1\"]")
        rooms.emit("all", 1)
        #expect(try await a.text() == "42/room-1,[\"all\",1]")
        #expect(try await b.text() == "42/room-22,[\"all\",1]")
        a.sendFrame("40/room-x,")
        #expect(try await a.text() == "44/room-x,{\"message\":\"Invalid namespace\"}")
        a.sendFrame("40/room-x,{\"key\":\"x\"}")
        #expect(try await a.text().hasPrefix("40/room-x,{\"sid\""))
        a.sendFrame("40/room-3,{\"no\":1}")
        #expect(try await a.text() == "44/room-3,{\"message\":\"no\"}")
        #expect(made == ["/room-1", "/room-22", "/room-x", "/room-3"])
        #expect(rooms.children.map(\.name) == ["/room-1", "/room-22"], "an empty one is forgotten")
        #expect(second.children.map(\.name) == ["/room-x"])
        a.sendFrame("41/room-1,")
        try await eventually("it is forgotten") { rooms.children.map(\.name) == ["/room-22"] }
        a.sendFrame("40/room-1,")
        #expect(try await a.text().hasPrefix("40/room-1,"))
        #expect(fixture.log == ["/room-1", "/room-22", "/room-1"])
    }

    @Test("a namespace that a socket waits to be let into is not forgotten")
    func waitingClients() async throws {
        let fixture = try Fixture()
        let rooms = fixture.io.of(matching: /^\/room/)
        rooms.cleanupEmptyChildNamespaces = true
        var doors: [CheckedContinuation<Void, Never>] = []
        rooms.use { socket async in
            guard socket.handshake.auth["slow"] == true else { return }
            await withCheckedContinuation { doors.append($0) }
        }
        let quick = try await fixture.client("/room,")
        let slow = try await fixture.client()
        slow.sendFrame("40/room,{\"slow\":true}")
        try await eventually("it waits") { doors.count == 1 }
        quick.sendFrame("41/room,")
        try await eventually("the other has left") {
            rooms.children.allSatisfy { $0.sockets.isEmpty }
        }
        doors[0].resume()
        #expect(try await slow.text().hasPrefix("40/room,"))
        quick.sendFrame("40/room,")
        #expect(try await quick.text().hasPrefix("40/room,"))
        rooms.emit("together")
        for client in [quick, slow] { #expect(try await client.text() == "42/room,[\"together\"]") }
    }

    @Test("a socket's listeners for everything hear what comes and what goes, to many and to one")
    func catchAll() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            guard fixture.log.isEmpty else { return }
            fixture.log.append("begin")
            socket.use { _ in fixture.log.append("middleware") }
            socket.onAny { event, arguments in
                fixture.log.append("\(event) \(try arguments.decode(Int.self, at: 0))")
            }
            let first = socket.prependAny { event, _ in fixture.log.append("before \(event)") }
            socket.onAnyOutgoing { event, arguments in
                fixture.log.append("out \(event) \(arguments.count)")
            }
            socket.on("x") { (number: Int) in
                fixture.log.append("x")
                socket.emit("one", number)
                fixture.io.emit("all", number, number)
                socket.broadcast.emit("not me")
                socket.emit("asked", ack: { (_: Int) in fixture.log.append("answered") })
                socket.offAny(first)
                socket.join("r")
                fixture.io.to("r").emit("room")
            }
        }
        let client = try await fixture.client()
        _ = try await fixture.client()
        client.sendFrame("42[\"x\",7]")
        client.sendFrame("42[\"y\",8]")
        client.sendFrame("430[1]")
        try await eventually("all") { fixture.log.last == "answered" }
        #expect(
            fixture.log == [
                "begin", "before x", "x 7", "middleware", "x", "out one 1", "out all 2",
                "out asked 0", "out room 0", "y 8", "middleware", "answered",
            ])
    }
}
