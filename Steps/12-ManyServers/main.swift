// Stage 12 · Many servers. The same chat on several processes, with Redis between them: one list
// of names, one conversation, and a server that may die.

import Engine
import Foundation
import RedisAdapter

let app = App(pages: "step12")
let io = SocketServer(app)
io.connectionStateRecovery = ConnectionStateRecovery()

struct Message: Encodable { var from, text: String }

/// The answer to a message: `{"ok": true}`, or `{"ok": false, "error": "empty"}`.
struct Reply: Encodable {
    var ok = true
    var error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

// MARK: - Redis

var arguments = Array(CommandLine.arguments.dropFirst())
var redis = ProcessInfo.processInfo.environment["REDIS_URL"]
if let place = arguments.firstIndex(of: "--redis"), place + 1 < arguments.count {
    redis = arguments[place + 1]
    arguments.removeSubrange(place...(place + 1))
}
if let redis {
    do {
        io.use(adapter: try RedisAdapter(redis, .streams))
    } catch {
        App.fail("the address of Redis is not right: \(error)")
    }
} else {
    print("there is no Redis, so this server is alone (--redis redis://localhost:6379)")
}

// MARK: - Names

/// A name that a visitor of this server asks for, or has.
struct Claim {
    /// Of two who want a name at the same moment, the one with the lower ticket gets it.
    let ticket: String
    let since = Date.now
    var holder: Socket.ID?
    /// Who is let in, and gone before that, has no `onDisconnect`.
    var isOver: Bool { holder == nil && since < .now - 10 }
}

var claims: [String: Claim] = [:]

func name(of socket: Socket) -> String {
    socket.handshake.auth["name"]?.string?.trimmingCharacters(in: .whitespaces) ?? ""
}

/// What another server wants to know: is the name free here? Where both want it, one of the two
/// gives way.
io.serverSide.on("claim") { (key: String, ticket: String) -> Bool in
    guard let own = claims[key], !own.isOver else { return true }
    if own.holder != nil || own.ticket < ticket { return false }
    claims[key] = nil
    return true
}

/// Takes a name, if it is free at all servers.
func claim(_ key: String) async throws {
    if let own = claims[key], !own.isOver { throw ConnectError("taken") }
    let ticket = UUID().uuidString
    claims[key] = Claim(ticket: ticket)
    do {
        let answers = try await io.serverSideEmitWithAck("claim", key, ticket, as: Bool.self)
        // While it was asked, it may have given way.
        guard !answers.contains(false), claims[key]?.ticket == ticket else {
            throw ConnectError("taken")
        }
    } catch {
        if claims[key]?.ticket == ticket { claims[key] = nil }
        throw error
    }
}

// MARK: - Who is online

/// The list that the clients of this server have.
var shown: [String] = []

/// Asks all servers, and tells the clients of this one, if anything has changed.
func refresh() async {
    let sockets = await io.findSockets().sockets
    let names = Set(sockets.compactMap { $0.data["name"]?.string }).sorted()
    guard names != shown else { return }
    shown = names
    io.local.emit("online", names)
}

func tellChange() {
    io.serverSideEmit("changed")
    Task { await refresh() }
}

io.serverSide.on("changed") { () in Task { await refresh() } }

// A server that dies says nothing.
Task {
    while true {
        await refresh()
        try await Task.sleep(for: .seconds(1))
    }
}

// MARK: - The chat

io.use { socket in
    let name = name(of: socket)
    guard (1...20).contains(name.count) else { throw ConnectError("a name has 1 to 20 characters") }
    try await claim(name.lowercased())
}

io.onConnection { socket in
    print("a user connected")
    let me = name(of: socket)
    // Who was recovered was not asked: it keeps its name, even if another has it by now.
    claims[me.lowercased(), default: Claim(ticket: "")].holder = socket.id
    socket.data.share(["name": me])
    socket.emit("online", shown)
    tellChange()

    socket.on("chat message") { (text: String) -> Reply in
        if text.isEmpty { return .refusal("empty") }
        if text.count > 2_000 { return .refusal("too long") }
        io.emit("chat message", Message(from: me, text: text))
        return Reply()
    }

    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
        if claims[me.lowercased()]?.holder == socket.id { claims[me.lowercased()] = nil }
        tellChange()
    }
}

app.run(arguments: arguments)
