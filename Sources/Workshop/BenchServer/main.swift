// The server that load generators talk to. Event "echo": acknowledged with what came; event
// "chat message": sent to everybody. `BenchServer --port N`

import Engine

let app = App()
let io = SocketServer(app)

io.onConnection { socket in
    socket.on("echo") { (text: String) in text }
    socket.on("chat message") { (text: String) in io.emit("chat message", text) }
}

app.run()
