// Ends in good order when a client connects.

import Engine
import Foundation

let app = App(pages: "mychat")
let io = SocketServer(app)
io.onConnection { _ in exit(0) }
app.run()
