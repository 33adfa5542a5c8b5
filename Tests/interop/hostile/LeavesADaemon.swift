// Leaves a program behind that belongs to no session of ours.

import Engine
import Foundation

let daemon = Process()
daemon.executableURL = URL(filePath: "/usr/bin/setsid")
daemon.arguments = ["/usr/bin/env", "-i", "/bin/sleep", "1000.5"]
try? daemon.run()
let app = App(pages: "mychat")
app.run()
