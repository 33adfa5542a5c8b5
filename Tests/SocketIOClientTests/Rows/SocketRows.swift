// Rows of the table: a socket, its listeners, and many sockets at once. Next: ServerRows.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

let socketRows: [Row] = [
    // # A socket
    { io, socket, it in
        // JS socket.id; socket.nsp.name; socket.connected
        let (id, name, connected) = (socket.id, socket.namespace.name, socket.connected)
        // ->
        #expect(id.count == 20 && name == "/" && connected)
    },
    { io, socket, it in
        // JS socket.handshake.auth; .query.EIO; .headers.host; .address; .url; .issued
        let handshake = socket.handshake
        let (auth, version) = (handshake.auth["name"], handshake.query["EIO"])
        let (host, address) = (handshake.headers["Host"], handshake.address)
        let (url, issued) = (handshake.url, handshake.issued)
        // ->
        #expect(auth == "a" && version == "4" && host?.hasPrefix("127.0.0.1:") == true)
        #expect(
            address == "127.0.0.1" && url.hasPrefix("/socket.io/?") && issued > 1_700_000_000_000)
    },
    { io, socket, it in
        // JS socket.conn.transport.name; socket.conn.on('upgrade', …);
        //    socket.client; socket.request
        let transport = socket.conn.transport
        socket.conn.onUpgrade { it.log.append("upgraded") }
        let (client, request) = (socket.client, socket.request)
        // ->
        #expect(transport == (it.mode == .polling ? .polling : .websocket))
        #expect(client.transport == transport && request.method == "GET")
    },
    { io, socket, it in
        // JS socket.user = payload; socket.data.user
        socket.data[User.self] = User(name: "Ada")
        let name = socket.data[User.self]?.name
        // ->
        #expect(name == "Ada")
    },
    { io, socket, it in
        // JS socket.disconnect()   // out of the namespace
        socket.disconnect()
        // ->
        try await eventually("it is out") { it.clients["a"]?.connected == false }
        #expect(it.clients["d"]?.connected == true)
    },
    { io, socket, it in
        // JS socket.disconnect(true)   // the whole connection
        socket.disconnect(close: true)
        // ->
        try await eventually("it is out") { it.sockets["d"]?.connected == false }
        #expect(io.clientsCount == 2)
    },
    // # Listening
    { io, socket, it in
        // JS socket.on('news', (data) => { … })
        socket.on("news") { (data: [String: Int]) in
            it.log.append("\(data)")
        }
        // ->
        it.clients["a"]?.emit("news", ["x": 1])
        try await it.expectLog(["[\"x\": 1]"])
    },
    { io, socket, it in
        // JS socket.on('ferret', (name, fn) => { fn('woot') })
        socket.on("ferret") { (name: String) -> String in
            "woot"
        }
        // ->
        let a = try #require(it.clients["a"])
        let answer = try await a.emitWithAck("ferret", "tobi", as: String.self)
        #expect(answer == "woot")
    },
    { io, socket, it in
        // JS socket.on('later', async (name, fn) => { await work(); fn('a', 'b') })
        socket.on("later") { (name: String, ack: Ack) async in
            await Task.yield()
            ack("a", "b")
        }
        // ->
        it.clients["a"]?.emit("later", "tobi") { (one: String, two: String) in
            it.log.append(one + two)
        }
        try await it.expectLog(["ab"])
    },
    { io, socket, it in
        // JS socket.once('news', f); socket.off('news', g);
        //    socket.removeAllListeners('chat message')
        socket.once("news") { () in it.log.append("once") }
        let listener = socket.on("news") { () in it.log.append("never") }
        socket.off(listener)
        socket.off("chat message")
        // ->
        for event in ["news", "news", "chat message"] { it.clients["a"]?.emit(event, "x") }
        _ = try? await it.clients["a"]?.timeout(50).emitWithAck("fence", as: Int.self)
        try await it.expectLog(["once"])
    },
    { io, socket, it in
        // JS socket.on(2, (msg) => { … })   // a numeric name
        socket.on("2") { (msg: String) in it.log.append(msg) }
        // ->
        it.clients["a"]?.emit(2, "two")
        try await it.expectLog(["two"])
    },
    { io, socket, it in
        // JS socket.on('disconnecting', (reason) => { socket.rooms })
        //    // the rooms are still there
        socket.on("disconnecting") { (reason: String) in
            it.log.append("\(reason): \(socket.rooms.count) rooms")
        }
        // ->
        it.clients["a"]?.disconnect()
        try await it.expectLog(["client namespace disconnect: 2 rooms"])
    },
    { io, socket, it in
        // JS socket.on('disconnect', (reason) => { … })
        socket.onDisconnect { reason in
            it.log.append("\(reason)")
        }
        // ->
        it.clients["a"]?.disconnect()
        try await it.expectLog(["client namespace disconnect"])
    },
    { io, socket, it in
        // JS io.on('connection', (socket) => { … })
        //    // or "connect", or io.sockets.on, io.of('/x').on
        io.on("connection") { socket in
            it.log.append("welcome")
        }
        // ->
        try await it.connect("e")
        try await it.expectLog(["welcome"])
    },
    // # Many sockets at once
    { io, socket, it in
        // JS const sockets = await io.in('game').fetchSockets()   // on all servers
        let players = try await io.in("game").fetchSockets()
        for player in players { player.emit("hi", player.rooms.count) }
        // ->
        try await it.expect(["a": ["hi(2)"], "b": ["hi(3)"]])
    },
    { io, socket, it in
        // JS io.in('game').socketsJoin('room 1'); io.in('game2').socketsLeave('room 1')
        io.in("game").socketsJoin("room 1")
        io.in("game2").socketsLeave("room 1")
        // ->
        io.to("room 1").emit("hi")
        try await it.expect(["a": ["hi()"]])
    },
    { io, socket, it in
        // JS io.in('game2').disconnectSockets()
        io.in("game2").disconnectSockets()
        // ->
        io.emit("hi")
        try await it.expect(["a": ["hi()"]])
    },
    { io, socket, it in
        // JS io.timeout(5000).emit('question', (err, responses) => { … })   // all of them answer
        let answers = await io.timeout(5000).emitWithAck("question", as: String.self)
        // ->
        #expect(answers.isComplete)
        #expect(Array(answers.replies.values) == ["yes", "yes", "yes"])
    },
    { io, socket, it in
        // JS io.of('/').adapter.on('create-room', (room) => { … })
        io.onRoomEvent { event in
            if case .created(let room) = event { it.log.append(room) }
        }
        // ->
        socket.join("new")
        socket.join("game2")
        try await it.expectLog(["new"])
    },
    { io, socket, it in
        // JS socket.onAny((event, ...args) => { … });
        //    socket.onAnyOutgoing((event, ...args) => { … })
        socket.onAny { event, arguments in it.log.append("\(event) \(arguments.count)") }
        socket.onAnyOutgoing { event, arguments in it.log.append("\(event) out") }
        // ->
        socket.emit("hi")
        try await it.connect("e").emit("nobody hears this")
        try it.client("a").emit("news", 1, 2)
        try await it.expectLog(["hi out", "news 2"])
    },
    { io, socket, it in
        // JS io.of(/^\/dynamic-\d+$/).on('connection', (socket) => { socket.nsp.emit('hello') })
        io.of(matching: /^\/dynamic-\d+$/).onConnection { socket in
            socket.namespace.emit("hello")
        }
        // ->
        let dynamic = try it.client("a").manager.socket("/dynamic-101")
        dynamic.on("hello") { () in it.log.append("hello from \(dynamic.namespace)") }
        try await it.expectLog(["hello from /dynamic-101"])
    },
    { io, socket, it in
        // JS io.serverSideEmit('hello', 'world')   // to the other servers, if there are any
        io.serverSideEmit("hello", "world")
        io.serverSide.on("hello") { (text: String) in print(text) }
        // ->
        try await it.expect([:])
    },
]
