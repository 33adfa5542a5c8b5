// Stage 4 · Broadcast. What one says, everyone hears: a chat.

import Engine

let app = App(pages: "step4")
let io = SocketServer(app)

io.onConnection { socket in
    print("a user connected")
    socket.broadcast.emit("user joined")
    socket.on("chat message") { (text: String) in
        if !text.isEmpty { io.emit("chat message", text) }
    }
    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
        socket.broadcast.emit("user left")
    }
}

app.run()
