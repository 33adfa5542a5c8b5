// Rows of the table: middlewares, servers, and forms of older versions. Next: ../TableTests.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

let serverRows: [Row] = [
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
        var clientOptions = it.mode.options
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
        // JS io.sockets.on('disconnect', (socket) => { … })
        //    // never called: sockets leave, not io
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
        // JS client: socket.on('error', (err) => { … })
        //    // a refusal, before 3.0; now connect_error
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
