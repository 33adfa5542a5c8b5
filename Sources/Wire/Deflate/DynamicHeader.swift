// In: how often the symbols of a block occur. Out: codes for them, and the description of these
// codes that stands in front of the block: their lengths, with runs shortened, in a code of their
// own. InflateHeader.swift reads what this writes.
// Spec: RFC 1951 §3.2.7. Next: HuffmanEncoding.swift, InflateHeader.swift.

/// The codes of a dynamic block.
struct DynamicHeader {
    let literals: EncodingTable
    let distances: EncodingTable
    private let literalCount: Int
    private let distanceCount: Int
    /// Symbols of the code length alphabet, each with its extra bits.
    private var row: [(symbol: Int, extra: Int)] = []
    private let rowCode: EncodingTable
    /// How many of the lengths of `rowCode` are sent, in their own order.
    private let orderCount: Int

    init(literals literalFrequencies: [Int], distances distanceFrequencies: [Int]) {
        literals = EncodingTable(
            frequencies: literalFrequencies, longest: Alphabets.longestCode)
        distances = EncodingTable(
            frequencies: distanceFrequencies, longest: Alphabets.longestCode)
        let used = { (lengths: [UInt8]) in (lengths.lastIndex { $0 > 0 } ?? 0) + 1 }
        literalCount = used(literals.lengths)
        distanceCount = used(distances.lengths)
        row = Self.shortened(
            Array(literals.lengths[..<literalCount] + distances.lengths[..<distanceCount]))
        var frequencies = [Int](repeating: 0, count: Alphabets.codeLengthOrder.count)
        for entry in row { frequencies[entry.symbol] += 1 }
        let code = EncodingTable(frequencies: frequencies, longest: 7)
        rowCode = code
        orderCount =
            (Alphabets.codeLengthOrder.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1
    }

    /// How many bits the description takes.
    var bitCount: Int {
        row.reduce(14 + 3 * orderCount) { sum, entry in
            sum + Int(rowCode.lengths[entry.symbol]) + Self.extraBits(entry.symbol)
        }
    }

    func write(to writer: inout BitWriter) {
        writer.write(literalCount - 257, width: 5)
        writer.write(distanceCount - 1, width: 5)
        writer.write(orderCount - 4, width: 4)
        for symbol in Alphabets.codeLengthOrder[..<orderCount] {
            writer.write(Int(rowCode.lengths[symbol]), width: 3)
        }
        for (symbol, extra) in row {
            writer.write(Int(rowCode.codes[symbol]), width: Int(rowCode.lengths[symbol]))
            writer.write(extra, width: Self.extraBits(symbol))
        }
    }

    private static func extraBits(_ symbol: Int) -> Int {
        symbol < 16 ? 0 : Alphabets.runs[symbol - 16].extraBits
    }

    /// Runs of zeros, and of the length before, become one symbol each.
    private static func shortened(_ lengths: [UInt8]) -> [(symbol: Int, extra: Int)] {
        var row: [(symbol: Int, extra: Int)] = []
        var index = 0
        while index < lengths.count {
            let length = lengths[index]
            var run = lengths[index...].prefix { $0 == length }.count
            index += run
            if length > 0 {
                row.append((Int(length), 0))
                run -= 1
            }
            while run >= 3 {
                let symbol = length > 0 ? 16 : run < 11 ? 17 : 18
                let part = min(run, symbol == 16 ? 6 : symbol == 17 ? 10 : 138)
                row.append((symbol, part - Alphabets.runs[symbol - 16].base))
                run -= part
            }
            for _ in 0..<run { row.append((Int(length), 0)) }
        }
        return row
    }
}
