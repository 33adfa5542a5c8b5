// Stage 3 · Emit. The page sends an event, the server hears it.

import Engine

let app = App(pages: "step3")
let io = SocketServer(app)

io.onConnection { socket in
    print("a user connected")
    socket.on("chat message") { (text: String) in
        guard !text.isEmpty else { return }
        print("message: \(text)")
    }
    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
    }
}

app.run()
