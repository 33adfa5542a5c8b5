// A server on a real socket that speaks as much of Redis as a test needs, and does what Redis does
// not do at will: it goes, comes back, falls silent, refuses.
// In: connections. Out: the commands that came. Next: ClientTests.swift.

import EngineSockets
import Foundation
import RESPWire
import RedisClient
import TestSupport
import Testing

final class FakeRedis {
    /// Before Redis 6 there was no HELLO.
    var knowsRESP3 = true
    /// Reads and says nothing, as a network that drops everything.
    var isSilent = false
    /// What it says to a command in place of what is usual; nil: the usual.
    var answer: ([String]) -> RESPValue? = { _ in nil }
    /// All commands of all connections, in the order in which they came.
    private(set) var commands: [[String]] = []
    private(set) var connections: [FakeConnection] = []
    private(set) var port = 0
    private var listener: TCPListener?

    init() throws { try start() }

    func start() throws {
        let address = try #require(SocketAddress(literal: "127.0.0.1")).with(port: port)
        let listener = try TCPListener(on: address) { [weak self] in
            guard let self else { return $0.abort() }
            connections.append(FakeConnection($0, self))
        }
        self.listener = listener
        port = listener.address.port
    }

    /// Nothing listens any longer, and all connections break.
    func stop() {
        listener?.close()
        listener = nil
        cut()
    }

    /// All connections break.
    func cut() {
        for connection in connections { connection.stream.abort() }
        connections = []
    }

    func publish(_ channel: String, _ payload: String) {
        for connection in connections { connection.publish(channel, payload) }
    }

    /// The commands with this name.
    func commands(_ name: String) -> [[String]] { commands.filter { $0.first == name } }

    fileprivate func take(_ command: [String]) { commands.append(command) }

    /// A client of it.
    func client(
        _ user: String = "", path: String = "", clock: StoppedClock? = nil,
        _ change: (inout RedisOptions) -> Void = { _ in }
    ) throws -> Redis {
        var options = RedisOptions()
        options.reconnectionDelay = 1
        if clock == nil {
            // On a busy machine everything takes its time, and these tests are not about time.
            (options.pingInterval, options.answerTimeout) = (3_600_000, 60_000)
            (options.connectTimeout, options.waitingTimeout) = (60_000, 60_000)
        }
        change(&options)
        return try Redis(
            "redis://\(user)127.0.0.1:\(port)\(path)", options: options,
            timing: clock?.timing ?? .live)
    }
}

/// One connection to it.
final class FakeConnection: TCPStreamDelegate {
    let stream: TCPStream
    private weak var redis: FakeRedis?
    private var decoder = RESPDecoder()
    private var version = RESPEncoder.Version.resp2
    private(set) var names: [String] = []

    init(_ stream: TCPStream, _ redis: FakeRedis) {
        self.stream = stream
        self.redis = redis
        stream.delegate = self
    }

    func received(_ bytes: ArraySlice<UInt8>) {
        decoder.feed(bytes)
        while let value = try? decoder.next() {
            let words = (value.elements ?? []).map { $0.text ?? "" }
            guard let redis else { return stream.abort() }
            redis.take(words)
            if !redis.isSilent { reply(to: words, redis) }
        }
    }

    func receivedEnd() { stream.close(lingers: false) }
    func closed(_ reason: TCPCloseReason) {}

    func send(_ value: RESPValue) { stream.write(RESPEncoder.encode(value, version)) }

    private func reply(to words: [String], _ redis: FakeRedis) {
        if let answer = redis.answer(words) { return send(answer) }
        let name = words[0]
        switch name {
        case "HELLO":
            guard redis.knowsRESP3 else {
                return send(.error(RESPError("ERR unknown command `HELLO`, with args")))
            }
            version = .resp3
            send(.map([.init(.simple("server"), .simple("redis"))]))
        case "PING":
            let isOld = version == .resp2 && !names.isEmpty
            send(isOld ? .array([.simple("pong"), .bulk([])]) : .simple("PONG"))
        case "ECHO": send(.bulk(Array(words[1].utf8)))
        case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE":
            if name.contains("UN") {
                names.removeAll { $0 == words[1] }
            } else {
                names += [words[1]]
            }
            let confirmation = [name.lowercased(), words[1]].map { RESPValue.bulk(Array($0.utf8)) }
            send(.push(confirmation + [.integer(names.count)]))
        default: send(.simple("OK"))
        }
    }

    /// To those who have subscribed to the channel, or to a pattern with a star at its end.
    func publish(_ channel: String, _ payload: String) {
        for name in names {
            var words = ["message", channel, payload]
            if name.hasSuffix("*") {
                guard channel.hasPrefix(name.dropLast()) else { continue }
                words = ["pmessage", name, channel, payload]
            } else if name != channel {
                continue
            }
            send(.push(words.map { .bulk(Array($0.utf8)) }))
        }
    }
}

extension Redis {
    /// Waits until it is ready.
    func ready() async throws {
        connect()
        try await eventually("a connection to Redis") { state == .ready }
    }

    /// Why it is away; nil: it is not.
    var reason: String? { if case .away(let reason, _) = state { reason } else { nil } }
}

/// The reasons why a client was away: it may be back before a test has looked.
final class Outages {
    private(set) var reasons: [String] = []

    init(of redis: Redis) {
        redis.onState { if case .away(let reason, _) = $0 { self.reasons.append(reason) } }
    }

    /// Waits until there have been so many.
    func reached(_ count: Int) async throws {
        try await eventually("outage \(count)") { reasons.count >= count }
    }
}
