// What Node's servers with @socket.io/redis-adapter were seen to say: it is understood, and said in
// the same bytes. Next: StreamVectorTests.swift, ../Vectors.swift.

import Engine
import EngineBytes
import MessagePackWire
import Testing

@testable import RedisAdapter

@Suite("messages of @socket.io/redis-adapter")
struct PubSubVectorTests {
    /// Node's own flags, which say nothing to this engine, and rooms that are numbers.
    private static let odd = [
        "compress", "numeric room", "RemoteSocket", "floats", "big numbers", "NaN", "surrogates",
        "Date",
    ]

    private func isOdd(_ vector: Vector) -> Bool {
        Self.odd.contains { vector.string("what").contains($0) }
    }

    /// The name of the server that has sent it stands in front of each entry's mode.
    private func channels(_ vector: Vector) -> PubSubChannels {
        let parts = vector.string("channel").split(separator: "#")
        return PubSubChannels(key: "socket.io", namespace: parts.count > 1 ? String(parts[1]) : "/")
    }

    private func vectors(_ kind: String, mode: String = "pubsub") -> [Vector] {
        Vector.all.filter {
            $0.string("mode") == mode && $0.string("command") == "PUBLISH"
                && $0.string("channel").hasPrefix(kind) && $0.decoded?["$error"] == nil
        }
    }

    @Test("events are heard, and said byte for byte, on the same channel")
    func events() throws {
        var count = 0
        for vector in vectors("socket.io#") {
            let namespace = String(vector.string("channel").split(separator: "#")[1])
            let event = try #require(
                PubSubReading.event(vector.bytes, in: namespace, notFrom: "me"), "\(vector)")
            #expect(PubSubReading.event(vector.bytes, in: "/other", notFrom: "me") == nil)
            let own = try #require(event.server)
            #expect(PubSubReading.event(vector.bytes, in: namespace, notFrom: own) == nil)
            guard !isOdd(vector), !vector.string("what").contains("without nsp") else { continue }
            let said = try #require(
                PubSubPublication(event, channels(vector), specificResponses: false))
            #expect(said.channel == vector.string("channel"), "\(vector)")
            #expect(said.payload == vector.bytes, "\(vector)")
            count += 1
        }
        #expect(count == 25)
    }

    @Test("requests are understood, and made byte for byte")
    func requests() throws {
        var count = 0
        for vector in vectors("socket.io-request#") {
            guard let request = PubSubReading.request(vector.bytes, in: "/") else {
                #expect(vector.string("what").contains("unknown type"), "\(vector)")
                continue
            }
            guard case .heard(let message) = request, !isOdd(vector) else { continue }
            let said = try #require(
                PubSubPublication(message, channels(vector), specificResponses: false))
            #expect(said.channel == vector.string("channel"), "\(vector)")
            #expect(
                said.payload == vector.bytes,
                "\(vector): \(text(said.payload)), not \(text(vector.bytes))")
            count += 1
        }
        #expect(count > 25)
    }

    @Test("answers are understood, and given byte for byte, to all or to the one that has asked")
    func responses() throws {
        var count = 0
        for mode in ["pubsub", "pubsub specific response channel"] {
            let isSpecific = mode != "pubsub"
            for vector in vectors("socket.io-response#", mode: mode) {
                guard var answer = PubSubReading.response(vector.bytes, in: "/") else { continue }
                let parts = vector.string("channel").split(separator: "#").map(String.init)
                if parts.count > 2 { answer.recipient = parts[2] }
                if case .fetched(let sockets, _) = answer.content {
                    // Their members are compared, since rooms have no order here.
                    #expect(!sockets.isEmpty, "\(vector)")
                    continue
                }
                let said = try #require(
                    PubSubPublication(answer, channels(vector), specificResponses: isSpecific))
                #expect(said.channel == vector.string("channel"), "\(vector)")
                #expect(said.payload == vector.bytes, "\(vector): \(text(said.payload))")
                count += 1
            }
        }
        #expect(count > 20)
    }

    @Test("sockets of other servers are found with all that is said of them, and told the same way")
    func snapshots() throws {
        var count = 0
        for vector in vectors("socket.io-response#") {
            guard let sockets = vector.fields["decoded"]?["sockets"]?.array else { continue }
            for value in sockets {
                guard let snapshot = RemoteSocket.Snapshot(value), value["handshake"] != nil else {
                    continue
                }
                let again = snapshot.wire
                for name in ["id", "data"] where !isOdd(vector) && value[name]?["bin"] == nil {
                    #expect(again[name] == value[name], "\(vector)")
                }
                let handshake = try #require(again["handshake"])
                #expect(handshake["auth"]?["name"] == value["handshake"]?["auth"]?["name"])
                #expect(handshake.members?.map(\.key) == value["handshake"]?.members?.map(\.key))
                #expect(Set(again["rooms"]?.names ?? []) == Set(value["rooms"]?.names ?? []))
                #expect(again["rooms"]?.names?.first == snapshot.id)
                count += 1
            }
        }
        #expect(count == 5)
    }

    @Test("what older servers ask for one socket, and questions for rooms, are told apart")
    func older() throws {
        var kinds: Set<String> = []
        for vector in vectors("socket.io-request#") where vector.string("what").contains("hand") {
            switch PubSubReading.request(vector.bytes, in: "/") {
            case .old(_, .join, _, let uid): kinds.insert("join \(uid ?? "")")
            case .old(_, .leave, _, _): kinds.insert("leave")
            case .old(_, .disconnect, _, _): kinds.insert("disconnect")
            case .sockets(let rooms, _, _): kinds.insert("sockets \(rooms)")
            case .allRooms: kinds.insert("rooms")
            case .heard, .old, nil: break
            }
        }
        #expect(kinds == ["join tester", "leave", "disconnect", "sockets [\"r1\"]", "rooms"])
    }

    @Test("garbage means nothing, and never crashes")
    func garbage() {
        for vector in Vector.all where vector.string("command") == "PUBLISH" {
            let bytes = vector.bytes
            for cut in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 7)) {
                let part = Array(bytes[..<cut])
                _ = PubSubReading.event(part, in: "/", notFrom: "me")
                _ = PubSubReading.request(part, in: "/")
                _ = PubSubReading.response(part, in: "/")
                _ = ClusterForm.message(published: part, in: "/")
                _ = StreamEntry.decode(part)
            }
        }
        for value: Wire in [[], [:], [nil, nil, nil], ["a", [:], [:]], ["type": 2, "opts": 1]] {
            let bytes = MessagePackEncoder.encode(value)
            #expect(PubSubReading.event(bytes, in: "/", notFrom: "me") == nil)
            #expect(PubSubReading.request(bytes, in: "/") == nil)
            #expect(PubSubReading.response(bytes, in: "/") == nil)
        }
    }

    @Test("a namespace with signs of a pattern in its name is subscribed to alone")
    func patterns() {
        let channels = PubSubChannels(key: "k", namespace: "/room-[1]*")
        #expect(channels.pattern == "k#/room-\\[1\\]\\*#*")
        #expect(channels.room(of: "k#/room-[1]*#a#b#") == "a#b")
        #expect(channels.room(of: "k#/room-[1]*#") == "")
    }
}
