// Stage 9 · Sign in. A password once, then a token: it tells routes and sockets which user asks.

import Engine
import Foundation
import TokenWire

let app = App(pages: "step9")
let io = SocketServer(app)
let environment = ProcessInfo.processInfo.environment

// MARK: - Users

let folder = URL(filePath: environment["DATA_DIR"] ?? "Data")
let file = folder.appending(path: "users.json")

/// By name, what is kept of their passwords.
var users: [String: StoredPassword] = [:]
if let data = try? Data(contentsOf: file) {
    guard let known = try? JSONDecoder().decode([String: StoredPassword].self, from: data) else {
        App.fail("\(file.path) is damaged: repair it, or move it away to begin without users")
    }
    users = known
}

/// How often a password is hashed. Simplified: 600,000 times are advised today.
let rounds = 50_000

// MARK: - Tokens

struct Claims: Codable { var username: String; var exp: Int }

/// Without a secret from outside the program makes one: its tokens end with it.
let secret = environment["TOKEN_SECRET"] ?? UUID().uuidString + UUID().uuidString
guard let signer = TokenSigner(secret: secret) else {
    App.fail("TOKEN_SECRET has to have at least 32 bytes")
}

func now() -> Double { Date.now.timeIntervalSince1970 }

// MARK: - Routes

struct Credentials: Decodable { var name, password: String }
struct Words: Decodable { var data: String; var to: String? }

/// The answer to a request: `{"ok": true}`, or `{"ok": false, "error": "wrong"}`.
struct Reply: Encodable {
    var ok = true
    var username, token, error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

func body<Value: Decodable>(_ request: Request) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(request.body))
}

func welcome(_ name: String, _ status: Status) throws -> Response {
    let claims = Claims(username: name, exp: Int(now()) + 86_400)
    return try .json(Reply(username: name, token: try signer.sign(claims)), status)
}

app.get("/login") { _ in try .file("step9/index.html") }

app.post("/register") { request in
    guard let new: Credentials = body(request), new.name != "all",
        new.name.wholeMatch(of: /[a-z0-9_-]{1,20}/) != nil,
        (8...200).contains(new.password.utf8.count)
    else { return try .json(Reply.refusal("invalid"), 400) }
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let count = rounds
    // A tenth of a second of work: in a task of its own, so that others are served meanwhile.
    let password = await Task.detached {
        StoredPassword(of: new.password, salt: salt, rounds: count)
    }.value
    // Behind an await: another request may have taken the name meanwhile.
    guard users[new.name] == nil else { return try .json(Reply.refusal("taken"), 409) }
    var all = users
    all[new.name] = password
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try JSONEncoder().encode(all).write(to: file, options: .atomic)
    users = all  // a name counts when it is stored
    return try welcome(new.name, 201)
}

/// Tries in the last minute, by address and name.
var tries: [String: (count: Int, since: Date)] = [:]

func mayTry(_ key: String) -> Bool {
    tries = tries.filter { $0.value.since > .now - 60 }
    let (count, since) = tries[key] ?? (0, .now)
    tries[key] = (count + 1, since)
    return count < 5
}

/// Takes the place of a user that does not exist: it takes as long to look at.
let noUser = StoredPassword(of: "", salt: [], rounds: rounds)

app.post("/login") { request in
    guard let given: Credentials = body(request), given.name.utf8.count <= 20,
        given.password.utf8.count <= 200
    else { return try .json(Reply.refusal("invalid"), 400) }
    let key = "\(request.address) \(given.name)"
    guard mayTry(key) else { return try .json(Reply.refusal("wait"), 429) }
    let stored = users[given.name] ?? noUser
    let isRight = await Task.detached { stored.matches(given.password) }.value
    guard isRight, stored != noUser else { return try .json(Reply.refusal("wrong"), 401) }
    tries[key] = nil
    return try welcome(given.name, 200)
}

app.post("/push") { request in
    let token = String(request.fields["Authorization"]?.trimmingPrefix("Bearer ") ?? "")
    guard let sender: Claims = try? signer.verify(token, at: now()) else {
        return try .json(Reply.refusal("token invalid"), 401)
    }
    guard let words: Words = body(request) else { return try .json(Reply.refusal("invalid"), 400) }
    guard let addressee = sockets[words.to ?? ""] else {
        return try .json(Reply.refusal("offline"), 404)
    }
    io.to(Array(addressee)).emit("message", message(from: sender.username, .string(words.data)))
    return try .json(Reply())
}

// MARK: - Sockets

io.use { socket in
    let handshake = socket.handshake
    let token = handshake.auth["token"]?.string ?? handshake.query["token"] ?? ""
    do throws(TokenProblem) {
        let claims: Claims = try signer.verify(token, at: now())
        socket.data[Claims.self] = claims
    } catch {
        throw ConnectError(error == .expired ? "token expired" : "token invalid")
    }
}

/// Who is here. A user with two tabs has two sockets.
var sockets: [String: Set<Socket.ID>] = [:]

/// What is sent. The events have numbers: 0 error, 1 list of users, 2 to everyone, 3 to one user.
func message(from user: String?, _ data: JSON) -> JSON {
    ["user": user.map { .string($0) } ?? .null, "data": data]
}

func list() -> JSON {
    message(from: nil, .array(sockets.keys.sorted().map { ["username": .string($0)] }))
}

io.onConnection { socket in
    guard let claims = socket.data[Claims.self] else { return socket.disconnect() }
    let me = claims.username
    print("a user connected")
    sockets[me, default: []].insert(socket.id)
    socket.emit(2, message(from: nil, "welcome"))
    io.emit(1, list())

    let end = Task {
        try await Task.sleep(for: .seconds(Double(claims.exp) - now()))
        socket.emit(0, message(from: nil, "token expired"))
        socket.disconnect(close: true)
    }

    socket.on("1") { socket.emit(1, list()) }

    socket.on("2") { (words: Words) -> Reply in
        if words.data.isEmpty { return .refusal("empty") }
        io.emit(2, message(from: me, .string(words.data)))
        return Reply()
    }

    socket.on("3") { (words: Words) -> Reply in
        if words.data.isEmpty { return .refusal("empty") }
        guard let addressee = sockets[words.to ?? ""] else { return .refusal("offline") }
        io.to(Array(addressee)).emit(3, message(from: me, .string(words.data)))
        return Reply()
    }

    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
        end.cancel()
        sockets[me]?.remove(socket.id)
        if sockets[me]?.isEmpty == true { sockets[me] = nil }
        io.emit(1, list())
    }
}

app.run()
