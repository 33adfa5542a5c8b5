// In: the length of each symbol's code. Out: a table that finds a symbol by the bits that come.
// Shorter codes come first, among equals the smaller symbol: so the lengths alone define the codes.
// A code's first bit is its highest, while numbers begin with the lowest: codes are looked up
// in reverse.
// Spec: RFC 1951 §3.2.2. Next: HuffmanEncoding.swift, Inflater.swift.

/// What stands behind a code: 32 bits, because the fast path looks at nothing else.
struct DecodedSymbol: Sendable {
    enum Kind {
        static let literal: UInt32 = 0
        static let range: UInt32 = 1
        static let endOfBlock: UInt32 = 2
        static let invalid: UInt32 = 3
    }

    /// Bits 0-3: the code's length, 0 if the code is longer than the table is wide.
    /// Bits 4-7: extra bits. Bits 8-9: the kind. Bits 16-31: a literal, or the base of a range.
    let word: UInt32

    static func literal(_ value: Int) -> Self { Self(word: UInt32(value) << 16) }
    static func range(_ range: SymbolRange) -> Self {
        Self(word: UInt32(range.base) << 16 | Kind.range << 8 | UInt32(range.extraBits) << 4)
    }
    static let endOfBlock = Self(word: Kind.endOfBlock << 8)
    static let invalid = Self(word: Kind.invalid << 8)

    @inline(__always) var codeLength: Int { Int(word & 15) }
    @inline(__always) var extraBits: Int { Int(word >> 4 & 15) }
    @inline(__always) var kind: UInt32 { word >> 8 & 3 }
    @inline(__always) var value: Int { Int(word >> 16) }

    func withCode(length: Int) -> Self { Self(word: word | UInt32(length)) }

    // MARK: - What the symbols of the three alphabets mean

    static let literals: [Self] =
        (0..<256).map(literal) + [endOfBlock] + Alphabets.lengths.map(range) + [invalid, invalid]
    static let distances: [Self] = Alphabets.distances.map(range) + [invalid, invalid]
    static let codeLengths: [Self] = (0..<19).map(literal)
}

/// Finds symbols by their codes.
struct DecodingTable: Sendable {
    /// How many bits are looked up at once. Longer codes are seldom: they are counted out.
    private static let widest = 10

    let width: Int
    /// For each value of the next `width` bits, the symbol; without a code's length: look further.
    let entries: [DecodedSymbol]
    /// How many codes have each length, and the symbols in the order of their codes.
    private let counts: [Int]
    private let sorted: [DecodedSymbol]

    static let fixedLiterals = DecodingTable(
        known: Alphabets.fixedLiteralLengths, of: DecodedSymbol.literals)
    static let fixedDistances = DecodingTable(
        known: Alphabets.fixedDistanceLengths, of: DecodedSymbol.distances)

    /// A code in which some bits mean nothing is refused, but for the one that the standard allows:
    /// a single symbol of one bit; and for distances, none at all.
    init(
        lengths: ArraySlice<UInt8>, of alphabet: [DecodedSymbol], mayBePartial: Bool
    ) throws(InflateError) {
        let counts = Self.counts(lengths)
        var left = 1
        for count in counts.dropFirst() {
            left = left * 2 - count
            guard left >= 0 else { throw .oversubscribedCode }
        }
        let longest = counts.lastIndex { $0 > 0 } ?? 0
        guard left == 0 || mayBePartial && longest <= 1 else { throw .incompleteCode }
        self.init(known: Array(lengths), of: alphabet)
    }

    /// Lengths that are known to make a code.
    private init(known lengths: [UInt8], of alphabet: [DecodedSymbol]) {
        counts = Self.counts(lengths[...])
        let longest = max(1, counts.lastIndex { $0 > 0 } ?? 1)
        width = min(longest, Self.widest)
        var places = [Int](repeating: 0, count: Alphabets.longestCode + 2)
        for length in 1...Alphabets.longestCode {
            places[length + 1] = places[length] + counts[length]
        }
        var sorted = [DecodedSymbol](repeating: .invalid, count: places[16])
        for (symbol, length) in lengths.enumerated() where length > 0 {
            sorted[places[Int(length)]] = alphabet[symbol].withCode(length: Int(length))
            places[Int(length)] += 1
        }
        var entries = [DecodedSymbol](repeating: DecodedSymbol(word: 0), count: 1 << width)
        var code: UInt16 = 0
        var previous = 0
        for symbol in sorted.prefix(while: { [width] in $0.codeLength <= width }) {
            code <<= UInt16(symbol.codeLength - previous)
            previous = symbol.codeLength
            // Whatever follows the code: every entry that begins with it.
            var index = Int(reversed(code, width: previous))
            while index < entries.count {
                entries[index] = symbol
                index += 1 << previous
            }
            code += 1
        }
        (self.entries, self.sorted) = (entries, sorted)
    }

    private static func counts(_ lengths: ArraySlice<UInt8>) -> [Int] {
        var counts = [Int](repeating: 0, count: Alphabets.longestCode + 1)
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        return counts
    }

    /// The symbol whose code `bits` begin with.
    func symbol(_ bits: UInt64) -> DecodedSymbol {
        let symbol = entries[Int(bits & (1 << UInt64(width) - 1))]
        return symbol.codeLength > 0 ? symbol : countedOut(bits)
    }

    /// Bit by bit. The codes of a length are consecutive numbers, from `first` on.
    func countedOut(_ bits: UInt64) -> DecodedSymbol {
        var (code, first, index) = (0, 0, 0)
        for length in 1...Alphabets.longestCode {
            code = code << 1 | Int(bits >> UInt64(length - 1) & 1)
            if code - first < counts[length] { return sorted[index + code - first] }
            index += counts[length]
            first = (first + counts[length]) << 1
        }
        return .invalid
    }
}

/// The lowest `width` bits in reverse order.
func reversed(_ code: UInt16, width: Int) -> UInt16 {
    var (rest, result) = (code, UInt16(0))
    for _ in 0..<width {
        result = result << 1 | rest & 1
        rest >>= 1
    }
    return result
}
