// The server for load generators. "echo" is acknowledged with its argument; "chat message" is sent
// to every client. `Workshop bench-server [--redis URL [--streams] [--recovery]] --port N`

import Engine
import RedisAdapter

/// The app, and the words that are left for it.
func serveBenchmark(_ words: [String]) throws -> (App, [String]) {
    let app = App()
    let io = SocketServer(app)
    var rest = words
    func flag(_ name: String) -> Bool {
        let count = rest.count
        rest.removeAll { $0 == name }
        return rest.count < count
    }
    let mode: RedisAdapterOptions.Mode = flag("--streams") ? .streams : .pubSub
    if flag("--recovery") { io.connectionStateRecovery = ConnectionStateRecovery() }
    if let index = rest.firstIndex(of: "--redis"), index + 1 < rest.count {
        var options = RedisAdapterOptions()
        options.mode = mode
        io.use(adapter: try RedisAdapter(rest[index + 1], options))
        rest.removeSubrange(index...index + 1)
    }
    io.onConnection { socket in
        socket.on("echo") { (text: String) in text }
        socket.on("chat message") { (text: String) in io.emit("chat message", text) }
    }
    return (app, rest)
}
