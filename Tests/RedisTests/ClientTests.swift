// Commands to Redis, and what becomes of them when it goes away. Next: SubscriptionTests.swift.

import RESPWire
import RedisClient
import TestSupport
import Testing

@Suite("a client of Redis")
struct ClientTests {
    let server: FakeRedis

    init() throws { server = try FakeRedis() }

    @Test("it greets with version 3, user, password and name, chooses a database, asks for life")
    func greeting() async throws {
        let redis = try server.client("ana:s%40cret@", path: "/2") { $0.clientName = "chat" }
        try await redis.ready()
        #expect(
            server.commands == [
                ["HELLO", "3", "AUTH", "ana", "s@cret", "SETNAME", "chat"], ["SELECT", "2"],
                ["PING"],
            ])
        redis.close()
    }

    @Test("where HELLO is not known, version 2 is spoken")
    func version2() async throws {
        server.knowsRESP3 = false
        let redis = try server.client(":secret@") { $0.clientName = "chat" }
        try await redis.ready()
        #expect(
            server.commands.dropFirst() == [
                ["AUTH", "secret"], ["CLIENT", "SETNAME", "chat"], ["PING"],
            ])
        // An answer that looks like a message is an answer: nothing is subscribed here.
        let words = ["message", "a", "b"].map { RESPValue.bulk(Array($0.utf8)) }
        server.answer = { $0[0] == "LRANGE" ? .array(words) : nil }
        #expect(try await redis.send(RESPCommand("LRANGE", "x", 0, -1)) == .array(words))
        #expect(server.connections.count == 1)
        redis.close()
    }

    @Test("a wrong password is told, without it, and tried again: it may be put right")
    func password() async throws {
        server.answer = { $0[0] == "HELLO" ? .error(RESPError("WRONGPASS invalid")) : nil }
        let redis = try server.client(":secret@")
        let outages = Outages(of: redis)
        redis.connect()
        try await outages.reached(1)
        let reason = outages.reasons[0]
        #expect(reason.contains("WRONGPASS") && reason.contains("the URL's user and password"))
        #expect(!reason.contains("secret"))
        server.answer = { _ in nil }
        try await redis.ready()
        redis.close()
    }

    @Test("a server that still reads its data is not ready")
    func loading() async throws {
        server.answer = { $0[0] == "PING" ? .error(RESPError("LOADING Redis is loading")) : nil }
        let redis = try server.client()
        let outages = Outages(of: redis)
        redis.connect()
        try await outages.reached(1)
        #expect(outages.reasons[0].contains("LOADING"))
        server.answer = { _ in nil }
        try await redis.ready()
        redis.close()
    }

    @Test("what is no Redis is told as such")
    func noRedis() async throws {
        let redis = try server.client()
        let outages = Outages(of: redis)
        redis.connect()
        try await eventually("a connection") { !server.connections.isEmpty }
        server.connections[0].stream.write(Array("HTTP/1.1 400 Bad Request\r\n".utf8))
        try await outages.reached(1)
        #expect(outages.reasons[0].contains("is it Redis"))
        redis.close()
    }

    @Test("thousands of commands go out in a row, and their answers come back in order")
    func pipelining() async throws {
        let redis = try server.client()
        var answers: [String] = []
        for number in 0..<5_000 {
            redis.send(RESPCommand("ECHO", number)) { answers.append((try? $0.get().text) ?? "?") }
        }
        #expect(answers.isEmpty)
        try await redis.ready()
        try await eventually("all answers") { answers.count == 5_000 }
        #expect(answers == (0..<5_000).map(String.init))
        redis.close()
    }

    @Test("an error that Redis reports is thrown, and the connection lives on")
    func refusal() async throws {
        server.answer = { $0[0] == "GET" ? .error(RESPError("WRONGTYPE Operation")) : nil }
        let redis = try server.client()
        try await redis.ready()
        let error = await #expect(throws: RedisError.self) {
            try await redis.send(RESPCommand("GET", "x"))
        }
        #expect(error == .refused(command: "GET", message: "WRONGTYPE Operation"))
        #expect(error?.description == "Redis refuses GET: WRONGTYPE Operation")
        #expect(try await redis.send(RESPCommand("ECHO", "still")).text == "still")
        redis.close()
    }

    @Test("a transaction goes out in one piece; errors in it are values")
    func transaction() async throws {
        server.answer = {
            $0[0] == "EXEC" ? .array([.integer(1), .error(RESPError("ERR x"))]) : nil
        }
        let redis = try server.client()
        var result: [RESPValue]?
        redis.transaction([RESPCommand("GET", "a"), RESPCommand("DEL", "a")]) {
            result = try? $0.get()
        }
        try await redis.ready()
        try await eventually("the answers") { result != nil }
        #expect(result == [.integer(1), .error(RESPError("ERR x"))])
        #expect(server.commands.suffix(4).map { $0[0] } == ["MULTI", "GET", "DEL", "EXEC"])
        server.answer = { $0[0] == "EXEC" ? .error(RESPError("EXECABORT")) : nil }
        var failure: RedisError?
        redis.transaction([RESPCommand("GET")]) {
            if case .failure(let error) = $0 { failure = error }
        }
        try await eventually("the error") { failure != nil }
        #expect(failure == .refused(command: "EXEC", message: "EXECABORT"))
        redis.close()
    }

    // MARK: - Away

    @Test("what was sent when the connection broke fails and is never sent again; the rest waits")
    func cut() async throws {
        let redis = try server.client()
        try await redis.ready()
        server.isSilent = true
        var outcomes: [String] = []
        let note = { (result: Result<RESPValue, RedisError>) in
            switch result {
            case .success(let value): outcomes.append(value.text ?? "")
            case .failure(.lost(let command, _)): outcomes.append("lost \(command)")
            case .failure(let error): outcomes.append("\(error)")
            }
        }
        redis.send(RESPCommand("INCR", "a"), note)
        redis.send(RESPCommand("INCR", "b")) {
            note($0)
            // What a program does about it waits for the next connection.
            redis.send(RESPCommand("ECHO", "again"), note)
        }
        try await eventually("the commands") { server.commands("INCR").count == 2 }
        server.isSilent = false
        server.cut()
        try await eventually("the next connection") { outcomes.count == 3 }
        #expect(outcomes == ["lost INCR", "lost INCR", "again"])
        #expect(server.commands("INCR").count == 2)
        redis.close()
    }

    @Test("while away, commands wait in order, and are sent once")
    func waiting() async throws {
        let redis = try server.client()
        try await redis.ready()
        server.stop()
        try await eventually("the end") { redis.state != .ready }
        var answers: [String] = []
        for number in 0..<100 {
            redis.send(RESPCommand("ECHO", number)) { answers.append((try? $0.get().text) ?? "?") }
        }
        var refused: RedisError?
        redis.send(RESPCommand("ECHO", "now"), whileAway: .fail) {
            if case .failure(let error) = $0 { refused = error }
        }
        guard case .notSent("ECHO", let reason)? = refused else {
            Issue.record("\(refused as Any)")
            return
        }
        #expect(reason.contains("no connection to Redis at 127.0.0.1:"))
        try server.start()
        try await eventually("all answers") { answers.count == 100 }
        #expect(server.commands("ECHO").map { $0[1] } == (0..<100).map(String.init))
        redis.close()
    }

    @Test("what waits is bounded in number, bytes and time, and fails with the reason")
    func bounds() throws {
        let clock = StoppedClock()
        let redis = try server.client(clock: clock) {
            ($0.waitingCommands, $0.waitingBytes, $0.waitingTimeout) = (3, 200, 1_000)
        }
        var failures: [String] = []
        let note = { (result: Result<RESPValue, RedisError>) in
            if case .failure(let error) = result { failures.append("\(error)") }
        }
        redis.send(RESPCommand("ECHO", "1"), note)
        clock.advance(600)
        redis.send(RESPCommand("ECHO", String(repeating: "x", count: 200)), note)
        #expect(failures.count == 1 && failures[0].contains("option waitingBytes"))
        redis.send(RESPCommand("ECHO", "2"), note)
        redis.send(RESPCommand("ECHO", "3"), note)
        redis.send(RESPCommand("ECHO", "4"), note)
        #expect(failures.count == 2 && failures[1].contains("3 commands wait already"))
        clock.advance(399)
        #expect(failures.count == 2)
        clock.advance(1)
        #expect(failures.count == 3 && failures[2].contains("for 1000 ms"))
        clock.advance(600)
        #expect(failures.count == 5)
        // There is room again.
        for number in 0..<30 {
            redis.send(RESPCommand("ECHO", number), note)
            clock.advance(1_000)
        }
        #expect(failures.count == 35)
        #expect(!failures.contains { $0.contains("wait already") && $0 != failures[1] })
        #expect(failures[5...].allSatisfy { $0.contains("for 1000 ms") })
        failures.removeLast(30)
        redis.send(RESPCommand("ECHO", "5"), note)
        #expect(failures.count == 5)
        redis.close()
        #expect(failures.count == 6 && failures[5].contains("closed by this program"))
    }
}
