// In: messages of WebSockets. Out: the bytes of the standard's examples, and the messages again,
// with and without the context of those before. Next: Sources/Wire/Deflate/Deflater.swift.

import DeflateWire
import TestSupport
import Testing

@Suite("Deflate: messages", .heavy)
struct DeflateMessageTests {
    private static let hello = Array("Hello".utf8)

    @Test("compressed messages are those of the standard's examples")
    func compressing() {
        var deflater = Deflater(.messages)
        #expect(deflater.endMessage(Self.hello[...]) == unhex("f2 48 cd c9 c9 07 00"))
        // One match. The example of §7.2.3.2 has a byte more: it copies from the second letter on.
        #expect(deflater.endMessage(Self.hello[...]) == unhex("02 13 00 00"))
        #expect(deflater.endMessage() == [0x00])
        var alone = Deflater(.messages, keepsContext: false)
        for _ in 0..<3 {
            #expect(alone.endMessage(Self.hello[...]) == unhex("f2 48 cd c9 c9 07 00"))
        }
    }

    private static let examples: [(String, [UInt8])] = [
        ("§7.2.3.1, one block", unhex("f2 48 cd c9 c9 07 00")),
        ("§7.2.3.3, stored", unhex("00 05 00 fa ff 48 65 6c 6c 6f 00")),
        ("§7.2.3.4, a final block", unhex("f3 48 cd c9 c9 07 00 00")),
        ("§7.2.3.5, two blocks", unhex("f2 48 05 00 00 00 ff ff ca c9 c9 07 00")),
    ]

    @Test("messages of the standard's examples are read, however they are cut", arguments: examples)
    func decompressing(name: String, bytes: [UInt8]) throws {
        for pieces in cuts(of: bytes) {
            var inflater = Inflater(.messages, limit: 5)
            for round in 1...3 {
                let message = try inflater.whole(pieces)
                #expect(message == Self.hello, "\(name), message \(round)")
            }
            // Also after a final block, the context is kept. Spec: RFC 7692 §7.2.3.2
            let again = try inflater.message(unhex("f2 00 11 00 00"))
            #expect(again == Self.hello)
        }
    }

    @Test("an empty message may be one byte, or none at all")
    func empty() throws {
        var inflater = Inflater(.messages, limit: 5)
        for bytes in [[0x00], [], [0x00], [], unhex("f2 48 cd c9 c9 07 00")] {
            let message = try inflater.message(bytes)
            #expect(message == (bytes.count > 1 ? Self.hello : []))
        }
    }

    @Test("without context, a message that copies from the one before is refused")
    func noContext() throws {
        var inflater = Inflater(.messages, limit: 5, keepsContext: false)
        let message = try inflater.message(unhex("f2 48 cd c9 c9 07 00"))
        #expect(message == Self.hello)
        #expect(inflater.heldCount < 100)
        #expect(throws: InflateError.distanceTooFar(5, available: 1)) {
            try inflater.message(unhex("f2 00 11 00 00"))
        }
    }

    @Test("a message that is not whole is refused, and the decompressor stays so")
    func incomplete() {
        var inflater = Inflater(.messages, limit: 100)
        // A stored block of 500 bytes, of which four come.
        #expect(throws: InflateError.truncated) {
            try inflater.message(unhex("00 f4 01 0b fe 48 65 6c 6c"))
        }
        #expect(throws: InflateError.truncated) { try inflater.message([0x00]) }
    }

    @Test("the limit counts for each message alone")
    func limit() throws {
        var (deflater, inflater) = (Deflater(.messages), Inflater(.messages, limit: 1_000))
        let text = [UInt8](repeating: 97, count: 1_000)
        for _ in 0..<5 {
            let message = try inflater.message(deflater.endMessage(text[...]))
            #expect(message == text)
        }
        #expect(throws: InflateError.tooLarge(limit: 1_000)) {
            try inflater.message(deflater.endMessage((text + [97])[...]))
        }
    }

    @Test("long conversations come back, with and without context, in pieces", arguments: 0..<12)
    func conversations(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let keeps = seed % 2 == 0
        let bits = Int.random(in: 8...15, using: &random)
        let level: DeflateLevel = seed % 3 == 0 ? .fast : .default
        var deflater = Deflater(.messages, level: level, windowBits: bits, keepsContext: keeps)
        var inflater = Inflater(
            .messages, windowBits: bits, limit: 10_000, keepsContext: keeps)
        for number in 0..<150 {
            let sample = Sample.allCases.randomElement(using: &random) ?? .chat
            let longest = Bool.random(using: &random) ? 100 : 3_000
            let text = sample.bytes(Int.random(in: 0...longest, using: &random), &random)
            let cut = Int.random(in: 0...text.count, using: &random)
            let compressed = deflater.compress(text[..<cut]) + deflater.endMessage(text[cut...])
            let size = Int.random(in: 1...400, using: &random)
            let pieces = stride(from: 0, to: compressed.count, by: size).map {
                compressed[$0..<min($0 + size, compressed.count)]
            }
            let message = try inflater.whole(pieces)
            #expect(message == text, "message \(number)")
        }
    }

    @Test("context makes chat messages a third")
    func context() {
        var random = SeededGenerator(seed: 4)
        var (with, without) = (Deflater(.messages), Deflater(.messages, keepsContext: false))
        var (plain, kept, alone) = (0, 0, 0)
        for _ in 0..<200 {
            let text = Sample.chat.bytes(90, &random)
            plain += text.count
            kept += with.endMessage(text[...]).count
            alone += without.endMessage(text[...]).count
        }
        #expect(kept * 3 < plain)
        #expect(alone > kept * 2)
    }
}
