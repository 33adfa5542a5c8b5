// A right server for stage 12, in methods that a mutant can replace by wrong ones.
// Next: ../Stage12/AsksNoOne.swift and its neighbours.

import Engine
import Foundation
import RedisAdapter

/// A name that a client asks for, or has.
struct Claim {
    let ticket: String
    var holder: Socket.ID?
}

class GroupChat: WrongServer {
    let app = App(pages: "step12")
    let io: SocketServer
    var claims: [String: Claim] = [:]
    var shown: [String] = []
    let redis = ProcessInfo.processInfo.environment["REDIS_URL"]

    required init(stage: Int) { io = SocketServer(app) }

    var options: RedisAdapterOptions { .streams }
    var withoutRedis: String { "there is no Redis, so this server is alone" }

    func start() {
        io.connectionStateRecovery = ConnectionStateRecovery()
        if let redis, let adapter = try? RedisAdapter(redis, options) {
            io.use(adapter: adapter)
        } else {
            print(withoutRedis)
        }
        io.serverSide.on("claim") { [self] (key: String, ticket: String) in isFree(key, ticket) }
        io.serverSide.on("changed") { [self] () in Task { await refresh() } }
        Task { await keepFresh() }
        io.use { [self] socket in try await claim(name(of: socket).lowercased()) }
        io.onConnection { [self] socket in arrived(socket) }
    }

    func name(of socket: Socket) -> String {
        socket.handshake.auth["name"]?.string?.trimmingCharacters(in: .whitespaces) ?? ""
    }

    // MARK: - Names

    func isFree(_ key: String, _ ticket: String) -> Bool {
        guard let own = claims[key] else { return true }
        if own.holder != nil || own.ticket < ticket { return false }
        claims[key] = nil
        return true
    }

    func hold(_ key: String, _ ticket: String) { claims[key] = Claim(ticket: ticket) }
    func isHeld(_ key: String, _ ticket: String) -> Bool { claims[key]?.ticket == ticket }

    func ask(_ key: String, _ ticket: String) async throws -> [Bool] {
        try await io.serverSideEmitWithAck("claim", key, ticket, as: Bool.self)
    }

    func claim(_ key: String) async throws {
        guard claims[key] == nil else { throw ConnectError("taken") }
        let ticket = UUID().uuidString
        hold(key, ticket)
        let answers = try await ask(key, ticket)
        guard !answers.contains(false), isHeld(key, ticket) else {
            if claims[key]?.ticket == ticket { claims[key] = nil }
            throw ConnectError("taken")
        }
    }

    // MARK: - Who is online

    func names() async -> Set<String> {
        Set(await io.findSockets().sockets.compactMap { $0.data["name"]?.string })
    }

    func refresh() async {
        let names = await names().sorted()
        guard names != shown else { return }
        shown = names
        io.local.emit("online", names)
    }

    func keepFresh() async {
        while true {
            await refresh()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    func tellChange() {
        io.serverSideEmit("changed")
        Task { await refresh() }
    }

    // MARK: - The chat

    func arrived(_ socket: Socket) {
        print("a user connected")
        let me = name(of: socket)
        claims[me.lowercased(), default: Claim(ticket: "")].holder = socket.id
        socket.data.share(["name": me])
        socket.emit("online", shown)
        tellChange()
        socket.on("chat message") { [self] (text: String) -> BonusReply in
            if text.isEmpty { return .refusal("empty") }
            deliver(Message(from: me, text: text))
            return BonusReply()
        }
        socket.onDisconnect { [self] reason in
            print("a user disconnected: \(reason)")
            left(me.lowercased(), socket)
            tellChange()
        }
    }

    func deliver(_ message: Message) { io.emit("chat message", message) }

    func left(_ key: String, _ socket: Socket) {
        if claims[key]?.holder == socket.id { claims[key] = nil }
    }
}
