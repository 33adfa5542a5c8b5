// A connection that comes back, on time; one that is silent; and the end. Next: EmitterTests.swift.

import RESPWire
import RedisClient
import TestSupport
import Testing

@Suite("a connection to Redis that comes back")
struct ReconnectionTests {
    let server: FakeRedis
    let clock = StoppedClock()

    init() throws { server = try FakeRedis() }

    /// Waits for the next state of `.away`, and returns how long it is to last.
    private func delay(of redis: Redis) async throws -> Int {
        try await eventually("the end of an attempt") { redis.reason != nil }
        guard case .away(_, let delay) = redis.state else { return 0 }
        return delay
    }

    @Test("attempts come after doubling times with jitter, and the log has one line for them")
    func backOff() async throws {
        let log = try LogRecording()
        let redis = try server.client(clock: clock) {
            ($0.reconnectionDelay, $0.reconnectionDelayMax) = (100, 1_000)
        }
        try await redis.ready()
        server.stop()
        var delays: [Int] = []
        for chance in [0.5, 0.5, 0.5, 0, 1, 0.5] {
            clock.chance = chance
            delays.append(try await delay(of: redis))
            clock.advance(delays.last ?? 0)
            #expect(redis.reason == nil, "the next attempt is made")
        }
        #expect(delays[..<5] == [100, 200, 400, 400, 1_500])
        try server.start()
        _ = try await delay(of: redis)
        clock.advance(1_000)
        try await redis.ready()
        let lines = log.lines(with: "Redis at \(redis.address)")
        #expect(lines.count == 2, "\(lines)")
        #expect(lines.first?.contains("is away: ") == true)
        #expect(lines.last?.contains("is there again") == true)
        // The next time it begins anew.
        server.cut()
        #expect(try await delay(of: redis) == 100)
        redis.close()
        log.stop()
    }

    @Test("states are told as they change")
    func states() async throws {
        let redis = try server.client(clock: clock)
        var states: [RedisState] = []
        redis.onState { states.append($0) }
        try await redis.ready()
        server.cut()
        let delay = try await delay(of: redis)
        clock.advance(delay)
        try await redis.ready()
        redis.close()
        #expect(states.count == 6)
        #expect(states[..<2] == [.connecting(attempt: 1), .ready])
        #expect(states[3...] == [.connecting(attempt: 1), .ready, .closed])
        #expect(states[2].description.contains("next attempt in 1 ms"))
    }

    @Test("an answer that is late ends the connection: a network may drop everything silently")
    func silence() async throws {
        let redis = try server.client(clock: clock) { $0.answerTimeout = 3_000 }
        try await redis.ready()
        server.isSilent = true
        var failure: RedisError?
        redis.send(RESPCommand("ECHO", "x")) {
            if case .failure(let error) = $0 { failure = error }
        }
        try await eventually("the command") { server.commands("ECHO").count == 1 }
        clock.advance(2_999)
        #expect(failure == nil)
        clock.advance(1)
        #expect(failure == .lost(command: "ECHO", reason: "no answer to ECHO within 3000 ms"))
        #expect(redis.state != .ready)
        server.isSilent = false
        clock.advance(10)
        try await redis.ready()
        redis.close()
    }

    @Test("a quiet connection is asked for a sign of life, and lives on with it")
    func ping() async throws {
        let redis = try server.client(clock: clock) { $0.pingInterval = 10_000 }
        try await redis.ready()
        for count in 2...3 {
            for _ in 0..<5 { clock.advance(2_000) }
            try await eventually("a ping") { server.commands("PING").count == count }
            _ = try await redis.send(RESPCommand("ECHO", "x"))
        }
        server.isSilent = true
        for _ in 0..<5 { clock.advance(2_000) }
        try await eventually("a ping") { server.commands("PING").count == 4 }
        #expect(redis.state == .ready)
        clock.advance(5_000)
        #expect(redis.state != .ready)
        redis.close()
    }

    @Test("a command that blocks has a time of its own, and so has what waits behind it")
    func blocking() async throws {
        let redis = try server.client(clock: clock)
        try await redis.ready()
        server.isSilent = true
        redis.send(RESPCommand("XREAD", "BLOCK", 60_000), answerTimeout: 70_000) { _ in }
        redis.send(RESPCommand("ECHO", "x")) { _ in }
        for _ in 0..<69 { clock.advance(1_000) }
        #expect(redis.state == .ready)
        clock.advance(1_000)
        #expect(redis.state != .ready)
        redis.close()
    }

    @Test("a greeting that is not answered ends the attempt")
    func noGreeting() async throws {
        server.isSilent = true
        let redis = try server.client(clock: clock) { $0.connectTimeout = 2_000 }
        redis.connect()
        try await eventually("the greeting") { server.commands.count == 1 }
        clock.advance(2_000)
        #expect(redis.reason == "no answer to the greeting within 2000 ms")
        redis.close()
    }

    // MARK: - The end

    @Test("close waits for answers, and then nothing is left open")
    func close() async throws {
        let redis = try server.client()
        try await redis.ready()
        var answers = 0
        for _ in 0..<10 { redis.send(RESPCommand("ECHO", "x")) { _ in answers += 1 } }
        await withCheckedContinuation { done in redis.close { done.resume() } }
        #expect(answers == 10)
        #expect(redis.state == .closed)
        try await eventually("the end of the connection") {
            server.connections.allSatisfy { !$0.stream.isOpen }
        }
        var failure: RedisError?
        redis.send(RESPCommand("ECHO")) { if case .failure(let error) = $0 { failure = error } }
        #expect(
            failure
                == .notSent(command: "ECHO", reason: "the connection was closed by this program"))
        redis.connect()
        #expect(redis.state == .closed)
    }

    @Test("close does not wait for ever, and not at all where there is no connection")
    func closeInTime() async throws {
        let redis = try server.client(clock: clock)
        try await redis.ready()
        server.isSilent = true
        var outcome: RedisError?
        redis.send(RESPCommand("ECHO")) { if case .failure(let error) = $0 { outcome = error } }
        var isClosed = false
        redis.close(timeout: 500) { isClosed = true }
        clock.advance(499)
        #expect(!isClosed)
        clock.advance(1)
        #expect(isClosed)
        #expect(outcome?.description.contains("it may have been done") == true)
        let other = try server.client(clock: clock)
        var count = 0
        other.close { count += 1 }
        other.close { count += 1 }
        #expect(count == 2)
    }

    // MARK: - Addresses

    @Test(
        "a URL that cannot be used is refused with what to do, and without its password",
        arguments: [
            ("localhost:6379", "expected a URL like redis://"), ("", "expected a URL like"),
            ("rediss://:pw@host", "stunnel"), ("redis+unix:///tmp/x", "not supported"),
            ("http://host", "expected a URL like"), ("redis://:p/w@host", "%2F"),
            ("redis://host/x", "no number of a database"), ("redis://host/-1", "no number"),
            ("redis://ana@host", "has to have a password"), ("redis://host?db=1", "set in code"),
            ("redis://host:0", "1 to 65535"), ("redis://", "expected a URL like"),
        ])
    func urls(url: String, advice: String) {
        let error = #expect(throws: RedisError.self) { try Redis(url) }
        #expect(error?.description.contains(advice) == true, "\(error as Any)")
        #expect(error?.description.contains("pw") != true)
        #expect(error?.description.contains("p/w") != true)
    }

    @Test("a URL has its parts")
    func parts() throws {
        #expect(try Redis("redis://localhost").address == "localhost:6379")
        #expect(try Redis("redis://[::1]:7000/0").address == "[::1]:7000")
        #expect(try Redis("REDIS://u:p@h:1/15").address == "h:1")
    }
}
