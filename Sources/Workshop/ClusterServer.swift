// One of several servers with Redis between them, whose clients tell it what to do: for the tests
// in Tests/interop/test_redis_adapter.py, and for trying things out by hand.
// `Workshop cluster --redis redis://localhost:6379 [--streams] [--recovery] [--specific]
// [--farewell] [--key K] [--length N] [--answer-timeout MS] [--requests-timeout MS] --port N`

import Engine
import RedisAdapter

/// Which sockets a client means, and what shall happen to them.
private struct Order: Codable {
    var rooms: [String]?
    var except: [String]?
    var isVolatile: Bool?
    var isLocal: Bool?
    var event: String?
    var value: JSON?
    var others: [String]?
    var close: Bool?
    var timeout: Int?

    func target(_ namespace: Namespace) -> Broadcast {
        var target = namespace.to(rooms ?? []).except(except ?? [])
        if isVolatile == true { target = target.volatile }
        return isLocal == true ? target.local : target
    }
}

/// Who came: `auth`.
private struct Guest: Codable {
    var name: String?
    var rooms: [String]?
}

/// Takes the options of this mode out of the words.
func serveCluster(_ words: [String]) throws -> (App, [String]) {
    var rest = words
    func flag(_ name: String) -> Bool {
        let count = rest.count
        rest.removeAll { $0 == name }
        return rest.count < count
    }
    func value(_ name: String) -> String? {
        guard let index = rest.firstIndex(of: name), index + 1 < rest.count else { return nil }
        defer { rest.removeSubrange(index...index + 1) }
        return rest[index + 1]
    }
    var options = RedisAdapterOptions()
    if flag("--streams") { options.mode = .streams }
    options.publishOnSpecificResponseChannel = flag("--specific")
    if let length = value("--length").flatMap({ Int($0) }) { options.streamLength = length }
    if let time = value("--answer-timeout").flatMap({ Int($0) }) {
        options.redis.answerTimeout = time
    }
    if let key = value("--key") { options.key = key }
    let app = App()
    var serverOptions = SocketServerOptions()
    serverOptions.cors = CORS.any
    let io = SocketServer(app, serverOptions)
    if flag("--recovery") { io.connectionStateRecovery = ConnectionStateRecovery() }
    io.onAdapterState { print("adapter: \($0)") }
    let url = value("--redis") ?? "redis://127.0.0.1:6379"
    let timeout = value("--requests-timeout").flatMap { Int($0) } ?? 2_000
    io.use(adapter: try RedisAdapter(url, options), requestsTimeout: timeout)
    for name in ["/", "/custom"] { obey(io.of(name)) }
    if flag("--farewell") {
        io.onConnection { socket in socket.onDisconnect { _ in io.emit("left", socket.id) } }
    }
    return (app, rest)
}

private func obey(_ namespace: Namespace) {
    namespace.serverSide.on("note") { (note: JSON) in namespace.local.emit("note", note) }
    namespace.serverSide.on("double") { (number: Int) in number * 2 }
    namespace.onConnection { socket in
        let guest = try? socket.handshake.auth.decoded(as: Guest.self)
        if !socket.recovered {
            for room in guest?.rooms ?? [] { socket.join(room) }
            socket.data.share(["name": guest?.name ?? ""])
        }
        socket.emit("welcome", socket.id, socket.recovered, socket.data.shared)
        socket.onDisconnect { print("gone: \(guest?.name ?? "?"), \($0)") }
        tellSockets(socket, namespace)
        askSockets(socket, namespace)
    }
}

private func tellSockets(_ socket: Socket, _ namespace: Namespace) {
    socket.on("emit") { (order: Order) -> Bool in
        order.target(namespace).emit(order.event ?? "event", order.value ?? .null)
        return true
    }
    socket.on("count") { (order: Order, from: Int, to: Int) -> Bool in
        for number in from..<to { order.target(namespace).emit("number", number) }
        return true
    }
    socket.on("self") { (value: JSON) in socket.emit("self", value) }
    socket.on("others") { (value: JSON) in socket.broadcast.emit("event", value) }
    socket.on("join") { (room: String) -> Bool in
        socket.join(room)
        return true
    }
    socket.on("socketsJoin") { (order: Order) -> Bool in
        order.target(namespace).socketsJoin(order.others ?? [])
        return true
    }
    socket.on("socketsLeave") { (order: Order) -> Bool in
        order.target(namespace).socketsLeave(order.others ?? [])
        return true
    }
    socket.on("disconnectSockets") { (order: Order) -> Bool in
        order.target(namespace).disconnectSockets(close: order.close ?? false)
        return true
    }
    socket.on("serverSide") { (value: JSON) -> Bool in
        namespace.serverSideEmit("note", value)
        return true
    }
    socket.on("cut") { () in socket.conn.close() }
}

private func askSockets(_ socket: Socket, _ namespace: Namespace) {
    socket.on("ask") { (order: Order) -> JSON in
        let answers = await order.target(namespace).timeout(order.timeout ?? 1_000).emitWithAck(
            "question", order.value ?? .null, as: JSON.self)
        return [
            "replies": .array(answers.all), "silent": .int(answers.silentServers),
            "missing": .int(answers.missing.count + answers.anonymousMissing),
        ]
    }
    socket.on("find") { (order: Order) -> JSON in
        let found = await order.target(namespace).findSockets()
        let sockets = found.sockets.map { socket -> JSON in
            [
                "id": .string(socket.id),
                "rooms": .array(socket.rooms.sorted().map { .string($0) }),
                "data": socket.data, "auth": socket.handshake.auth,
                "headers": socket.handshake.headers,
            ]
        }
        return [
            "sockets": .array(sockets),
            "problem": found.problem.map { .string("\($0)") } ?? .null,
        ]
    }
    socket.on("double") { (number: Int) -> JSON in
        do {
            let answers = try await namespace.serverSideEmitWithAck(
                "double", number, as: Int.self)
            return .array(answers.map { .int($0) })
        } catch {
            return .string("\(error)")
        }
    }
    socket.on("servers") { () -> JSON in
        do {
            return .int(try await namespace.serverCount())
        } catch {
            return .string("\(error)")
        }
    }
}
