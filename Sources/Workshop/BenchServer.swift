// The server for load generators. "echo" is acknowledged with its argument; "chat message" is sent
// to every client. `Workshop bench-server --port N`

import Engine

func serveBenchmark() -> App {
    let app = App()
    let io = SocketServer(app)
    io.onConnection { socket in
        socket.on("echo") { (text: String) in text }
        socket.on("chat message") { (text: String) in io.emit("chat message", text) }
    }
    return app
}
