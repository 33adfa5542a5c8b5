// What Node's servers with @socket.io/redis-streams-adapter were seen to write: it is understood,
// and written in the same bytes. Next: PubSubVectorTests.swift, OwnEventsTests.swift.

import Engine
import EngineBytes
import MessagePackWire
import RESPWire
import Testing

@testable import RedisAdapter

@Suite("messages of @socket.io/redis-streams-adapter")
struct StreamVectorTests {
    private static let odd = [
        "compress", "numeric room", "RemoteSocket", "with ack to x", "emit with ack to x alone",
        "floats", "big numbers", "NaN", "surrogates", "Date", "undefined", "empty answer",
    ]

    private func isOdd(_ vector: Vector) -> Bool {
        Self.odd.contains { vector.string("what").contains($0) }
    }

    @Test("entries of the stream are understood, and written byte for byte")
    func entries() throws {
        var count = 0
        for vector in Vector.all where vector.string("command") == "XADD" {
            guard vector.string("mode").hasPrefix("streams"),
                let type = vector.fields["fields"]?["type"]?.string.flatMap({ Int($0) })
            else { continue }
            let data = try #require(StreamEntry.decode(vector.bytes), "\(vector)")
            guard let content = ClusterForm.content(type, data) else {
                #expect(vector.string("what").contains("with ack"), "\(vector)")
                continue
            }
            guard !isOdd(vector) else { continue }
            let form = try #require(ClusterForm(content))
            #expect(form.isKept && form.type == type, "\(vector)")
            let isPlain = vector.string("mode").contains("onlyPlaintext")
            #expect(
                isPlain || StreamEntry.encode(form.data) == vector.bytes,
                "\(vector): \(text(StreamEntry.encode(form.data)))")
            count += 1
        }
        #expect(count > 40)
    }

    @Test("what passes by PUBLISH is understood, and said byte for byte")
    func published() throws {
        var count = 0
        for vector in Vector.all where vector.string("command") == "PUBLISH" {
            guard vector.string("mode").hasPrefix("streams") else { continue }
            let namespace = String(vector.string("channel").split(separator: "#")[1])
            let message = try #require(
                ClusterForm.message(published: vector.bytes, in: namespace), "\(vector)")
            guard !isOdd(vector) else { continue }
            if case .fetched(let sockets, _) = message.content {
                #expect(!sockets.isEmpty)
                continue
            }
            let form = try #require(ClusterForm(message.content))
            #expect(!form.isKept)
            let said = form.published(uid: message.server ?? "", namespace: namespace)
            #expect(said == vector.bytes, "\(vector)")
            count += 1
        }
        #expect(count > 25)
    }

    @Test("saved sessions are read, and stored byte for byte")
    func sessions() throws {
        var count = 0
        for vector in Vector.all where vector.string("command") == "SET" {
            guard let stored = vector.fields["args"]?[2]?.string else { continue }
            let bytes = Array(stored.utf8)
            let session = try #require(SavedSession(stored: bytes), "\(vector)")
            #expect(session.rooms.first == session.sid && session.data["user"] != nil)
            #expect(session.stored == bytes, "\(vector)")
            count += 1
        }
        #expect(count > 3)
        let own = SavedSession(
            server: "s", sid: "a", pid: "b", rooms: ["a"], data: ["n": 1], start: "",
            late: [
                .init(token: "~s.1", after: "", offset: nil),
                .init(token: "~s.2", after: "1-0", offset: "2-0"),
            ]
        )
        #expect(SavedSession(stored: own.stored) == own)
        #expect(SavedSession(stored: Array("%%".utf8)) == nil)
    }

    @Test("ids are in the order of time and number")
    func ids() throws {
        let id = try #require(StreamID("1795629524160-3"))
        #expect(id.description == "1795629524160-3")
        #expect(try #require(StreamID("1795629524160-20")) > id)
        #expect(id.earlier(by: 160).description == "1795629524000-0")
        #expect(StreamID.start.earlier(by: 5) == .start)
        for text in ["", "1", "1-", "-1", "a-0", "1-0-0", "99999999999999999999-0"] {
            #expect(StreamID(text) == nil, "\(text)")
        }
    }

    @Test("an entry of another program is none")
    func foreign() {
        let id = RESPValue.bulk(Array("1-0".utf8))
        let fields = RESPValue.array([.bulk(Array("a".utf8)), .bulk(Array("b".utf8))])
        #expect(StreamEntry(.array([id, fields])) == nil)
        #expect(StreamEntry(.array([id, .null])) == nil)
        #expect(StreamEntry(.null) == nil)
        #expect(StreamEntry.id(.array([id, .null])) == StreamID("1-0"))
    }
}
