// Entries on their way into the stream, over connections that break before or after Redis has them.
// Next: OwnEventsTests.swift.

import Foundation
import RESPWire
import RedisClient
import TestSupport
import Testing

@testable import RedisAdapter

@Suite("entries on their way into the stream")
struct StreamOutboxTests {
    /// What a real one does with XADD and XRANGE.
    private final class Stream {
        let server: FakeRedis
        private(set) var entries: [(id: StreamID, fields: [String])] = []
        /// Of the next XADDs: whether the connection breaks, and whether it was done before.
        var breaks: [(isDone: Bool, breaks: Bool)] = []
        private var isBroken = false

        init() throws {
            server = try FakeRedis()
            server.answer = { [unowned self] words in
                if words[0] == "HELLO" { isBroken = false }
                switch words[0] {
                // What is behind a break was never read.
                case _ where isBroken: return .null
                case "XADD": return add(words)
                case "XRANGE": return range(words)
                default: return nil
                }
            }
        }

        var texts: [String] { entries.compactMap(\.fields.last) }

        private func add(_ words: [String]) -> RESPValue {
            let fate = breaks.isEmpty ? (isDone: true, breaks: false) : breaks.removeFirst()
            if fate.isDone {
                let id = StreamID(time: 1, number: UInt64(entries.count + 1))
                entries.append((id, Array(words[6...])))
            }
            if fate.breaks {
                isBroken = true
                server.cut()
            }
            return .bulk(Array(StreamID(time: 1, number: UInt64(entries.count)).description.utf8))
        }

        private func range(_ words: [String]) -> RESPValue {
            let first = StreamID(words[2]) ?? .start
            return .array(
                entries.filter { $0.id >= first }.prefix(Int(words[5]) ?? 0).map { entry in
                    .array([
                        .bulk(Array(entry.id.description.utf8)),
                        .array(entry.fields.map { .bulk(Array($0.utf8)) }),
                    ])
                })
        }
    }

    private func entry(_ text: String, _ done: @escaping (Bool) -> Void = { _ in }) -> NewEntry {
        NewEntry(uid: "me", namespace: "/", type: 3, data: Array(text.utf8)) { result in
            if case .success = result { done(true) } else { done(false) }
        }
    }

    @Test("each is added once and in order, wherever the connection breaks", arguments: 0..<40)
    func breaks(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let stream = try Stream()
        stream.breaks = (0..<30).map { _ in
            let breaks = UInt64.random(in: 0..<4, using: &random) == 0
            return (!breaks || Bool.random(using: &random), breaks)
        }
        let redis = try stream.server.client()
        let outbox = StreamOutbox(redis, RedisAdapterOptions())
        redis.connect()
        var added = 0
        // Equal ones too: each counts by itself.
        let texts = (0..<30).map { "\($0 / 3)" }
        for text in texts {
            outbox.add(entry(text) { if $0 { added += 1 } })
            if Bool.random(using: &random) { await Task.yield() }
        }
        try await eventually("all are added") { added == texts.count }
        #expect(stream.texts == texts)
        redis.close()
    }

    @Test("what Redis refuses is told, and what comes behind it is added")
    func refused() async throws {
        let stream = try Stream()
        let redis = try stream.server.client()
        let usual = stream.server.answer
        stream.server.answer = { words in
            words.last == "bad" ? .error(RESPError("OOM no room")) : usual(words)
        }
        let outbox = StreamOutbox(redis, RedisAdapterOptions())
        try await redis.ready()
        var results: [Bool] = []
        for text in ["good", "bad", "good"] { outbox.add(entry(text) { results.append($0) }) }
        try await eventually("three answers") { results.count == 3 }
        #expect(results == [true, false, true] && stream.texts == ["good", "good"])
        redis.close()
    }

    @Test("what waits is bounded by number, bytes and time, and fails at the end")
    func bounds() async throws {
        let stream = try Stream()
        let redis = try stream.server.client()
        var options = RedisAdapterOptions()
        (options.redis.waitingCommands, options.redis.waitingBytes) = (3, 2_000)
        options.redis.waitingTimeout = 1
        let outbox = StreamOutbox(redis, options)
        var failed: [String] = []
        func add(_ text: String) {
            outbox.add(entry(text) { if !$0 { failed.append(String(text.prefix(1))) } })
        }
        add(String(repeating: "x", count: 3_000))
        #expect(failed == ["x"], "too large")
        for text in ["a", "b", "c", "d"] { add(text) }
        #expect(failed == ["x", "d"], "too many")
        try await eventually("the time is over") { failed == ["x", "d", "a", "b", "c"] }
        add("e")
        redis.close()
        #expect(failed.last == "e" && stream.texts.isEmpty)
    }
}
