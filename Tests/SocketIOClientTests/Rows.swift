// The rows of Documentation/javascript-to-swift.md: between `// JS` and `// ->` stands the code that
// the page shows. `it.expect` says who heard what.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

typealias Row = @MainActor (_ io: SocketServer, _ socket: Socket, _ it: World) async throws -> Void

struct User {
    let name: String
}

let rows: [Row] = [
    // # To one client
    { io, socket, it in
        // JS socket.emit('hello', 'can you hear me?', 1, 2, 'abc')
        socket.emit("hello", "can you hear me?", 1, 2, "abc")
        // ->
        try await it.expect(["a": ["hello(can you hear me?, 1, 2, abc)"]])
    },
    { io, socket, it in
        // JS socket.emit('with-binary', 1, '2', { 3: '4', 5: Buffer.from([6]) })
        socket.emit("with-binary", 1, "2", ["3": "4", "5": .binary(Data([6]))] as JSON)
        // ->
        try await it.expect(["a": ["with-binary(1, 2, {3: 4, 5: <6>})"]])
    },
    { io, socket, it in
        // JS socket.send('hi')   // the event "message"
        socket.send("hi")
        // ->
        try await it.expect(["a": ["message(hi)"]])
    },
    { io, socket, it in
        // JS socket.volatile.emit('maybe', 'do you really need it?')
        socket.volatile.emit("maybe", "do you really need it?")
        // ->
        // Over polling it is lost when no poll waits at the moment.
        if it.way == .websocket { try await it.expect(["a": ["maybe(do you really need it?)"]]) }
    },
    { io, socket, it in
        // JS socket.compress(false).emit('uncompressed', "that's rough")   // nothing is compressed here
        socket.compress(false).emit("uncompressed", "that's rough")
        // ->
        try await it.expect(["a": ["uncompressed(that's rough)"]])
    },
    { io, socket, it in
        // JS socket.emit(2, { data: 'x' })   // an enum of numbers as names
        socket.emit(2, ["data": "x"])
        // ->
        try await it.expect(["a": ["2({data: x})"]])
    },
    // # With an answer
    { io, socket, it in
        // JS socket.emit('question', 'do you think so?', (answer) => { … })
        socket.emit("question", "do you think so?") { (answer: String) in
            it.log.append(answer)
        }
        // ->
        try await it.expectLog(["yes"])
    },
    { io, socket, it in
        // JS const answer = await socket.emitWithAck('question')
        let answer = try await socket.emitWithAck("question", as: String.self)
        // ->
        #expect(answer == "yes")
    },
    { io, socket, it in
        // JS socket.timeout(5000).emit('question', (err, answer) => { … })
        socket.timeout(5000).emit("question") { (answer: Result<String, AckError>) in
            it.log.append("\(answer)")
        }
        // ->
        try await it.expectLog(["success(\"yes\")"])
    },
    { io, socket, it in
        // JS try { await socket.timeout(1).emitWithAck('silence') } catch (err) { … }
        do {
            _ = try await socket.timeout(1).emitWithAck("silence", as: String.self)
        } catch AckError.timedOut {
            it.log.append("operation has timed out")
        }
        // ->
        try await it.expectLog(["operation has timed out"])
    },
    // # To many
    { io, socket, it in
        // JS socket.broadcast.emit('broadcast', 'hello friends!')   // everyone but the sender
        socket.broadcast.emit("broadcast", "hello friends!")
        // ->
        let heard = ["broadcast(hello friends!)"]
        try await it.expect(["b": heard, "c": heard])
    },
    { io, socket, it in
        // JS io.emit('some event', { someProperty: 'some value' })   // everyone
        io.emit("some event", ["someProperty": "some value"])
        // ->
        let heard = ["some event({someProperty: some value})"]
        try await it.expect(["a": heard, "b": heard, "c": heard])
    },
    { io, socket, it in
        // JS io.sockets.emit('login', { title: 'sockets' })
        io.sockets.emit("login", ["title": "sockets"])
        // ->
        let heard = ["login({title: sockets})"]
        try await it.expect(["a": heard, "b": heard, "c": heard])
    },
    { io, socket, it in
        // JS socket.to('game').emit('nice game', "let's play a game")   // but not to the sender
        socket.to("game").emit("nice game", "let's play a game")
        // ->
        try await it.expect(["b": ["nice game(let's play a game)"]])
    },
    { io, socket, it in
        // JS socket.to('game').to('game2').emit('nice game', '(too)')   // to each once
        socket.to("game").to("game2").emit("nice game", "(too)")
        // ->
        try await it.expect(["b": ["nice game((too))"], "c": ["nice game((too))"]])
    },
    { io, socket, it in
        // JS socket.broadcast.to('game').emit('new message', 'data')
        socket.broadcast.to("game").emit("new message", "data")
        // ->
        try await it.expect(["b": ["new message(data)"]])
    },
    { io, socket, it in
        // JS io.in('game').emit('big-announcement', 'the game will start soon')   // the sender too
        io.in("game").emit("big-announcement", "the game will start soon")
        // ->
        let heard = ["big-announcement(the game will start soon)"]
        try await it.expect(["a": heard, "b": heard])
    },
    { io, socket, it in
        // JS io.sockets.to('game').emit('receive message', 'hello')
        io.sockets.to("game").emit("receive message", "hello")
        // ->
        try await it.expect(["a": ["receive message(hello)"], "b": ["receive message(hello)"]])
    },
    { io, socket, it in
        // JS io.to(['game', 'game2']).except('game').emit('hi')
        io.to(["game", "game2"]).except("game").emit("hi")
        // ->
        try await it.expect(["c": ["hi()"]])
    },
    { io, socket, it in
        // JS io.except('game2').emit('hi')
        io.except("game2").emit("hi")
        // ->
        try await it.expect(["a": ["hi()"]])
    },
    { io, socket, it in
        let socketID = try #require(it.sockets["c"]).id
        // JS socket.to(socketId).emit('hey', 'I just met you')   // a private message
        socket.to(socketID).emit("hey", "I just met you")
        // ->
        try await it.expect(["c": ["hey(I just met you)"]])
    },
    { io, socket, it in
        // JS io.of('my-namespace').emit('bigger-announcement', 'the tournament will start soon')
        io.of("my-namespace").emit("bigger-announcement", "the tournament will start soon")
        // ->
        try await it.expect(["d": ["bigger-announcement(the tournament will start soon)"]])
    },
    { io, socket, it in
        // JS io.of('/my-namespace').to('game').emit('hi')
        io.of("/my-namespace").to("game").emit("hi")
        // ->
        try await it.expect(["d": ["hi()"]])
    },
    { io, socket, it in
        // JS io.local.emit('hi', 'my lovely babies')   // one process: everyone
        io.local.emit("hi", "my lovely babies")
        // ->
        let heard = ["hi(my lovely babies)"]
        try await it.expect(["a": heard, "b": heard, "c": heard])
    },
    // # Rooms, and who is there
    { io, socket, it in
        // JS socket.join('room 237'); socket.leave('game'); socket.rooms
        socket.join("room 237")
        socket.leave("game")
        let rooms = socket.rooms
        // ->
        #expect(rooms == [socket.id, "room 237"])
        #expect(io.sockets.roomNames == ["room 237", "game", "game2"])
    },
    { io, socket, it in
        // JS io.of('/').adapter.rooms.get('game')
        let players = io.sockets.sockets(in: "game")
        // ->
        let b = try #require(it.sockets["b"])
        #expect(Set(players.map(\.id)) == [socket.id, b.id])
    },
    { io, socket, it in
        // JS io.sockets.sockets.get(socket.id); io.sockets.sockets.size
        let found = io.sockets.sockets[socket.id]
        let count = io.sockets.sockets.count
        // ->
        #expect(found === socket && count == 3)
    },
    { io, socket, it in
        // JS io.engine.clientsCount
        let count = io.clientsCount
        // ->
        #expect(count == 3)
    },
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
        // JS socket.conn.transport.name; socket.conn.on('upgrade', …); socket.client; socket.request
        let transport = socket.conn.transport
        socket.conn.onUpgrade { it.log.append("upgraded") }
        let (client, request) = (socket.client, socket.request)
        // ->
        #expect(transport == (it.way == .polling ? .polling : .websocket))
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
        // JS socket.once('news', f); socket.off('news', g); socket.removeAllListeners('chat message')
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
        // JS socket.on('disconnecting', (reason) => { socket.rooms })   // the rooms are still there
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
        // JS io.on('connection', (socket) => { … })   // or "connect", or io.sockets.on, io.of('/x').on
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
        // JS socket.onAny((event, ...args) => { … }); socket.onAnyOutgoing((event, ...args) => { … })
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
    // # Middlewares
    { io, socket, it in
        // JS io.use((socket, next) => { … next(new Error('fail')) })   // a token, and a table
        var mySockets: [String: Socket] = [:]
        io.use { socket in
            guard let token = socket.handshake.query["token"], token == "xxxx" else {
                throw ConnectError("fail")
            }
            mySockets[token] = socket
        }
        io.onConnection { socket in
            socket.onDisconnect { _ in
                for (user, known) in mySockets where known === socket { mySockets[user] = nil }
            }
        }
        // ->
        let guest = try await it.connect("e") { $0.query = ["token": "xxxx"] }
        mySockets["xxxx"]?.emit("message", "you are in")
        try await it.expect(["e": ["message(you are in)"]])
        await #expect(throws: ClientError.refused("fail", data: nil)) {
            try await it.connect("f") { $0.query = ["token": "guess"] }
        }
        guest.disconnect()
        try await eventually("the table is clean") { mySockets.isEmpty }
    },
    { io, socket, it in
        // JS io.use(async (socket, next) => { socket.user = await verify(…); next() })
        io.use { socket async throws in
            await Task.yield()
            socket.data[User.self] = User(name: socket.handshake.auth["name"]?.string ?? "?")
        }
        io.onConnection { socket in
            let users = io.sockets.sockets.values.compactMap { $0.data[User.self]?.name }
            io.sockets.emit("login", users)
        }
        // ->
        try await it.connect("e")
        let heard = ["login([e])"]
        try await it.expect(["a": heard, "b": heard, "c": heard, "e": heard])
    },
    { io, socket, it in
        // JS socket.use(([event, ...args], next) => { … next(new Error('unauthorized event')) })
        socket.use { packet in
            if packet.event == "doge" { throw ConnectError("unauthorized event") }
        }
        socket.onError { error in
            it.log.append((error as? ConnectError)?.message ?? "?")
        }
        // ->
        socket.on("doge") { () in it.log.append("doge") }
        it.clients["a"]?.emit("doge")
        it.clients["a"]?.emit("chat message", "allowed")
        try await it.expectLog(["unauthorized event", "allowed"])
    },
    // # Servers
    { io, socket, it in
        // JS const io = require('socket.io')(4000)   // a port of its own
        let own = try SocketServer(port: 0)
        // ->
        #expect((own.port ?? 0) > 0)
        await own.close()
    },
    { io, socket, it in
        // JS const io = require('socket.io')(server, { path: '/chat' })   // beside an app's pages
        let app = App()
        app.get("/") { _ in .html("<h1>Hello world</h1>") }
        var options = SocketServerOptions()
        options.path = "/chat"
        let chat = SocketServer(app, options)
        // ->
        let port = try app.listen(port: 0)
        var clientOptions = it.way.options
        clientOptions.path = "/chat"
        let client = try ClientSocket.connect("http://localhost:\(port)", clientOptions)
        try await client.waitUntilConnected()
        #expect(chat.clientsCount == 1)
        client.disconnect()
        await chat.close()
    },
    { io, socket, it in
        // JS io.close()
        await io.close()
        // ->
        #expect(io.clientsCount == 0 && io.port == nil)
    },
    // # Old ways
    { io, socket, it in
        // JS io.sockets.clients().forEach((socket) => { … })   // gone since 1.0
        for socket in io.sockets.sockets.values {
            socket.emit("hi")
        }
        // ->
        try await it.expect(["a": ["hi()"], "b": ["hi()"], "c": ["hi()"]])
    },
    { io, socket, it in
        // JS socket.join('room 237', () => { … })   // joining was asynchronous before 3.0
        socket.join("room 237")
        io.to("room 237").emit("hi", "a new user has joined the room")
        // ->
        try await it.expect(["a": ["hi(a new user has joined the room)"]])
    },
    { io, socket, it in
        // JS io.to('room 237', 'a new user has joined')   // a mistake: this sends nothing
        socket.join("room 237")
        io.to("room 237").emit("message", "a new user has joined")
        // ->
        try await it.expect(["a": ["message(a new user has joined)"]])
    },
    { io, socket, it in
        // JS io.sockets.on('disconnect', (socket) => { … })   // never called: sockets leave, not io
        io.onConnection { socket in
            socket.onDisconnect { _ in it.log.append("\(socket.id) has left") }
        }
        // ->
        let client = try await it.connect("e")
        let id = try #require(client.id)
        client.disconnect()
        try await it.expectLog(["\(id) has left"])
    },
    { io, socket, it in
        // JS socket.request._query.token   // now socket.handshake.query.token
        let token = socket.request.query["token"]
        // ->
        #expect(token == nil)
    },
    { io, socket, it in
        // JS client: socket.on('error', (err) => { … })   // a refusal, before 3.0; now connect_error
        io.of("/refused").use { _ in throw ConnectError("fail", data: ["code": 7]) }
        // ->
        let refused = try #require(it.clients["a"]).manager.socket("/refused")
        await #expect(throws: ClientError.refused("fail", data: ["code": 7])) {
            try await refused.waitUntilConnected()
        }
    },
    { io, socket, it in
        // JS my_sockets[user_id].emit("message", msg)   // after `if (my_sockets[user_id]) return`
        let mySockets = ["ada": socket]
        guard let ada = mySockets["ada"] else { return }
        ada.emit("message", "msg")
        // ->
        try await it.expect(["a": ["message(msg)"]])
    },
]
