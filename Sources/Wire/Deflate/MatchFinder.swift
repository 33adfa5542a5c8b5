// In: bytes. Out: tokens: literals, and matches with what came before. Every three bytes are
// hashed; the places with one hash form a chain, from the last one back. A match is taken only
// when the next byte does not begin a longer one: lazy matching.
// Memory for 15 bits: 64 KiB each for bytes, heads and links of the chains.
// Spec: RFC 1951 §4. Next: ChainSearch.swift, Deflater.swift.

/// The bytes of the window, and what is known of them.
struct MatchFinder: Sendable {
    /// A search looks so far ahead: a match, and what is hashed behind it.
    private static let lookahead = Alphabets.longestMatch + Alphabets.shortestMatch + 1
    /// Behind the window: bytes are compared eight at a time.
    private static let padding = 8

    private let windowSize: Int
    private let capacity: Int
    private let effort: DeflateLevel.Effort
    private var bytes: [UInt8]
    /// For each hash, the last place that has it; 0: none. So place 0 is never used.
    private var heads: [UInt16]
    /// For each place, the one before it with the same hash. A ring: places repeat after a window.
    private var links: [UInt16]
    private var state = SearchState()
    /// The first byte of the block; negative: it has left the window.
    private var blockStart = 1

    init(windowBits: Int, level: DeflateLevel) {
        windowSize = 1 << windowBits
        // Places have 16 bits.
        capacity = min(65_536, windowSize * 2 + 8_192)
        effort = level.effort
        bytes = [UInt8](repeating: 0, count: capacity + Self.padding)
        heads = [UInt16](repeating: 0, count: windowSize)
        links = [UInt16](repeating: 0, count: windowSize)
    }

    /// How many bytes are held.
    var heldCount: Int { bytes.count + 2 * (heads.count + links.count) }

    /// How far back a match may reach: what is certain to be still there.
    private var reach: Int { min(windowSize - 1, capacity - windowSize - Self.lookahead) }

    /// Takes as many bytes as there is room for.
    mutating func fill(_ rest: inout ArraySlice<UInt8>) {
        if state.end + rest.count > capacity { slide() }
        let part = rest.prefix(capacity - state.end)
        bytes.replaceSubrange(state.end..<(state.end + part.count), with: part)
        state.end += part.count
        rest = rest.dropFirst(part.count)
    }

    /// Drops what no match can reach any more. Whole windows, so that the ring of links stays true.
    private mutating func slide() {
        let shift = (state.position - reach) / windowSize * windowSize
        guard shift > 0 else { return }
        bytes.withUnsafeMutableBytes { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[shift...]))
        }
        let gone = UInt16(shift)
        for index in heads.indices { heads[index] = heads[index] < gone ? 0 : heads[index] - gone }
        for index in links.indices { links[index] = links[index] < gone ? 0 : links[index] - gone }
        state.slide(shift)
        blockStart -= shift
    }

    /// Matches reach back to here and no further, from now on.
    mutating func forget() { state.lowest = state.position }

    /// Adds tokens, at most until there are `longest`. With `isLast` all bytes become tokens,
    /// otherwise the last few wait, since more may follow that match.
    mutating func findTokens(_ tokens: inout [Token], longest: Int, isLast: Bool) {
        let keep = isLast ? 0 : Self.lookahead
        guard state.end - state.position > keep else { return }
        var search = state
        let (reach, effort) = (reach, effort)
        bytes.withUnsafeBytes { bytes in
            heads.withUnsafeMutableBufferPointer { heads in
                links.withUnsafeMutableBufferPointer { links in
                    let chains = ChainSearch(
                        bytes: bytes, heads: heads, links: links, reach: reach, effort: effort)
                    while search.end - search.position > keep, tokens.count < longest {
                        chains.step(&search, &tokens)
                    }
                }
            }
        }
        state = search
    }

    /// The bytes since the last block began; nil: some have left the window. Begins a new block.
    mutating func takeBlock() -> ArraySlice<UInt8>? {
        defer { blockStart = state.position }
        return blockStart < 0 ? nil : bytes[blockStart..<state.position]
    }
}

/// Places in the window.
struct SearchState: Sendable {
    /// The next byte that has no token yet, and the byte behind the last one.
    var position = 1
    var end = 1
    /// The next place that belongs into a chain.
    var inserted = 1
    /// The first place that a match may begin at.
    var lowest = 1

    mutating func slide(_ shift: Int) {
        position -= shift
        end -= shift
        // Behind a long match, places may have left the window before they came into a chain.
        inserted = max(1, inserted - shift)
        lowest = max(1, lowest - shift)
    }
}
