// Is stage 1, and hangs as soon as a client connects.

import Engine

let app = App(pages: "mychat")
let io = SocketServer(app)
io.onConnection { _ in
    while true {}
}
app.run()
