// The server that load generators talk to. Event "echo": acknowledged with what came; event
// "chat message": sent to every client. `Workshop bench-server --port N`

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
