// The code of the articles in Sources/Engine/Engine.docc, so that it compiles. Each block of an
// article stands here, or in ServerExamples.swift, line by line, in its order;
// Tests/TutorialTests/ArticleTests.swift looks for it. Next: ExampleTests.swift, which runs what
// can be run.

import Engine
import Foundation

// MARK: - Engine.md

func chat(_ app: App) {
    let io = SocketServer(app)
    io.onConnection { socket in
        socket.on("chat message") { (text: String) in io.emit("chat message", text) }
        socket.onDisconnect { reason in print("a user has left: \(reason)") }
    }
}

// MARK: - EmitCheatsheet.md

func emitToOne(_ socket: Socket, _ io: SocketServer, _ socketID: Socket.ID) {
    socket.emit("hello", "can you hear me?", 1, 2.5)
    socket.emit("picture", Data([0xFF, 0xD8]))
    socket.emit("user", ["name": "Ada", "age": 36] as JSON)
    socket.send("the event is called \"message\"")
    socket.volatile.emit("position", 12, 40)
    io.to(socketID).emit("hello", "from elsewhere in the program")
}

func emitToMany(_ socket: Socket, _ io: SocketServer) {
    io.emit("news", "for everybody")
    socket.broadcast.emit("user joined")
    socket.to("game").emit("move", "e2", "e4")
    io.to(["game", "lobby"]).except("muted").emit("announcement", "the game begins")
    io.of("/admin").emit("alarm")
    io.local.emit("this process stops at noon")
}

func emitTwice(_ io: SocketServer) {
    let players = io.to("game").except("muted")
    players.emit("round", 1)
    players.emit("round", 2)
}

func emitWithAnswers(_ socket: Socket, _ io: SocketServer) async throws {
    let answer = try await socket.timeout(5_000).emitWithAck("ready?", as: Bool.self)
    let answers = await io.to("game").timeout(5_000).emitWithAck("ready?", as: Bool.self)
    print(answer, answers.isComplete)
}

// MARK: - Rooms.md

func joinAndLeave(_ socket: Socket) {
    socket.on("join game") { (game: Int) in
        socket.join("game \(game)")
        socket.to("game \(game)").emit("player joined", socket.id)
    }
    socket.on("leave game") { (game: Int) in socket.leave("game \(game)") }
}

func writeToAnID(_ io: SocketServer, _ socketID: Socket.ID) {
    io.to(socketID).emit("private message", "only you read this")
}

func roomOfAPerson(_ io: SocketServer) {
    io.onConnection { socket in
        guard let user = socket.data[User.self] else { return }
        socket.join("user \(user.id)")
        io.to("user \(user.id)").emit("devices", io.sockets.sockets(in: "user \(user.id)").count)
    }
}

func tellOnLeaving(_ socket: Socket) {
    socket.onDisconnecting { reason in
        for room in socket.rooms where room != socket.id {
            socket.to(room).emit("player left", socket.id, "\(reason)")
        }
    }
}

func hearOfRooms(_ io: SocketServer) {
    io.onRoomEvent { event in
        switch event {
        case .created(let room): print("\(room) is there")
        case .deleted(let room): print("\(room) is gone")
        case .joined(let room, let id), .left(let room, let id): print("\(id): \(room)")
        }
    }
}

// MARK: - Namespaces.md

func adminNamespace(_ io: SocketServer) {
    let admin = io.of("/admin")
    admin.use { socket in
        guard socket.handshake.auth["token"] == "secret" else { throw ConnectError("not you") }
    }
    admin.onConnection { socket in
        socket.on("kick") { (id: String) in io.to(id).disconnectSockets() }
    }
}

func gameNamespaces(_ io: SocketServer) -> ParentNamespace {
    let games = io.of(matching: /^\/game-\d+$/)
    games.cleanupEmptyChildNamespaces = true
    games.onConnection { socket in
        socket.namespace.emit("player joined", socket.id)
    }
    return games
}

func tenantNamespaces(_ io: SocketServer) {
    let tenants = io.of { name, handshake in
        handshake.auth["tenant"]?.string.map { "/tenant-\($0)" } == name
    }
    tenants.use { socket in print("\(socket.id) asks for \(socket.namespace.name)") }
}

func emitToChildren(_ games: ParentNamespace) {
    games.emit("the server restarts in a minute")
    for game in games.children { print("\(game.name): \(game.sockets.count) players") }
}

func hearOfNamespaces(_ io: SocketServer) {
    io.onNewNamespace { namespace in
        namespace.onConnection { socket in print("\(socket.id) is in \(namespace.name)") }
    }
}

// MARK: - Middlewares.md

func askForAName(_ io: SocketServer) {
    io.use { socket in
        guard let name = socket.handshake.auth["name"]?.string, !name.isEmpty else {
            throw ConnectError("a name is needed", data: ["field": "name"])
        }
        socket.data[User.self] = User(id: name)
    }
}

func askTheAccounts(_ io: SocketServer, _ accounts: Accounts) {
    io.use { socket async throws in
        let token = socket.handshake.auth["token"]?.string ?? ""
        guard let user = try await accounts.user(for: token) else {
            throw ConnectError("unknown token")
        }
        socket.data[User.self] = user
    }
}

func refuseConnections(_ app: App) -> SocketServer {
    var options = SocketServerOptions()
    options.allowRequest = { request in
        request.fields["User-Agent"]?.contains("BadBot") != true
    }
    let io = SocketServer(app, options)
    return io
}

func refuseEvents(_ socket: Socket) {
    socket.use { packet in
        guard packet.event == "post", socket.data[User.self] == nil else { return }
        throw ConnectError("not signed in")
    }
    socket.onError { error in
        socket.emit("refused", (error as? ConnectError)?.message ?? "refused")
    }
}

// MARK: - Acknowledgements.md

func answerByReturning(_ socket: Socket, _ accounts: Accounts) {
    socket.on("add") { (a: Int, b: Int) in a + b }
    socket.on("find") { (name: String) async throws -> User? in
        try await accounts.user(named: name)
    }
}

func answerWithAck(_ socket: Socket, _ store: @escaping (Data) -> Void) {
    socket.on("upload") { (file: Data, ack: Ack) in
        guard file.count < 100_000 else { return ack("too large") }
        store(file)
        ack("ok", file.count)
    }
}

func askWithATimeout(_ socket: Socket) async throws {
    do {
        let name = try await socket.timeout(5_000).emitWithAck("who are you?", as: String.self)
        print("it is \(name)")
    } catch AckError.timedOut {
        socket.disconnect()
    }
}

func askWithClosures(_ socket: Socket) {
    socket.emit("question", 1) { (answer: String, certainty: Double) in
        print("\(answer), \(certainty)")
    }
    socket.timeout(5_000).emit("question", 2) { (answer: Result<String, AckError>) in
        print("\(answer)")
    }
}

func askManyAndLook(_ io: SocketServer) async {
    let answers = await io.to("game").timeout(5_000).emitWithAck("ready?", as: Bool.self)
    for (id, isReady) in answers.replies where !isReady { io.to(id).emit("hurry") }
    for id in answers.missing { print("\(id) has said nothing") }
    if answers.isComplete { io.to("game").emit("start") }
}

func askManyWithAClosure(_ io: SocketServer) {
    io.timeout(5_000).emit("version?") { (answers: BroadcastAnswers<String>) in
        print(Set(answers.replies.values))
    }
}

// MARK: - What the examples take for granted

struct User: Codable, Equatable {
    var id: String
}

struct Joined {
    let at: Date
}

/// People who are known, by their tokens.
struct Accounts {
    var tokens: [String: User] = [:]

    func user(for token: String) async throws -> User? { tokens[token] }

    func user(named name: String) async throws -> User? { tokens.values.first { $0.id == name } }
}
