// In: compressed data of the standards, or written bit by bit, in pieces. Out: what it stands for.
// Next: InflateErrorTests.swift.

import DeflateWire
import Testing

@Suite("Deflate: the decompressor", .heavy)
struct InflateTests {
    private static let streams: [(name: String, bytes: [UInt8], text: String)] = [
        ("fixed codes", unhex("f3 48 cd c9 c9 07 00"), "Hello"),
        ("stored", unhex("01 05 00 fa ff 48 65 6c 6c 6f"), "Hello"),
        ("stored, then fixed", unhex("00 05 00 fa ff 48 65 6c 6c 6f 03 00"), "Hello"),
        ("nothing, fixed", unhex("03 00"), ""),
        ("nothing, stored", unhex("01 00 00 ff ff"), ""),
        ("a match", unhex("cb 48 cd c9 c9 57 c8 40 27 01"), "hello hello hello hello"),
    ]

    @Test("a stream gives the same, however it is cut", arguments: streams)
    func content(name: String, bytes: [UInt8], text: String) throws {
        for pieces in cuts(of: bytes) {
            let whole = try DeflateFormat.raw.inflated(pieces)
            #expect(whole == Array(text.utf8), "\(name)")
        }
    }

    /// One literal, "a", and the end of the block, of one bit each; no distance.
    private static let oneLetter: [Bits] =
        Bits.dynamic(257, 1, [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
        + Bits.zeros(97) + [.code("11")] + Bits.zeros(138) + Bits.zeros(20)
        + [.code("11"), .code("10")]

    @Test("codes of a block's own are read, also without any distance")
    func dynamic() throws {
        let bytes = Bits.bytes(Self.oneLetter + [.code("0"), .code("0"), .code("0"), .code("1")])
        for pieces in cuts(of: bytes) {
            let whole = try DeflateFormat.raw.inflated(pieces)
            #expect(whole == Array("aaa".utf8))
        }
    }

    @Test("a match may reach into what it writes", arguments: 1...20)
    func overlapping(distance: Int) throws {
        let letters = (0..<distance).map { UInt8(97 + $0) }
        for length in [3, 7, 8, 9, 100] {
            let text = (0..<(distance + length)).map { letters[$0 % distance] }
            let whole = try DeflateFormat.raw.inflated([DeflateFormat.raw.deflated(text)[...]])
            #expect(whole == text)
        }
    }

    @Test("the longest match and the furthest distance are read")
    func extremes() throws {
        var stream: [UInt8] = [0x00, 0x00, 0x80, 0xFF, 0x7F]
        let first = (0..<32_768).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
        stream += first
        stream += Bits.bytes([
            .number(1, width: 1), .number(1, width: 2), .code("1100 0101"), .code("11101"),
            .number(8_191, width: 13), .code("0000000"),
        ])
        let whole = try DeflateFormat.raw.inflated([stream[...]])
        #expect(whole == first + first[..<258])
    }

    @Test("what comes out is limited, and costs no more than the limit")
    func bomb() throws {
        let zeros = [UInt8](repeating: 0, count: 5_000_000)
        let bomb = DeflateFormat.raw.deflated(zeros)
        #expect(bomb.count < 6_000)
        var inflater = Inflater(.raw, limit: 100_000)
        inflater.feed(bomb[...])
        var count = 0
        #expect(throws: InflateError.tooLarge(limit: 100_000)) {
            while let piece = try inflater.nextPiece() { count += piece.count }
        }
        #expect(count <= 100_000)
        #expect(inflater.heldCount < 80_000 + bomb.count)
        #expect(throws: InflateError.tooLarge(limit: 100_000)) { try inflater.nextPiece() }
    }

    @Test("output of exactly the limit passes, one byte more does not", arguments: [1, 300, 9_000])
    func limit(count: Int) throws {
        let stream = DeflateFormat.raw.deflated([UInt8](repeating: 97, count: count))
        let whole = try DeflateFormat.raw.inflated([stream[...]], limit: count)
        #expect(whole.count == count)
        #expect(throws: InflateError.tooLarge(limit: count - 1)) {
            try DeflateFormat.raw.inflated([stream[...]], limit: count - 1)
        }
    }

    @Test("memory is bounded by the window, whatever comes out", arguments: [9, 12, 15])
    func memory(windowBits: Int) throws {
        let text = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 3) })
        let stream = DeflateFormat.raw.deflated(text, windowBits: windowBits)
        var inflater = Inflater(.raw, windowBits: windowBits, limit: text.count)
        var whole: [UInt8] = []
        var held = 0
        for piece in stride(from: 0, to: stream.count, by: 100) {
            inflater.feed(stream[piece..<min(piece + 100, stream.count)])
            while let next = try inflater.nextPiece() {
                whole += next
                held = max(held, inflater.heldCount)
            }
        }
        let window = 1 << windowBits
        #expect(held <= window + max(window, 8_192) + 500)
        #expect(whole == text)
    }
}
