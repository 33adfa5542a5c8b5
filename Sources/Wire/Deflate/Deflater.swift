// In: bytes, in pieces of any size. Out: compressed bytes, as soon as a block of them is full, or
// when they are asked for. A WebSocket's messages go through one compressor: each may copy from
// those before, unless the context is dropped between them. To save its memory, a compressor may
// also be thrown away between two messages, and a new one take its place.
// Memory for 15 bits: at most 264 KiB: 64 each for the window, heads, links and tokens of a block,
// and tables. For 9 bits: 76 KiB.
// Spec: RFC 1951 §3, RFC 7692 §7.2.1.
// Next: MatchFinder.swift, BlockEncoder.swift, Inflater.swift.

/// What a call of the compressor ends with.
package enum DeflateFlush: Sendable {
    /// Nothing: more bytes follow, and compress better together.
    case none
    /// All that was given so far can be decompressed; 00 00 FF FF stands at the end.
    case sync
    /// The stream is over.
    case finish
}

/// Compresses.
package struct Deflater: Sendable {
    /// A block has at most so many tokens: then new codes fit what follows better.
    private static let blockTokens = 16_384

    private let format: DeflateFormat
    private let level: DeflateLevel
    private let windowBits: Int
    private let keepsContext: Bool
    private var finder: MatchFinder
    private var tokens: [Token] = []
    private var writer = BitWriter()
    private var check: ContentCheck
    private var hasBegun = false

    /// A compressor.
    /// - Parameters:
    ///   - windowBits: Matches reach back less than 2 to the power of this many bytes, 8 to 15.
    ///   - keepsContext: Whether a message may copy from messages before. Spec: RFC 7692 §7.1.1
    package init(
        _ format: DeflateFormat, level: DeflateLevel = .default, windowBits: Int = 15,
        keepsContext: Bool = true
    ) {
        self.format = format
        self.level = level
        self.windowBits = min(max(windowBits, 8), 15)
        self.keepsContext = keepsContext
        finder = MatchFinder(windowBits: self.windowBits, level: level)
        check = ContentCheck(format)
    }

    /// How many bytes are held between calls.
    package var heldCount: Int {
        finder.heldCount + tokens.capacity * MemoryLayout<Token>.size + writer.output.count
    }

    /// Compresses the next bytes. What comes back is everything that is ready; without a flush,
    /// some of it comes with later calls. After `.finish` a new stream begins.
    package mutating func compress(
        _ bytes: ArraySlice<UInt8>, flush: DeflateFlush = .none
    ) -> [UInt8] {
        if !hasBegun {
            hasBegun = true
            writer.append(format.header(windowBits: windowBits, level: level))
        }
        check.feed(bytes)
        // At once what a block takes, since doubling would go far beyond it.
        if tokens.count + bytes.count > 1_000 { tokens.reserveCapacity(Self.blockTokens + 20) }
        var rest = bytes
        repeat {
            finder.fill(&rest)
            findTokens(isLast: rest.isEmpty && flush != .none)
        } while !rest.isEmpty
        switch flush {
        case .none: break
        case .sync:
            if !tokens.isEmpty { writeBlock(isFinal: false) }
            BlockEncoder.writeStored([], isFinal: false, to: &writer)
        case .finish:
            writeBlock(isFinal: true)
            writer.alignToByte()
            writer.append(check.trailer)
            (hasBegun, check) = (false, ContentCheck(format))
            finder.forget()
        }
        return writer.takeBytes()
    }

    /// Compresses the last bytes of a message, and leaves out what every message ends with.
    /// Spec: RFC 7692 §7.2.1
    package mutating func endMessage(_ bytes: ArraySlice<UInt8> = []) -> [UInt8] {
        let message = compress(bytes, flush: .sync).dropLast(syncFlushTail.count)
        if !keepsContext { finder.forget() }
        return Array(message)
    }

    private mutating func findTokens(isLast: Bool) {
        while true {
            finder.findTokens(&tokens, longest: Self.blockTokens, isLast: isLast)
            guard tokens.count >= Self.blockTokens else { return }
            writeBlock(isFinal: false)
        }
    }

    private mutating func writeBlock(isFinal: Bool) {
        BlockEncoder(tokens).write(isFinal: isFinal, bytes: finder.takeBlock(), to: &writer)
        tokens.removeAll(keepingCapacity: true)
    }
}
