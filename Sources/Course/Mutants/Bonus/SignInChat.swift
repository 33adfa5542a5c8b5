// A right server for stage 9, in methods that a mutant can replace by wrong ones.
// Next: SignInRoutes.swift; ../Stage9/InvertedPush.swift and its neighbours.

import Engine
import Foundation
import TokenWire

struct Claims: Codable { var username: String; var exp: Int }
struct Words: Decodable { var data: String; var to: String?; var user: String? }

class SignInChat: WrongServer {
    let app = App(pages: "step9")
    let io: SocketServer
    let rounds = 20_000
    let signer: TokenSigner?
    let folder: URL
    var users: [String: StoredPassword] = [:]
    var tries: [String: Int] = [:]
    /// Each user's sockets.
    var sockets: [String: Set<Socket.ID>] = [:]

    required init(stage: Int) {
        io = SocketServer(app)
        let environment = ProcessInfo.processInfo.environment
        folder = URL(filePath: environment["DATA_DIR"] ?? "Data")
        signer = TokenSigner(
            secret: environment["TOKEN_SECRET"] ?? UUID().uuidString + UUID().uuidString)
    }

    func start() {
        load()
        serve()
        io.use { [self] socket in try ask(socket) }
        io.onConnection { [self] socket in
            guard let claims = socket.data[Claims.self] else { return socket.disconnect() }
            arrived(socket, claims)
        }
    }

    var now: Double { Date.now.timeIntervalSince1970 }

    // MARK: - Tokens

    func token(of handshake: Handshake) -> String {
        handshake.auth["token"]?.string ?? handshake.query["token"] ?? ""
    }

    func verified(_ token: String) throws(TokenProblem) -> Claims {
        guard let signer else { throw .invalid("there is no secret") }
        return try signer.verify(token, at: now)
    }

    func ask(_ socket: Socket) throws {
        do throws(TokenProblem) {
            let claims = try verified(token(of: socket.handshake))
            socket.data[Claims.self] = claims
        } catch {
            throw ConnectError(error == .expired ? "token expired" : "token invalid")
        }
    }

    // MARK: - Sockets

    func message(_ user: String?, _ data: JSON) -> JSON {
        ["user": user.map { .string($0) } ?? .null, "data": data]
    }

    func names() -> [String] { sockets.keys.sorted() }
    func list() -> JSON { message(nil, .array(names().map { ["username": .string($0)] })) }

    func enter(_ socket: Socket, _ user: String) {
        sockets[user, default: []].insert(socket.id)
    }

    func leave(_ socket: Socket, _ user: String) {
        sockets[user]?.remove(socket.id)
        if sockets[user]?.isEmpty == true { sockets[user] = nil }
    }

    func arrived(_ socket: Socket, _ claims: Claims) {
        print("a user connected")
        let me = claims.username
        enter(socket, me)
        socket.emit(2, message(nil, "welcome"))
        io.emit(1, list())
        let end = endLater(socket, claims)
        socket.on("1") { [self] in socket.emit(1, list()) }
        socket.on("2") { [self] (words: Words) in say(words, me, socket) }
        socket.on("3") { [self] (words: Words) in whisper(words, me, socket) }
        socket.onDisconnect { [self] reason in
            print("a user disconnected: \(reason)")
            end.cancel()
            leave(socket, me)
            io.emit(1, list())
        }
    }

    func endLater(_ socket: Socket, _ claims: Claims) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: .seconds(Double(claims.exp) - now))
            socket.emit(0, message(nil, "token expired"))
            socket.disconnect(close: true)
        }
    }

    func say(_ words: Words, _ me: String, _ socket: Socket) -> BonusReply {
        if words.data.isEmpty { return .refusal("empty") }
        io.emit(2, message(me, .string(words.data)))
        return BonusReply()
    }

    func whisper(_ words: Words, _ me: String, _ socket: Socket) -> BonusReply {
        if words.data.isEmpty { return .refusal("empty") }
        guard let ids = sockets[words.to ?? ""] else { return .refusal("offline") }
        io.to(Array(ids)).emit(3, message(me, .string(words.data)))
        return BonusReply()
    }

    // MARK: - For the routes

    func addressee(_ name: String) -> Set<Socket.ID>? { sockets[name] }

    func isFree(_ name: String, before: Bool) -> Bool { users[name] == nil }

    func mayTry(_ name: String) -> Bool {
        tries[name, default: 0] += 1
        return tries[name, default: 0] <= 5
    }

    func unknown() throws -> Response { try .json(BonusReply.refusal("wrong"), 401) }

    // MARK: - What is stored

    var file: URL { folder.appending(path: "users.json") }

    func load() {
        guard let data = try? Data(contentsOf: file) else { return }
        users = (try? JSONDecoder().decode([String: StoredPassword].self, from: data)) ?? [:]
    }

    func save(_ name: String, _ password: String, _ stored: StoredPassword) throws {
        users[name] = stored
        try JSONEncoder().encode(users).write(to: file, options: .atomic)
    }
}
