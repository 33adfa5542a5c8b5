// Ends all of its process group, itself included.

import Engine
import Foundation

kill(0, SIGKILL)
let app = App(pages: "mychat")
app.run()
