// In: compressed data that breaks a rule, in pieces. Out: which rule: each error once at least.
// Next: DeflateFramingTests.swift.

import DeflateWire
import TestSupport
import Testing

@Suite("Deflate: data that breaks a rule")
struct InflateErrorTests {
    private static let fixed: [Bits] = [.number(1, width: 1), .number(1, width: 2)]
    /// The order of code lengths: 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1.
    /// Codes: 18 `0`, 0 `10`, 1 `11`.
    private static let few = [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    /// Codes: 18 `0`, 1 `10`, 16 `11`.
    private static let repeating = [2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]

    private static let broken: [(bits: [Bits], error: InflateError)] = [
        ([.number(1, width: 1), .number(3, width: 2)], .reservedBlockType),
        (
            [.number(1, width: 8), .number(5, width: 16), .number(5, width: 16)],
            .storedLengthMismatch
        ),
        (Bits.dynamic(287, 1, few), .tooManyCodes(literals: 287, distances: 1)),
        (Bits.dynamic(257, 31, few), .tooManyCodes(literals: 257, distances: 31)),
        // Three code lengths of one bit.
        (Bits.dynamic(257, 1, [1, 1, 1, 0]), .oversubscribedCode),
        (Bits.dynamic(257, 1, [1, 2, 0, 0]), .incompleteCode),
        (Bits.dynamic(257, 1, [0, 0, 0, 0]), .incompleteCode),
        (Bits.dynamic(257, 1, repeating) + [.code("11"), .number(0, width: 2)], .repeatOfNothing),
        (Bits.dynamic(257, 1, few) + Bits.zeros(138) + Bits.zeros(121), .repeatTooLong),
        (
            Bits.dynamic(257, 1, few) + [.code("11 11")] + Bits.zeros(138) + Bits.zeros(118),
            .missingEndOfBlock
        ),
        // Three literals of one bit.
        (
            Bits.dynamic(257, 1, few) + [.code("11 11")] + Bits.zeros(138) + Bits.zeros(116)
                + [.code("11 10")],
            .oversubscribedCode
        ),
        // Two literals of two bits.
        (
            Bits.dynamic(257, 1, [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 3])
                + Bits.zeros(97) + [.code("111")] + Bits.zeros(138) + Bits.zeros(20)
                + [.code("111 10")],
            .incompleteCode
        ),
        // Symbols 286 and 287 of the fixed code, distances 30 and 31.
        (fixed + [.code("1100 0110"), .number(0, width: 8)], .invalidSymbol),
        (fixed + [.code("1100 0111"), .number(0, width: 8)], .invalidSymbol),
        (
            fixed + [.code("1001 0001 0000001 11110"), .number(0, width: 16)], .invalidSymbol
        ),
        // "a", then three bytes from two bytes back.
        (
            fixed + [.code("1001 0001 0000001 00001 0000000")],
            .distanceTooFar(2, available: 1)
        ),
        (fixed + [.code("1001 0001")], .truncated),
        ([.number(1, width: 8), .number(5, width: 16), .number(0xFFFA, width: 16)], .truncated),
        ([], .truncated),
        (fixed + [.code("0000000"), .number(0, width: 6), .number(7, width: 8)], .bytesAfterEnd),
    ]

    @Test("each rule has its error, however the data is cut", arguments: broken)
    func errors(bits: [Bits], error: InflateError) {
        for pieces in cuts(of: Bits.bytes(bits)) {
            #expect(throws: error) { try DeflateFormat.raw.inflated(pieces) }
        }
        #expect(!error.description.isEmpty)
    }

    @Test("a code with one symbol is allowed, but its other bit means nothing")
    func partialCode() throws {
        // Lengths: "a" and the end of one bit each; no distance at all, and one that is asked for.
        let head =
            Bits.dynamic(258, 1, [0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 3])
            + Bits.zeros(97) + [.code("110")] + Bits.zeros(138) + Bits.zeros(20)
        // "a" is `0`, the end `10`, a length of three `11`; a distance of one `0`, or nothing.
        let one = head + [.code("111 111 110")]
        let none = head + [.code("111 111 10")]
        let good = Bits.bytes(one + [.code("0 11 0 10")])
        let text = try DeflateFormat.raw.inflated([good[...]])
        #expect(text == Array("aaaa".utf8))
        let unused = Bits.bytes(one + [.code("0 11 1"), .number(0, width: 16)])
        let missing = Bits.bytes(none + [.code("0 11 0"), .number(0, width: 16)])
        for stream in [unused, missing] {
            #expect(throws: InflateError.invalidSymbol) {
                try DeflateFormat.raw.inflated([stream[...]])
            }
        }
    }

    @Test("a match beyond the agreed window is refused", arguments: [9, 10, 14])
    func beyondTheWindow(bits: Int) throws {
        // Noise of the window's size and one byte more, then the same again.
        var random = SeededGenerator(seed: 1)
        let part = Sample.noise.bytes((1 << bits) + 1, &random)
        let stream = DeflateFormat.raw.deflated(part + part)
        #expect(stream.count < part.count + 200)
        let error = #expect(throws: InflateError.self) {
            try DeflateFormat.raw.inflated([stream[...]], windowBits: bits)
        }
        guard case .distanceTooFar(_, available: 1 << bits)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("every stream that is cut short is told so, and no cut is taken for an end")
    func cutShort() {
        let stream = DeflateFormat.gzip.deflated(Array("the room, the room, a message".utf8))
        for count in stream.indices {
            #expect(throws: InflateError.truncated) {
                try DeflateFormat.gzip.inflated([stream[..<count]])
            }
        }
    }
}
