// A small service, as one would run it: sign-in, rooms, history, figures, an end in order. It is
// the example of Documentation/deploying.md. `PORT=3000 swift run ExampleService`

import Engine
import Foundation

struct SignIn: Codable { var name: String }
struct User: Codable { var name: String }
struct Line: Codable { var room: String, from: String, text: String }

/// Stands for a database: it takes its time.
final class Store {
    private var lines: [Line] = []
    private(set) var unsaved = 0

    func append(_ line: Line) async throws {
        unsaved += 1
        try await Task.sleep(for: .milliseconds(5))
        lines.append(line)
        unsaved -= 1
    }

    func last(_ count: Int, in room: String) -> [Line] {
        Array(lines.filter { $0.room == room }.suffix(count))
    }
}

@main struct ExampleService {
    static func main() async throws {
        let app = App()
        let io = SocketServer(app)
        let store = Store()
        var users: [String: User] = [:]

        app.trustedProxies = ["127.0.0.1", "unix"]
        app.allowedHosts = ["chat.example.org"]
        app.connectionLimits.perAddress = 100
        app.health()
        app.metrics()
        app.use { request, next in
            let start = ContinuousClock.now
            let response = try await next(request)
            let time = (ContinuousClock.now - start).inMilliseconds
            print(request.address, request.method, request.path, response.status.code, "\(time) ms")
            return response
        }
        app.post("/sign-in", bodyLimit: 1_000) { request in
            let name = try request.json(as: SignIn.self).name
            guard !name.isEmpty else { throw HTTPProblem(.badRequest, "a name is needed") }
            let token = UUID().uuidString
            users[token] = User(name: name)
            return try .json(["token": token])
        }
        app.get("/rooms/:room/history") { request in
            try .json(store.last(50, in: request.parameters["room"] ?? ""))
        }

        // One message of a client after the other: history has the order in which they were sent.
        io.handlers = .serial
        io.use { socket in
            guard let user = users[socket.handshake.auth["token"]?.string ?? ""] else {
                throw ConnectError("sign in first")
            }
            socket.data[User.self] = user
        }
        io.onHandlerError { _, _, _, ack in ack(["error": "try again"]) }
        io.onConnection { socket in
            guard let user = socket.data[User.self] else { return }
            socket.on("join") { (room: String) in
                socket.join(room)
                return store.last(50, in: room)
            }
            socket.on("say") { (room: String, text: String) async throws -> Int in
                let line = Line(room: room, from: user.name, text: text)
                try await store.append(line)
                socket.to(room).emit("line", line)
                return text.count
            }
        }
        app.onShutdown { print("saved; \(store.unsaved) lines were lost") }
        let environment = ProcessInfo.processInfo.environment
        guard environment["LISTEN_FDS"] == nil else { return try await app.serve(on: [.systemd]) }
        let port = environment["PORT"].flatMap { Int($0) } ?? 3_000
        try await app.serve(host: environment["HOST"], port: port)
    }
}
