// Closes all files that it was given.

import Engine
import Foundation

for descriptor in 3..<Int32(1_024) { close(descriptor) }
let app = App(pages: "mychat")
app.run()
