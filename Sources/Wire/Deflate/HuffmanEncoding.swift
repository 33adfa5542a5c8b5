// In: how often each symbol occurs. Out: the lengths of their codes, so that all together take few
// bits, and the codes. Huffman's way: the two rarest are put together, again and again; how often a
// symbol is put together is the length of its code.
// Spec: RFC 1951 §3.2.2. Next: BlockEncoder.swift, HuffmanDecoding.swift.

/// The codes of one alphabet.
struct EncodingTable: Sendable {
    let lengths: [UInt8]
    /// Ready to be written: the first bit of the code is the lowest.
    let codes: [UInt16]

    static let fixedLiterals = EncodingTable(lengths: Alphabets.fixedLiteralLengths)
    static let fixedDistances = EncodingTable(lengths: Alphabets.fixedDistanceLengths)

    /// The codes that these lengths define.
    /// Spec: RFC 1951 §3.2.2
    init(lengths: [UInt8]) {
        var counts = [Int](repeating: 0, count: Alphabets.longestCode + 1)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var next = [UInt16](repeating: 0, count: Alphabets.longestCode + 1)
        for length in 1..<Alphabets.longestCode {
            next[length + 1] = (next[length] &+ UInt16(counts[length])) << 1
        }
        self.lengths = lengths
        codes = lengths.map { length in
            guard length > 0 else { return 0 }
            defer { next[Int(length)] &+= 1 }
            return reversed(next[Int(length)], width: Int(length))
        }
    }

    init(frequencies: [Int], longest: Int) {
        self.init(lengths: codeLengths(frequencies, longest: longest))
    }

    /// How many bits symbols take that occur so often, without their extra bits.
    func bitCount(_ frequencies: [Int]) -> Int {
        zip(frequencies, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
    }
}

/// The lengths of the best codes, none longer than `longest`; 0: the symbol has none. At least two
/// symbols get a code: some decoders refuse a code in which a bit means nothing.
func codeLengths(_ frequencies: [Int], longest: Int) -> [UInt8] {
    var symbols = frequencies.indices.filter { frequencies[$0] > 0 }
    for symbol in 0..<2 where symbols.count < 2 && !symbols.contains(symbol) {
        symbols.append(symbol)
    }
    // The rarest first; their number is packed behind, so that sorting compares one number.
    let sorted = symbols.map { max(1, frequencies[$0]) << 9 | $0 }.sorted()
    var counts = huffmanLengthCounts(sorted.map { $0 >> 9 }, longest: longest)
    var lengths = [UInt8](repeating: 0, count: frequencies.count)
    var length = longest
    for packed in sorted {
        while counts[length] == 0 { length -= 1 }
        counts[length] -= 1
        lengths[packed & 511] = UInt8(length)
    }
    return lengths
}

/// How many codes of each length there are for these weights, the smallest first.
private func huffmanLengthCounts(_ weights: [Int], longest: Int) -> [Int] {
    // Nodes put together come out in the order of their weights: two rows are enough, no heap.
    let count = weights.count
    var (sums, parents) = (weights, [Int](repeating: 0, count: 2 * count - 1))
    sums.reserveCapacity(2 * count - 1)
    var (leaf, node) = (0, count)
    func takeLightest() -> Int {
        if leaf < count, node >= sums.count || sums[leaf] <= sums[node] {
            leaf += 1
            return leaf - 1
        }
        node += 1
        return node - 1
    }
    for parent in count..<(2 * count - 1) {
        let (first, second) = (takeLightest(), takeLightest())
        sums.append(sums[first] + sums[second])
        (parents[first], parents[second]) = (parent, parent)
    }
    // From the root down.
    var depths = [Int](repeating: 0, count: 2 * count - 1)
    var counts = [Int](repeating: 0, count: longest + 1)
    for node in (0..<(2 * count - 2)).reversed() {
        depths[node] = depths[parents[node]] + 1
        if node < count { counts[min(depths[node], longest)] += 1 }
    }
    shorten(&counts, longest: longest)
    return counts
}

/// Codes that were cut to `longest` claim more than there is. Each step makes room: a shorter code
/// grows by a bit, and the place beside it takes one of the longest.
private func shorten(_ counts: inout [Int], longest: Int) {
    var claimed = (1...longest).reduce(0) { $0 + counts[$1] << (longest - $1) }
    while claimed > 1 << longest {
        var length = longest - 1
        while counts[length] == 0 { length -= 1 }
        counts[length] -= 1
        counts[length + 1] += 2
        counts[longest] -= 1
        claimed -= 1
    }
}
