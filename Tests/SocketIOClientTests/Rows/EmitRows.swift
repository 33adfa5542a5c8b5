// Rows of the table: emit, acknowledgements, and rooms. Next: SocketRows.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

let emitRows: [Row] = [
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
        if it.mode == .websocket { try await it.expect(["a": ["maybe(do you really need it?)"]]) }
    },
    { io, socket, it in
        // JS socket.compress(false).emit('uncompressed', "that's rough")
        //    // it goes as it is
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
]
