// Short ways to write what these suites are about, and texts of several kinds.
// Next: InflateTests.swift.

import DeflateWire
import TestSupport
import Testing

extension DeflateFormat {
    /// Everything that a stream in pieces stands for.
    func inflated(
        _ pieces: [ArraySlice<UInt8>], windowBits: Int = 15, limit: Int = 1_000_000
    ) throws(InflateError) -> [UInt8] {
        var inflater = Inflater(self, windowBits: windowBits, limit: limit)
        return try inflater.whole(pieces)
    }

    func deflated(
        _ bytes: [UInt8], level: DeflateLevel = .default, windowBits: Int = 15
    ) -> [UInt8] {
        var deflater = Deflater(self, level: level, windowBits: windowBits)
        return deflater.compress(bytes[...], flush: .finish)
    }
}

extension Inflater {
    /// Everything that these pieces stand for: a stream, or a message.
    mutating func whole(_ pieces: [ArraySlice<UInt8>]) throws(InflateError) -> [UInt8] {
        var whole: [UInt8] = []
        for piece in pieces {
            feed(piece)
            while let next = try nextPiece() { whole += next }
        }
        feedEnd()
        while let next = try nextPiece() { whole += next }
        return whole
    }

    mutating func message(_ bytes: [UInt8]) throws(InflateError) -> [UInt8] {
        try whole([bytes[...]])
    }
}

/// `f2 48 cd` as bytes.
func unhex(_ text: String) -> [UInt8] {
    text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
}

/// Bits as the standard writes them: numbers with their width, the lowest bit first; codes with
/// their first bit first.
enum Bits {
    case number(Int, width: Int)
    case code(String)

    static func bytes(_ fields: [Bits]) -> [UInt8] {
        let bits = fields.flatMap { field in
            switch field {
            case .number(let value, let width): (0..<width).map { value >> $0 & 1 }
            case .code(let text): text.filter { $0 != " " }.map { $0 == "1" ? 1 : 0 }
            }
        }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].reversed().reduce(0) { $0 << 1 | UInt8($1) }
        }
    }

    /// The beginning of a dynamic block: how many codes, and the lengths of the codes of their
    /// lengths, in the standard's order (16, 17, 18, 0, 8, 7, 9 …).
    static func dynamic(_ literals: Int, _ distances: Int, _ order: [Int]) -> [Bits] {
        [
            .number(1, width: 1), .number(2, width: 2), .number(literals - 257, width: 5),
            .number(distances - 1, width: 5), .number(order.count - 4, width: 4),
        ] + order.map { .number($0, width: 3) }
    }

    /// Zeros, where 18 has the code `0`.
    static func zeros(_ count: Int) -> [Bits] { [.code("0"), .number(count - 11, width: 7)] }
}

/// Texts of several kinds, made from a seed.
enum Sample: CaseIterable {
    case words, chat, letters, noise, repeats, pairs

    func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += part(count, &random) }
        return Array(bytes.prefix(count))
    }

    private func part(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        let words = ["the", "quick", "socket", "event", "room", "message", "of", "a", "typing"]
        let word = words.randomElement(using: &random) ?? ""
        switch self {
        case .words: return Array("\(word) ".utf8)
        case .chat:
            let at = UInt32.random(in: 0...UInt32.max, using: &random)
            let text = "{\"from\":\"Ada\",\"text\":\"\(word)\",\"at\":\(at)}"
            return Array("42[\"chat message\",\(text)]".utf8)
        case .letters: return [UInt8.random(in: 97...100, using: &random)]
        case .noise: return [UInt8.random(in: 0...255, using: &random)]
        case .repeats:
            let part = Sample.noise.bytes(Int.random(in: 1...300, using: &random), &random)
            return Array(repeatElement(part, count: .random(in: 1...20, using: &random)).joined())
        case .pairs: return [0, UInt8.random(in: 200...201, using: &random)]
        }
    }
}
