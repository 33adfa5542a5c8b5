// The program of Documentation/scaling.md: it compiles, and the page shows it as it stands here.

import Engine
import Foundation
import RedisAdapter
import Testing

private func chat() throws -> App {
    let app = App(pages: "step4")
    let io = SocketServer(app)
    let redis = ProcessInfo.processInfo.environment["REDIS_URL"] ?? "redis://localhost:6379"
    io.use(adapter: try RedisAdapter(redis, .streams))
    io.connectionStateRecovery = ConnectionStateRecovery()

    io.onConnection { socket in
        socket.on("chat message") { (text: String) in io.emit("chat message", text) }
    }
    return app
}

@Suite("the page about several processes")
struct ScalingExampleTests {
    @Test("its program is the one that is compiled here")
    func program() throws {
        // It is compiled; to run it would take a Redis.
        let program: () throws -> App = chat
        _ = program
        let file = URL(filePath: #filePath)
        let own = Set(try trimmed(String(contentsOf: file, encoding: .utf8)))
        let root = file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = root.appending(path: "Documentation/scaling.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(text.split(separator: "```swift").dropFirst().first)
        let lines = trimmed(String(block.prefix { $0 != "`" }))
        for line in lines where line != "app.run()" { #expect(own.contains(line), "\(line)") }
        #expect(lines.count > 10)
    }

    private func trimmed(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
