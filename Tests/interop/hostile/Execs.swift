// Becomes another program.

import Engine
import Foundation

var words: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("1000.25"), nil]
execv("/bin/sleep", &words)
let app = App(pages: "mychat")
app.run()
