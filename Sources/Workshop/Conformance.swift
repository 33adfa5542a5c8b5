// What public test suites expect of a server, a mode for each layer.
// `Workshop websocket-echo|engine-io|socket-io|socket-io-2|socket-io-compressed|recovery --port N`

import Engine

/// Any path: text and binary messages come back as they are.
func serveWebSocketEcho() -> App {
    let app = App()
    app.webSocketCORS = CORS.any
    app.webSocketMessageLimit = 16 * 1024 * 1024
    // The suite expects the frames that it has caused, and no others.
    app.webSocketPingInterval = nil
    // Also the shortest messages, for those suites that look at compression.
    var deflate = PerMessageDeflate()
    deflate.threshold = 0
    app.webSocketPerMessageDeflate = deflate
    app.webSocket("*") { connection in
        connection.onText { connection.send($0) }
        connection.onBinary { connection.send($0) }
    }
    return app
}

/// The options that the Engine.IO and Socket.IO suites are written for: short heartbeats.
func suiteOptions() -> SocketServerOptions {
    var options = SocketServerOptions()
    options.pingInterval = 300
    options.pingTimeout = 200
    options.maxHttpBufferSize = 1_000_000
    options.cors = CORS.any
    return options
}

/// Path `/engine.io/`: messages come back, text as text and binary as binary.
func serveEngineIO() -> App {
    let app = App()
    var options = suiteOptions()
    options.path = "/engine.io/"
    EngineIO.serve(app, options) { session in
        session.onText { session.send($0) }
        session.onBinary { session.send($0) }
    }
    return app
}

/// Path `/socket.io/`, namespaces `/` and `/custom`.
func serveSocketIO() -> App {
    var options = suiteOptions()
    options.connectTimeout = 1_000
    let app = App()
    addHandlers(SocketServer(app, options))
    return app
}

/// The same with compressed messages, and a page for browsers.
func serveCompressed() -> App {
    let app = App()
    var options = SocketServerOptions()
    options.cors = CORS.any
    options.perMessageDeflate = PerMessageDeflate()
    addHandlers(SocketServer(app, options))
    app.get("/") { _ in .html("<!doctype html><script src=\"/socket.io/socket.io.js\"></script>") }
    return app
}

/// The same for clients of Socket.IO 2; prints each disconnect.
func serveSocketIO2() -> App {
    var options = SocketServerOptions()
    options.allowEIO3 = true
    options.pingInterval = 500
    options.pingTimeout = 3_500
    let app = App()
    let io = SocketServer(app, options)
    addHandlers(io)
    io.onConnection { socket in
        socket.onDisconnect { reason in print("gone: \(reason.rawValue)") }
    }
    io.of("/custom").onConnection { socket in
        socket.on("echo") { (text: String) -> String in text }
    }
    return app
}

func addHandlers(_ io: SocketServer) {
    io.onConnection { socket in
        socket.emit("auth", socket.handshake.auth)
        socket.onArguments("message") { arguments, _ in
            socket.emit("message-back", passing: arguments)
        }
        socket.onArguments("message-with-ack") { arguments, ack in
            ack(passing: arguments)
        }
        // Beyond the suites: the server asks, the client acknowledges.
        socket.on("ask") { (question: JSON) in
            let answer = try await socket.emitWithAck("question", question, as: JSON.self)
            socket.emit("answer", answer)
        }
        socket.on("leave me") { socket.disconnect() }
    }
    io.of("/custom").onConnection { socket in
        socket.emit("auth", socket.handshake.auth)
    }
}

/// For tests of recovery. "count" emits 0 to 99 to the client, and closes its connection several
/// times meanwhile. "fill" emits events to rooms without the client, and to all.
func serveRecovery() -> App {
    let app = App()
    var options = SocketServerOptions()
    options.cors = CORS.any
    let io = SocketServer(app, options)
    io.connectionStateRecovery = ConnectionStateRecovery()
    io.onConnection { socket in
        socket.on("fill") { (others: Int, everyone: Int) -> Int in
            for number in 0..<others { io.to("room \(number % 100)").emit("number", number) }
            let text = String(repeating: "x", count: 200)
            for number in 0..<everyone { io.emit("number", number, text) }
            return others + everyone
        }
        socket.on("count") { () in
            socket.join("counted")
            for number in 0..<100 {
                io.to("counted").emit("number", number)
                guard number % 15 == 7, let now = io.sockets.sockets[socket.id] else {
                    try await Task.sleep(for: .milliseconds(10))
                    continue
                }
                // A fence: the official client loses the offsets of events that come in one
                // payload with the end of the connection, and would receive them twice.
                _ = try? await now.emitWithAck("fence", as: Bool.self)
                now.conn.close()
            }
        }
    }
    return app
}

/// By the mode that the command names.
let conformanceServers: [String: @MainActor () -> App] = [
    "recovery": serveRecovery, "websocket-echo": serveWebSocketEcho, "engine-io": serveEngineIO,
    "socket-io": serveSocketIO, "socket-io-2": serveSocketIO2,
    "socket-io-compressed": serveCompressed,
]
