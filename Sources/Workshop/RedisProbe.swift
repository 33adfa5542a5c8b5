// Does with Redis what its standard input says, and prints what comes of it: for the tests with a
// real Redis. In: a line for each step, such as `send GET key`. Out: a line for each result.
// `Workshop redis-probe --url redis://localhost:6379 [--answer-timeout MS] [--resp2] [--streams]`
// Next: Sources/Adapters/RedisClient/Redis.swift.

import EngineSockets
import Foundation
import RESPWire
import RedisClient
import SocketIOEmitter

final class RedisProbe {
    private let redis: Redis
    private let emitter: RedisEmitter
    private var count = 0
    private var tally: [String: Int] = [:]

    init(_ words: [String]) throws {
        func value(of option: String) -> String? {
            words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        let url = value(of: "--url") ?? "redis://localhost:6379"
        var options = RedisOptions()
        options.clientName = "probe"
        options.reconnectionDelayMax = 200
        options.usesRESP3 = !words.contains("--resp2")
        options.answerTimeout = value(of: "--answer-timeout").flatMap { Int($0) } ?? 5_000
        redis = try Redis(url, options: options)
        var emitterOptions = EmitterOptions()
        emitterOptions.mode = words.contains("--streams") ? .streams : .pubSub
        emitter = try RedisEmitter(url, options: emitterOptions)
        redis.onState { print("state \($0)") }
        redis.connect()
    }

    /// Carries out one line.
    func take(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard let verb = words.first else { return }
        let rest = Array(words.dropFirst())
        switch verb {
        case "send":
            count += 1
            let number = count
            redis.send(command(rest)) { print("answer \(number) \(Self.shown($0))") }
        case "count": repeatSending(Int(rest[0]) ?? 0, command(Array(rest.dropFirst())))
        case "transaction":
            let commands = rest.split(separator: "/").map { command(Array($0)) }
            redis.transaction(commands) { result in
                print("executed \(Self.shown(result.map { .array($0) }))")
            }
        case "subscribe": subscribe(rest[0], .channel)
        case "psubscribe": subscribe(rest[0], .pattern)
        case "ssubscribe": subscribe(rest[0], .shard)
        case "emit": emitter.to(rest[0]).emit(rest[1], rest[2], Data([1, 2]), ["n": 1.5])
        case "join": emitter.in(rest[0]).socketsJoin(rest[1])
        case "close":
            emitter.close { [self] in redis.close { exitProcess(0) } }
        default: print("what is \(verb)?")
        }
    }

    private func command(_ words: [String]) -> RESPCommand {
        RESPCommand(words.first ?? "", arguments: Array(words.dropFirst()))
    }

    /// The same command many times; then how often it went well, was lost, was not sent.
    private func repeatSending(_ times: Int, _ command: RESPCommand) {
        var open = times
        for _ in 0..<times {
            redis.send(command) { [self] result in
                let outcome =
                    switch result {
                    case .success: "done"
                    case .failure(.lost): "lost"
                    case .failure(.notSent): "unsent"
                    case .failure: "failed"
                    }
                tally[outcome, default: 0] += 1
                open -= 1
                guard open == 0 else { return }
                let counts = ["done", "lost", "unsent", "failed"].map { tally[$0] ?? 0 }
                print("counted \(counts.map(String.init).joined(separator: " "))")
                tally = [:]
            }
        }
    }

    private func subscribe(_ name: String, _ kind: RedisChannelKind) {
        redis.subscribe(
            name, kind,
            receive: {
                print("message \($0.channelText) \(String(decoding: $0.payload, as: UTF8.self))")
            },
            confirmed: { result in
                if case .failure(let error) = result { return print("refused \(error)") }
                print("subscribed \(name)")
            })
    }

    private static func shown(_ result: Result<RESPValue, RedisError>) -> String {
        switch result {
        case .success(let value): shown(value)
        case .failure(let error): "\(error)"
        }
    }

    private static func shown(_ value: RESPValue) -> String {
        if case .map(let pairs) = value {
            let members = pairs.map { "\(shown($0.key)): \(shown($0.value))" }
            return "{\(members.joined(separator: ", "))}"
        }
        if let elements = value.elements {
            return "[\(elements.map { shown($0) }.joined(separator: ", "))]"
        }
        switch value {
        case .null: return "null"
        case .integer(let number): return "\(number)"
        case .double(let number): return "double \(number)"
        case .boolean(let truth): return "\(truth)"
        case .error(let error): return "error \(error)"
        case .simple, .bulk, .verbatim, .bigNumber, .array, .set, .push, .map:
            return value.text ?? "?"
        }
    }
}

/// Reads lines on a thread of their own: reading waits, and the main thread must not.
func probeRedis(_ words: [String]) throws {
    lineBufferStandardOutput()
    let probe = try RedisProbe(words)
    Thread.detachNewThread {
        while let line = readLine() {
            DispatchQueue.main.async { MainActor.assumeIsolated { probe.take(line) } }
        }
        DispatchQueue.main.async { MainActor.assumeIsolated { probe.take("close") } }
    }
    EventLoop.shared.run()
}
