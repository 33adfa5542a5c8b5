// In: the tokens of a block, and the bytes that they stand for. Out: the block, as it takes the
// fewest bits: stored, with the fixed codes, or with codes of its own.
// Spec: RFC 1951 §3.2.3 to §3.2.7. Next: HuffmanEncoding.swift, DynamicHeader.swift.

/// A literal, or a match.
struct Token: Sendable {
    /// Bits 0-15: the literal, or the match's length less three. Bits 16-31: its distance, or 0.
    let word: UInt32

    @inline(__always) init(literal: UInt8) { word = UInt32(literal) }
    @inline(__always) init(length: Int, distance: Int) {
        word = UInt32(truncatingIfNeeded: distance &<< 16 | (length &- Alphabets.shortestMatch))
    }

    @inline(__always) var value: Int { Int(word & 0xFFFF) }
    @inline(__always) var distance: Int { Int(word >> 16) }

    /// For each length less three, its symbol less 257.
    static let lengthSymbols: [UInt8] = (3...258).map { length in
        UInt8(Alphabets.lengths.lastIndex { $0.base <= length } ?? 0)
    }

    /// The symbol of a distance. Each further bit of the number makes two symbols more.
    @inline(__always)
    static func distanceSymbol(_ distance: Int) -> Int {
        let index = distance &- 1
        guard index >= 4 else { return index }
        let extraBits = Int.bitWidth &- 2 &- index.leadingZeroBitCount
        return extraBits &* 2 &+ index &>> extraBits
    }
}

/// One block, with the codes that it is written in.
struct BlockEncoder {
    private static let longestStored = 65_535
    /// With fewer tokens, codes of their own seldom save what their description takes.
    private static let fewest = 48
    private let tokens: [Token]
    private var literals = [Int](repeating: 0, count: Alphabets.literalCount)
    private var distances = [Int](repeating: 0, count: Alphabets.distanceCount)
    private var extraBits = 0

    /// Counts symbols.
    init(_ tokens: [Token]) {
        self.tokens = tokens
        for token in tokens {
            if token.distance == 0 {
                literals[token.value] += 1
            } else {
                literals[Alphabets.firstLength + Int(Token.lengthSymbols[token.value])] += 1
                distances[Token.distanceSymbol(token.distance)] += 1
            }
        }
        literals[Alphabets.endOfBlock] = 1
        for (symbol, range) in Alphabets.lengths.enumerated() {
            extraBits += literals[Alphabets.firstLength + symbol] * range.extraBits
        }
        for (symbol, range) in Alphabets.distances.enumerated() {
            extraBits += distances[symbol] * range.extraBits
        }
    }

    /// Writes the block. `bytes` are what the tokens stand for; nil: they are not at hand.
    func write(isFinal: Bool, bytes: ArraySlice<UInt8>?, to writer: inout BitWriter) {
        let final = isFinal ? 1 : 0
        let fixed = bitCount(.fixedLiterals, .fixedDistances)
        let own =
            tokens.count < Self.fewest
            ? nil : DynamicHeader(literals: literals, distances: distances)
        let dynamic = own.map { $0.bitCount + bitCount($0.literals, $0.distances) } ?? .max
        if let bytes, bytes.count <= Self.longestStored,
            // At most seven bits to the byte boundary, and two lengths.
            bytes.count * 8 + 7 + 32 < min(fixed, dynamic)
        {
            Self.writeStored(bytes, isFinal: isFinal, to: &writer)
        } else if let own, dynamic < fixed {
            writer.write(BlockType.dynamic.rawValue << 1 | final, width: 3)
            own.write(to: &writer)
            writeTokens(
                own.literals, own.distances, bitCount: dynamic - own.bitCount, to: &writer)
        } else {
            writer.write(BlockType.fixed.rawValue << 1 | final, width: 3)
            writeTokens(.fixedLiterals, .fixedDistances, bitCount: fixed, to: &writer)
        }
    }

    /// Spec: RFC 1951 §3.2.4
    static func writeStored(
        _ bytes: ArraySlice<UInt8>, isFinal: Bool, to writer: inout BitWriter
    ) {
        writer.write(BlockType.stored.rawValue << 1 | (isFinal ? 1 : 0), width: 3)
        writer.alignToByte()
        writer.write(bytes.count | (~bytes.count & 0xFFFF) << 16, width: 32)
        writer.append(bytes)
    }

    private func bitCount(_ literalCode: EncodingTable, _ distanceCode: EncodingTable) -> Int {
        literalCode.bitCount(literals) + distanceCode.bitCount(distances) + extraBits
    }

    private func writeTokens(
        _ literals: EncodingTable, _ distances: EncodingTable, bitCount: Int,
        to writer: inout BitWriter
    ) {
        let lengthSymbols = Token.lengthSymbols
        let (lengthRanges, distanceRanges) = (Alphabets.lengths, Alphabets.distances)
        writer.write(bitCount: bitCount) { bits in
            for token in tokens {
                guard token.distance > 0 else {
                    bits.write(
                        UInt64(literals.codes[token.value]),
                        width: Int(literals.lengths[token.value]))
                    continue
                }
                let lengthSymbol = Int(lengthSymbols[token.value])
                var range = lengthRanges[lengthSymbol]
                let symbol = lengthSymbol &+ Alphabets.firstLength
                var value = UInt64(literals.codes[symbol])
                var width = Int(literals.lengths[symbol])
                let length = token.value &+ Alphabets.shortestMatch
                value |= UInt64(length &- range.base) &<< UInt64(width)
                width &+= range.extraBits
                let distanceSymbol = Token.distanceSymbol(token.distance)
                range = distanceRanges[distanceSymbol]
                value |= UInt64(distances.codes[distanceSymbol]) &<< UInt64(width)
                width &+= Int(distances.lengths[distanceSymbol])
                value |= UInt64(token.distance &- range.base) &<< UInt64(width)
                bits.write(value, width: width &+ range.extraBits)
            }
            bits.write(
                UInt64(literals.codes[Alphabets.endOfBlock]),
                width: Int(literals.lengths[Alphabets.endOfBlock]))
        }
    }
}
