// Writes files until there is no more room.

import Engine
import Foundation

let block = Data(repeating: 1, count: 1_000_000)
signal(SIGXFSZ, SIG_IGN)
var number = 0
while number < 2_000, (try? block.write(to: URL(filePath: "/tmp/block\(number)"))) != nil {
    number += 1
}
let app = App(pages: "mychat")
app.run()
