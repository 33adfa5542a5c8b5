// Stage 2 · Connect. A page and a server that stay in touch.

import Engine

let app = App(pages: "step2")
let io = SocketServer(app)  // serves /socket.io/ on the same port

io.onConnection { socket in
    print("a user connected")
    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
    }
}

app.run()
