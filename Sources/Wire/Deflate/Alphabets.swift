// The numbers that both directions share. Compressed data is a row of symbols: a literal is one
// byte; a match is a length and a distance, "copy so many bytes from so far back". A symbol of a
// match names a range, and extra bits behind it say which number of the range is meant.
// Spec: RFC 1951 §3.2.5, §3.2.6, §3.2.7. Next: BitReader.swift, HuffmanDecoding.swift.

/// A range of lengths or distances: the first number, and how many extra bits tell the rest.
struct SymbolRange: Sendable {
    let base: Int
    let extraBits: Int
}

/// The three alphabets of DEFLATE.
enum Alphabets {
    /// Symbols 0...255 are literals, this one ends a block, 257...285 are lengths.
    static let endOfBlock = 256
    static let firstLength = 257
    /// How many symbols a block may describe. The fixed code has 288 and 32, of which the last two
    /// must not occur.
    static let literalCount = 286
    static let distanceCount = 30
    static let longestCode = 15
    static let shortestMatch = 3
    static let longestMatch = 258

    /// The lengths 3...258, symbol by symbol from 257 on. From the ninth on, four symbols have one
    /// extra bit, the next four have two, and so on; the last stands for 258 alone.
    /// Spec: RFC 1951 §3.2.5
    static let lengths: [SymbolRange] =
        ranges(28, from: 3) { $0 < 8 ? 0 : $0 / 4 - 1 } + [SymbolRange(base: 258, extraBits: 0)]

    /// The distances 1...32,768. From the fifth symbol on, two have one extra bit, and so on.
    /// Spec: RFC 1951 §3.2.5
    static let distances: [SymbolRange] = ranges(30, from: 1) { $0 < 4 ? 0 : $0 / 2 - 1 }

    /// A dynamic block begins with the lengths of its codes, which are symbols themselves: 0...15
    /// are lengths, 16 repeats the last one, 17 and 18 stand for runs of zeros. This is the order
    /// in which *their* lengths are sent: seldom ones last, so that they can be left out.
    /// Spec: RFC 1951 §3.2.7
    static let codeLengthOrder = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]
    /// Symbols 16, 17 and 18: the shortest run, and how many extra bits tell how much longer.
    static let runs = [
        SymbolRange(base: 3, extraBits: 2), SymbolRange(base: 3, extraBits: 3),
        SymbolRange(base: 11, extraBits: 7),
    ]

    /// Spec: RFC 1951 §3.2.6
    static let fixedLiteralLengths: [UInt8] =
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
        + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
    static let fixedDistanceLengths = [UInt8](repeating: 5, count: 32)

    private static func ranges(
        _ count: Int, from first: Int, extraBits: (Int) -> Int
    ) -> [SymbolRange] {
        var base = first
        return (0..<count).map { symbol in
            let range = SymbolRange(base: base, extraBits: extraBits(symbol))
            base += 1 << range.extraBits
            return range
        }
    }
}

/// The kinds of blocks, as the two bits behind the final bit name them.
/// Spec: RFC 1951 §3.2.3
enum BlockType: Int {
    case stored = 0
    case fixed = 1
    case dynamic = 2
}

/// What stands around compressed data.
package enum DeflateFormat: Sendable, CaseIterable {
    /// Nothing. The block that is marked as the final one ends the data. Spec: RFC 1951 §3
    case raw
    /// Two bytes in front, Adler-32 behind. HTTP calls this "deflate". Spec: RFC 1950 §2.2
    case zlib
    /// Ten bytes or more in front, CRC-32 and length behind. Spec: RFC 1952 §2.3
    case gzip
    /// One message after the other, as WebSockets have them. Each ends with a sync flush, whose
    /// last four bytes, 00 00 FF FF, are not sent. Spec: RFC 7692 §7.2
    case messages
}

/// The bytes that end a sync flush, and that a message leaves out.
/// Spec: RFC 7692 §7.2.1
let syncFlushTail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
