import Engine

let app = App()
let io = SocketServer(app)

app.get("/") { _ in .html("<script src=\"/socket.io/socket.io.js\"></script>") }

io.onConnection { socket in
    socket.on("greet") { (name: String) in
        "Hello, \(name)!"
    }
}

app.serveOwnModules()  // not in README
app.run()
