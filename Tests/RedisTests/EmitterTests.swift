// The emitter's bytes against those of Node's. Next: VectorTests.swift.

import EngineBytes
import Foundation
import MessagePackWire
import RESPWire
import RedisClient
import SocketIOEmitter
import TestSupport
import Testing

@Suite("an emitter")
struct EmitterTests {
    let server: FakeRedis

    init() throws { server = try FakeRedis() }

    private func emitter(
        _ change: (inout EmitterOptions) -> Void = { _ in }
    ) throws -> RedisEmitter {
        var options = EmitterOptions()
        options.redis.waitingTimeout = 60_000
        options.redis.answerTimeout = 60_000
        change(&options)
        return try RedisEmitter("redis://127.0.0.1:\(server.port)", options: options)
    }

    /// What is captured of Node's emitter, and the same here.
    private static let cases: [(String, (RedisEmitter) -> Void)] = [
        ("emit to all", { $0.emit("hi", 1, "two", nil as Int?, 1.5) }),
        ("to one room", { $0.to("r1").emit("hi", "r1") }),
        ("to two rooms", { $0.to("r1").to("r9").to("r1").emit("hi", "both") }),
        ("except", { $0.except("r9").emit("hi", "not r9") }),
        ("to except", { $0.to("r1").except("r9").emit("hi", "r1 not r9") }),
        ("volatile", { $0.volatile.emit("hi", "v") }),
        ("compress(false)", { $0.compress(false).emit("hi", "c") }),
        ("of(/custom)", { $0.of("/custom").emit("hi", "custom") }),
        ("of(\"custom\") to room", { $0.of("custom").to("r1").emit("hi", "custom r1") }),
        ("binary", { $0.emit("bin", Data([1, 2, 3]), ["n": Data()]) }),
        ("to(sid)", { $0.to("k91ohiuBiaimqDhcAAAE").emit("hi", "sid") }),
        ("socketsJoin", { $0.socketsJoin("ej") }),
        ("in(room).socketsJoin several", { $0.in("r9").socketsJoin("ej1", "ej2") }),
        ("socketsLeave", { $0.in("r9").except("r1").socketsLeave("ej1") }),
        ("serverSideEmit", { $0.serverSideEmit("sse", "from emitter", ["a": [1]]) }),
        ("of(/custom).serverSideEmit", { $0.of("/custom").serverSideEmit("sse", "x") }),
        ("disconnectSockets()", { $0.in("k91ohiuBiaimqDhcAAAE").disconnectSockets() }),
        ("disconnectSockets(true)", { $0.in("r9").disconnectSockets(close: true) }),
    ]

    @Test("each message has the channel and the bytes of Node's emitter")
    func vectors() async throws {
        let vectors = Vector.all.filter { $0.string("mode") == "emitter" }
        #expect(vectors.count == Self.cases.count + 2)
        let emitter = try emitter()
        for (_, act) in Self.cases { act(emitter) }
        await emitter.close()
        let published = server.commands("PUBLISH")
        try #require(published.count == Self.cases.count)
        for ((what, _), command) in zip(Self.cases, published) {
            let vector = try #require(vectors.first { $0.string("what") == what }, "\(what)")
            #expect(command[1] == vector.string("channel"), "\(what)")
            #expect(command[2] == text(vector.bytes), "\(what)")
        }
    }

    @Test("another key names other channels")
    func key() async throws {
        let vector = try #require(Vector.all.first { $0.string("what") == "key app, nsp /adm" })
        let emitter = try emitter { $0.key = "app" }
        emitter.of("/adm").to("x").emit("hi")
        await emitter.close()
        #expect(
            server.commands("PUBLISH") == [
                ["PUBLISH", vector.string("channel"), text(vector.bytes)]
            ])
    }

    @Test("for servers with streams, the same goes into the stream as they write it themselves")
    func streams() async throws {
        let emitter = try emitter { $0.mode = .streams }
        emitter.emit("hi", 1, "two")
        emitter.to("r1").except("r2").emit("hi", "r1 not r2")
        emitter.compress(true).to("r1").volatile.emit("hi", "both")
        emitter.of("/custom").to("r1").emit("hi", "custom r1")
        emitter.in("r3").disconnectSockets()
        emitter.in("r2").socketsLeave("r2")
        emitter.serverSideEmit("ask", "p")
        await emitter.close()
        let begin = ["XADD", "socket.io", "MAXLEN", "~", "10000", "*", "uid", "emitter", "nsp"]
        let entries = server.commands("XADD")
        #expect(entries.allSatisfy { $0.prefix(9) == begin[...] })
        let whats = [
            "broadcast to all", "broadcast to room except room", "", "namespace /custom: to room",
            "disconnectSockets(false) of a room",
            "socketsLeave of the last room member: rooms vanish",
        ]
        try #require(entries.count == whats.count)
        for (what, entry) in zip(whats, entries) where what != "" {
            let vector = try #require(
                Vector.all.first {
                    $0.string("mode") == "streams" && $0.string("what") == what
                        && $0.string("command") == "XADD"
                }, "\(what)")
            #expect(entry[9] == vector.fields["fields"]?["nsp"]?.string, "\(what)")
            #expect(entry[11] == vector.fields["fields"]?["type"]?.string, "\(what)")
            #expect(entry[13] == text(vector.bytes), "\(what)")
        }
        #expect(entries[2][13].contains(#""flags":{"volatile":true,"compress":true}"#))
        #expect(server.commands("PUBLISH").map { $0[1] } == ["socket.io#/#"])
    }

    @Test("in a stream, what has bytes in it is MessagePack in Base64")
    func binaryInStreams() async throws {
        let emitter = try emitter { $0.mode = .streams }
        emitter.to("r1").emit("m", Data([1, 2]))
        await emitter.close()
        let vector = try #require(
            Vector.all.first { $0.string("what") == "while x is away, A emits binary" })
        #expect(server.commands("XADD").first?[13] == text(vector.bytes))
    }

    @Test("what Redis does not take is told")
    func errors() async throws {
        server.answer = { $0[0] == "PUBLISH" ? .error(RESPError("OOM no memory")) : nil }
        let emitter = try emitter()
        var errors: [String] = []
        emitter.onError { errors.append("\($0)") }
        emitter.emit("hi")
        await emitter.close()
        emitter.emit("late")
        #expect(
            errors == [
                "Redis refuses PUBLISH: OOM no memory",
                "PUBLISH was not sent to Redis: the emitter is closed",
            ])
        #expect(emitter.state == .closed)
    }

    @Test("close gives up when Redis stays away")
    func away() async throws {
        server.stop()
        let emitter = try emitter { $0.redis.waitingTimeout = 50 }
        var errors: [String] = []
        emitter.onError { errors.append("\($0)") }
        emitter.emit("hi")
        await emitter.close()
        #expect(errors.count == 1 && errors[0].contains("for 50 ms"))
    }
}
