// Crashes when a client connects.

import Engine

let app = App(pages: "mychat")
let io = SocketServer(app)
io.onConnection { _ in fatalError("as planned") }
app.run()
