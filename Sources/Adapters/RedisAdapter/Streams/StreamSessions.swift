// Sessions of clients that are away, as @socket.io/redis-streams-adapter keeps them: under their
// pids, as MessagePack in Base64, for as long as a client may be away.
// In: sessions. Out: commands for Redis, and sessions again, each once.
// Next: StreamCarrier.swift, Sources/Engine/More/Cluster/Returns.swift.

import Engine
import EngineBytes
import MessagePackWire
import RESPWire
import RedisClient

extension StreamCarrier {
    /// A server reads the stream up to where it was when the session was saved; for so many
    /// milliseconds at most.
    private static let timeToCatchUp = 1_000

    func save(_ session: SavedSession, for milliseconds: Int) {
        let command = RESPCommand(
            "SET", options.sessionPrefix + session.pid, session.stored, "PX", milliseconds)
        redis.send(command) { [lost] result in lost.heard(result) }
    }

    func restore(_ pid: String) async throws -> SavedSession? {
        let key = options.sessionPrefix + pid
        async let last = redis.send(
            RESPCommand("XREVRANGE", options.streamName, "+", "-", "COUNT", 1), whileAway: .fail)
        let answers = try await taken(key)
        // The client knows of events that this server may not have read yet.
        if let id = try await last.elements?.first.flatMap(StreamEntry.id) {
            await reader.reached(id, within: Self.timeToCatchUp)
        }
        return answers.first?.bytes.flatMap { SavedSession(stored: $0) }
    }

    /// In one piece: of two servers that ask, one gets it.
    private func taken(_ key: String) async throws(RedisError) -> [RESPValue] {
        var answers: Result<[RESPValue], RedisError> = .success([])
        await withCheckedContinuation { continuation in
            redis.transaction(
                [RESPCommand("GET", key), RESPCommand("DEL", key)], whileAway: .fail
            ) {
                answers = $0
                continuation.resume()
            }
        }
        return try answers.get()
    }
}

extension SavedSession {
    /// What stands in Redis. Members behind `data` are this implementation's own; others ignore
    /// them.
    var stored: [UInt8] {
        let value = Wire.members([
            ("sid", .string(sid)), ("pid", .string(pid)), ("rooms", .strings(rooms)),
            ("data", Wire(data)), ("server", server.map { .string($0) }),
            ("start", start.map { .string($0) }),
            ("late", late.isEmpty ? nil : .array(late.map(\.wire))),
        ])
        return Base64.encode(MessagePackEncoder.encode(value)[...])
    }

    /// Nil: it is no session.
    init?(stored: [UInt8]) {
        guard let bytes = Base64.decode(stored[...]),
            let value = try? MessagePackDecoder.decode(bytes[...]),
            let sid = value["sid"]?.string, let pid = value["pid"]?.string
        else { return nil }
        self.init(
            server: value["server"]?.string, sid: sid, pid: pid,
            rooms: value["rooms"]?.names ?? [], data: value["data"]?.asJSON ?? [:],
            start: value["start"]?.string,
            late: value["late"]?.array?.compactMap(LateEvent.init) ?? [])
    }
}

extension LateEvent {
    /// `[token, after, offset or nothing]`.
    fileprivate var wire: Wire {
        [.string(token), .string(after), offset.map { .string($0) } ?? .null]
    }

    fileprivate init?(_ value: Wire) {
        guard let token = value[0]?.string, let after = value[1]?.string else { return nil }
        self.init(token: token, after: after, offset: value[2]?.string)
    }
}
