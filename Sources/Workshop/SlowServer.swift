// A server whose handlers take their time, for the test of the end in order.
// `Workshop slow-server --port N`. Next: ../../Tests/EngineTests/More/ExampleServiceTests.swift.

import Engine

func serveSlowly() -> App {
    let app = App()
    let io = SocketServer(app)
    app.get("/slow") { _ async throws in
        try await Task.sleep(for: .milliseconds(900))
        return .text("slow")
    }
    io.onConnection { socket in
        socket.on("save") { (number: Int) async throws -> Int in
            try await Task.sleep(for: .milliseconds(300))
            return number
        }
        socket.onDisconnect { _ async in
            await Task.yield()
            print("gone")
        }
    }
    app.onShutdown { print("flushed") }
    return app
}
