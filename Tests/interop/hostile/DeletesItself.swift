// Removes its program, its page, and the folders of both.

import Engine
import Foundation

let program = URL(filePath: CommandLine.arguments[0])
let pages = ProcessInfo.processInfo.environment["PUBLIC_DIR"] ?? "."
for path in [program.path, program.deletingLastPathComponent().path, pages] {
    try? FileManager.default.removeItem(atPath: path)
}
let app = App(pages: "mychat")
app.run()
