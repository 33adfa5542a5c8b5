// In: the beginning of a dynamic block. Out: its two codes. The lengths of their codes are
// compressed by a third code, whose own code lengths stand in front, three bits each.
// Spec: RFC 1951 §3.2.7. Next: HuffmanDecoding.swift, Inflater.swift.

extension BlockCodes {
    /// The codes that the next bits describe; nil: not all of them are there.
    init?(dynamic reader: inout BitReader) throws(InflateError) {
        guard let literals = reader.take(5), let distances = reader.take(5),
            let orders = reader.take(4)
        else { return nil }
        let (literalCount, distanceCount) = (literals + 257, distances + 1)
        guard literalCount <= Alphabets.literalCount, distanceCount <= Alphabets.distanceCount
        else { throw .tooManyCodes(literals: literalCount, distances: distanceCount) }
        var orderLengths = [UInt8](repeating: 0, count: Alphabets.codeLengthOrder.count)
        for symbol in Alphabets.codeLengthOrder.prefix(orders + 4) {
            guard let length = reader.take(3) else { return nil }
            orderLengths[symbol] = UInt8(length)
        }
        let table = try DecodingTable(
            lengths: orderLengths[...], of: DecodedSymbol.codeLengths, mayBePartial: false)
        guard
            let lengths = try Self.lengths(literalCount + distanceCount, coded: table, &reader)
        else { return nil }
        guard lengths[Alphabets.endOfBlock] > 0 else { throw .missingEndOfBlock }
        self.init(
            literals: try DecodingTable(
                lengths: lengths[..<literalCount], of: DecodedSymbol.literals, mayBePartial: true),
            distances: try DecodingTable(
                lengths: lengths[literalCount...], of: DecodedSymbol.distances, mayBePartial: true)
        )
    }

    /// The code lengths of both alphabets, as one row: a run may go from one into the other.
    private static func lengths(
        _ count: Int, coded table: DecodingTable, _ reader: inout BitReader
    ) throws(InflateError) -> [UInt8]? {
        var lengths: [UInt8] = []
        while lengths.count < count {
            let symbol = table.symbol(reader.peek())
            guard symbol.codeLength <= reader.count else { return nil }
            reader.drop(symbol.codeLength)
            guard symbol.value >= 16 else {
                lengths.append(UInt8(symbol.value))
                continue
            }
            let run = Alphabets.runs[symbol.value - 16]
            guard let more = reader.take(run.extraBits) else { return nil }
            guard symbol.value > 16 || !lengths.isEmpty else { throw .repeatOfNothing }
            let length = symbol.value == 16 ? lengths[lengths.count - 1] : 0
            guard lengths.count + run.base + more <= count else { throw .repeatTooLong }
            lengths.append(contentsOf: repeatElement(length, count: run.base + more))
        }
        return lengths
    }
}
