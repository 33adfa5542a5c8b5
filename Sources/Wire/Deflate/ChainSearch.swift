// The slow part of compressing: for each place, the longest match among the last places that have
// the same hash. Unsafe pointers, because nearly all time is spent here.
// Spec: RFC 1951 §4. Next: MatchFinder.swift, BlockEncoder.swift.

/// How hard a compressor looks for what it has seen before.
public enum DeflateLevel: Sendable, CaseIterable {
    /// Two to three times as fast; the result is about a tenth larger.
    case fast
    /// The sizes that zlib's level 6 reaches.
    case `default`

    struct Effort: Sendable {
        /// How many places of a chain are tried; a quarter, when the match to beat is good.
        let chain: Int
        let good: Int
        /// A match of this length is taken at once, without a look at the next byte.
        let lazy: Int
        /// A match of this length ends the search.
        let nice: Int
    }

    var effort: Effort {
        switch self {
        case .fast: Effort(chain: 6, good: 4, lazy: 0, nice: 16)
        case .default: Effort(chain: 128, good: 8, lazy: 16, nice: 128)
        }
    }
}

/// The window and its chains, without their arrays.
struct ChainSearch {
    /// A match of three that is further away costs more than three literals.
    private static let farForThree = 4_096

    let bytes: UnsafeRawBufferPointer
    let heads: UnsafeMutableBufferPointer<UInt16>
    let links: UnsafeMutableBufferPointer<UInt16>
    let reach: Int
    let effort: DeflateLevel.Effort

    private struct Match {
        var length: Int
        var distance: Int
    }

    /// Adds the next tokens: some literals and a match, or a literal.
    @inline(__always)
    func step(_ state: inout SearchState, _ tokens: inout [Token]) {
        guard var match = longest(at: state.position, &state, over: 2) else {
            tokens.append(Token(literal: bytes[state.position]))
            state.position &+= 1
            return
        }
        while match.length < effort.lazy,
            let next = longest(at: state.position &+ 1, &state, over: match.length)
        {
            tokens.append(Token(literal: bytes[state.position]))
            state.position &+= 1
            match = next
        }
        tokens.append(Token(length: match.length, distance: match.distance))
        state.position &+= match.length
    }

    /// The longest match at this place that is longer than `length`; nil: there is none.
    @inline(__always)
    private func longest(at place: Int, _ state: inout SearchState, over length: Int) -> Match? {
        let most = min(Alphabets.longestMatch, state.end &- place)
        guard length < most, most >= Alphabets.shortestMatch else { return nil }
        var candidate = insert(upTo: place, &state)
        let lowest = max(state.lowest, place &- reach)
        var best = Match(length: length, distance: 0)
        var tries = length >= effort.good ? effort.chain &>> 2 : effort.chain
        var wanted = pair(place &+ length &- 1)
        let nice = min(effort.nice, most)
        while candidate >= lowest, tries > 0 {
            // Only a candidate that agrees where the best one ends can be longer.
            if pair(candidate &+ best.length &- 1) == wanted {
                let length = common(candidate, place, most)
                if length > best.length {
                    best = Match(length: length, distance: place &- candidate)
                    if length >= nice { break }
                    wanted = pair(place &+ length &- 1)
                }
            }
            candidate = Int(links[candidate & (links.count &- 1)])
            tries &-= 1
        }
        let isFar = best.length == 3 && best.distance > Self.farForThree
        return best.distance == 0 || isFar ? nil : best
    }

    /// Puts all places up to this one into their chains; the last place before with its hash.
    @inline(__always)
    private func insert(upTo place: Int, _ state: inout SearchState) -> Int {
        var last = 0
        while state.inserted <= place {
            let hash = hash(state.inserted)
            last = Int(heads[hash])
            links[state.inserted & (links.count &- 1)] = heads[hash]
            heads[hash] = UInt16(truncatingIfNeeded: state.inserted)
            state.inserted &+= 1
        }
        return last
    }

    /// The upper bits of a product depend on all three bytes.
    @inline(__always)
    private func hash(_ place: Int) -> Int {
        let three = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian &<< 8
        let product = three &* 0x9E37_79B1
        return Int(product &>> UInt32(32 &- heads.count.trailingZeroBitCount))
    }

    @inline(__always)
    private func pair(_ place: Int) -> UInt16 {
        bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)
    }

    /// How many bytes two places have in common, at most `most`.
    @inline(__always)
    private func common(_ first: Int, _ second: Int, _ most: Int) -> Int {
        var length = 0
        while length < most {
            let difference =
                bytes.loadUnaligned(fromByteOffset: first &+ length, as: UInt64.self)
                ^ bytes.loadUnaligned(fromByteOffset: second &+ length, as: UInt64.self)
            if difference != 0 {
                let same = UInt64(littleEndian: difference).trailingZeroBitCount &>> 3
                return min(length &+ same, most)
            }
            length &+= 8
        }
        return most
    }
}
