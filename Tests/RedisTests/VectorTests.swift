// What Node's servers and emitters send is read, and written byte for byte.
// Next: EmitterTests.swift.

import EngineBytes
import MessagePackWire
import RESPWire
import Testing

@Suite("captured messages")
struct VectorTests {
    /// Captured as they are, and better not written so.
    private enum Odd {
        /// notepack.io takes 1.8e308 for an integer, and writes 0 in the longest form.
        static let floats = "pubsub, data: floats"
        /// @msgpack/msgpack, which writes for streams, makes a float of an integer beyond 2^53.
        static let beyond53Bits = "streams, data: Buffer beside Date, undefined, NaN, float, null"
        /// notepack.io joins halves of a character with what follows them.
        static let halves = "surrogates"
    }

    @Test("all MessagePack is read, and written again byte for byte")
    func messagePack() throws {
        var count = 0
        for vector in Vector.all {
            guard let bytes = vector.messagePack, vector.decoded?["$error"] == nil,
                vector.description != Odd.floats
            else { continue }
            count += 1
            let value = try MessagePackDecoder.decode(bytes[...])
            #expect(MessagePackEncoder.encode(value) == bytes, "\(vector)")
        }
        #expect(count > 100)
    }

    @Test("from what a message says, its bytes are made")
    func encoding() throws {
        var count = 0
        for vector in Vector.all {
            guard let bytes = vector.messagePack, let decoded = vector.decoded,
                decoded["$error"] == nil, !vector.description.contains(Odd.halves),
                ![Odd.floats, Odd.beyond53Bits].contains(vector.description)
            else { continue }
            count += 1
            #expect(MessagePackEncoder.encode(decoded) == bytes, "\(vector)")
        }
        #expect(count > 100)
    }

    /// Numbers that JavaScript spells in another way, and halves of characters, come back as the
    /// same values.
    @Test("all JSON is read, and written again byte for byte")
    func json() throws {
        var count = 0
        for vector in Vector.all {
            guard vector.string("format") == "json" else { continue }
            count += 1
            let value = try #require(MessagePackValue(json: vector.bytes[...]), "\(vector)")
            #expect(MessagePackValue(json: value.jsonText[...]) == value, "\(vector)")
            let isOdd = ["floats", "big numbers", Odd.halves].contains {
                vector.string("what").contains($0)
            }
            #expect(isOdd || text(value.jsonText) == text(vector.bytes), "\(vector)")
        }
        #expect(count > 200)
    }

    @Test("what no decoder takes is refused")
    func malformed() {
        var count = 0
        for vector in Vector.all where vector.decoded?["$error"] != nil {
            count += 1
            if let bytes = vector.messagePack {
                #expect(throws: MessagePackError.self) { try MessagePackDecoder.decode(bytes[...]) }
            } else {
                #expect(MessagePackValue(json: vector.bytes[...]) == nil)
            }
        }
        #expect(count == 2)
    }

    @Test("what Redis sends to servers is read")
    func frames() throws {
        var count = 0
        for vector in Vector.all {
            guard let frame = Base64.decode(Array(vector.string("raw_frame_base64").utf8)[...]),
                !frame.isEmpty
            else { continue }
            count += 1
            var decoder = RESPDecoder()
            decoder.feed(frame[...])
            let value = try #require(try decoder.next(), "\(vector)")
            #expect(decoder.bufferedCount == 0)
            #expect(RESPEncoder.encode(value) == frame, "\(vector)")
        }
        #expect(count > 3)
    }
}
