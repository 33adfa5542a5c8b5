// Writes wherever it can; DIRECTORY is filled in by the test.

import Engine
import Foundation

let places = [
    "DIRECTORY/class.csv", "DIRECTORY/escaped", "../result.json", "../../escaped", "/usr/escaped",
    "/tmp/escaped-from-a-class", "/var/tmp/escaped-from-a-class",
]
for place in places { try? Data("escaped".utf8).write(to: URL(filePath: place)) }
let app = App(pages: "mychat")
app.run()
