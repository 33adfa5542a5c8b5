// What was subscribed to comes, also after Redis was away. Next: ReconnectionTests.swift.

import RESPWire
import RedisClient
import TestSupport
import Testing

@Suite("subscriptions to Redis")
struct SubscriptionTests {
    let server: FakeRedis

    init() throws { server = try FakeRedis() }

    @Test("messages come by channel and by pattern, in either version", arguments: [true, false])
    func messages(knowsRESP3: Bool) async throws {
        server.knowsRESP3 = knowsRESP3
        let redis = try server.client()
        var heard: [String] = []
        var confirmedCount = 0
        let confirmed = { (result: Result<Void, RedisError>) in
            if case .success = result { confirmedCount += 1 }
        }
        redis.subscribe(
            "a", receive: { heard.append("a \($0.channelText) \(text($0.payload))") },
            confirmed: confirmed)
        try await redis.ready()
        redis.subscribe(
            "b*", .pattern,
            receive: { heard.append("b* \($0.channelText) \(text($0.payload))") },
            confirmed: confirmed)
        try await eventually("both confirmations") { confirmedCount == 2 }
        server.publish("a", "1")
        server.publish("x", "2")
        server.publish("bc", "3")
        try await eventually("the messages") { heard.count == 2 }
        #expect(heard == ["a a 1", "b* bc 3"])
        // Commands go on meanwhile.
        #expect(try await redis.send(RESPCommand("ECHO", "x")).text == "x")
        #expect(server.connections.count == (knowsRESP3 ? 1 : 2))
        redis.close()
    }

    @Test("subscriptions are renewed before Redis counts as ready", arguments: [true, false])
    func renewal(knowsRESP3: Bool) async throws {
        server.knowsRESP3 = knowsRESP3
        let redis = try server.client()
        var heard: [String] = []
        for name in ["a", "b"] {
            redis.subscribe(name, receive: { heard.append(text($0.payload)) })
        }
        try await redis.ready()
        for round in 1...3 {
            server.stop()
            try await eventually("the end") { redis.state != .ready }
            // It waits; subscriptions come first.
            redis.send(RESPCommand("ECHO", round)) { _ in }
            redis.subscribe("new\(round)", receive: { heard.append(text($0.payload)) })
            try server.start()
            try await redis.ready()
            let subscribed = server.connections.flatMap(\.names)
            #expect(Set(subscribed).count == 2 + round)
            #expect(subscribed.count == 2 + round, "nothing is subscribed twice")
            server.publish("a", "\(round)a")
            server.publish("new\(round)", "\(round)n")
            try await eventually("the messages") { heard.count == 2 * round }
        }
        #expect(heard == ["1a", "1n", "2a", "2n", "3a", "3n"])
        redis.close()
    }

    @Test("in version 2, the end of either connection is the end of both")
    func bothEnd() async throws {
        server.knowsRESP3 = false
        let redis = try server.client()
        let outages = Outages(of: redis)
        redis.subscribe("a", receive: { _ in })
        for index in [0, 1] {
            try await redis.ready()
            let before = server.connections.suffix(2)
            before[before.startIndex + index].stream.abort()
            try await outages.reached(index + 1)
            try await eventually("the end of both") { before.allSatisfy { !$0.stream.isOpen } }
        }
        try await redis.ready()
        redis.close()
    }

    @Test("two subscriptions of one name are one for Redis, until the last is cancelled")
    func shared() async throws {
        let redis = try server.client()
        try await redis.ready()
        var heard: [String] = []
        var confirmedCount = 0
        let confirmed = { (_: Result<Void, RedisError>) in confirmedCount += 1 }
        let first = redis.subscribe(
            "a", receive: { heard.append("1 \(text($0.payload))") }, confirmed: confirmed)
        let second = redis.subscribe(
            "a", receive: { heard.append("2 \(text($0.payload))") }, confirmed: confirmed)
        try await eventually("confirmations") { confirmedCount == 2 }
        server.publish("a", "x")
        try await eventually("messages") { heard.count == 2 }
        first.cancel()
        server.publish("a", "y")
        try await eventually("a message") { heard.count == 3 }
        #expect(heard == ["1 x", "2 x", "2 y"])
        #expect(server.commands("UNSUBSCRIBE").isEmpty)
        await withCheckedContinuation { done in second.cancel { done.resume() } }
        #expect(server.commands("UNSUBSCRIBE") == [["UNSUBSCRIBE", "a"]])
        #expect(server.commands("SUBSCRIBE").count == 1)
        // A third one comes at once with what Redis has said: there is nothing any more.
        redis.subscribe("a", receive: { heard.append("3 \(text($0.payload))") })
        try await eventually("a subscription") { server.commands("SUBSCRIBE").count == 2 }
        redis.close()
    }

    @Test("a subscription that is cancelled within its own message gets no further one")
    func cancelledWithin() async throws {
        let redis = try server.client()
        var count = 0
        var subscription: RedisSubscription?
        subscription = redis.subscribe(
            "a",
            receive: { _ in
                count += 1
                subscription?.cancel()
            })
        try await redis.ready()
        server.publish("a", "1")
        server.publish("a", "2")
        try await eventually("its end") { !server.commands("UNSUBSCRIBE").isEmpty }
        _ = try await redis.send(RESPCommand("ECHO", "fence"))
        #expect(count == 1)
        redis.close()
    }

    @Test("a refused subscription is told with the reason, and the others are in force")
    func refused() async throws {
        server.answer = { $0 == ["SUBSCRIBE", "no"] ? .error(RESPError("NOPERM no")) : nil }
        let redis = try server.client()
        var outcomes: [String] = []
        for name in ["no", "yes", "no"] {
            redis.subscribe(
                name, receive: { _ in },
                confirmed: { result in
                    switch result {
                    case .success: outcomes.append("\(name): confirmed")
                    case .failure(let error): outcomes.append("\(name): \(error)")
                    }
                })
        }
        try await redis.ready()
        #expect(
            outcomes.sorted() == [
                "no: Redis refuses SUBSCRIBE: NOPERM no", "no: Redis refuses SUBSCRIBE: NOPERM no",
                "yes: confirmed",
            ])
        redis.close()
    }

    @Test("at the end, who waits for a confirmation is told")
    func closed() async throws {
        let redis = try server.client()
        var failures: [String] = []
        let note = { (result: Result<Void, RedisError>) in
            if case .failure(let error) = result { failures.append("\(error)") }
        }
        redis.subscribe("a", receive: { _ in }, confirmed: note)
        redis.subscribe("b", receive: { _ in }, confirmed: note).cancel()
        #expect(failures.count == 1 && failures[0].contains("it was cancelled"))
        redis.close()
        #expect(failures.count == 2)
        redis.subscribe("c", receive: { _ in }, confirmed: note)
        #expect(failures.count == 3 && failures[2].contains("closed by this program"))
    }
}
