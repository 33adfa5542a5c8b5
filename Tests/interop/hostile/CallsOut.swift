// Is stage 1 if it cannot reach another server of this machine.

import Engine
import Foundation

let call = Process()
call.executableURL = URL(filePath: "/bin/bash")
call.arguments = ["-c", "echo called > /dev/tcp/127.0.0.1/PORT"]
try? call.run()
call.waitUntilExit()
if call.terminationStatus == 0 { exit(1) }
let app = App(pages: "mychat")
app.run()
