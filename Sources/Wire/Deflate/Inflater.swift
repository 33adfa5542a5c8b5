// In: compressed bytes, in pieces of any size. Out: what they stand for, in pieces, or the rule
// that was broken. What comes out is limited: a small input for a huge output costs the limit.
// Memory: the window and as much again, at most 65 KiB for 15 bits; in a block, 8 KiB for its
// codes; and the input that has been fed and not yet decoded.
// Spec: RFC 1951 §3, RFC 7692 §7.2.2. Next: InflateHeader.swift, InflateSymbols.swift.

/// Decompresses.
package struct Inflater: Sendable {
    private enum State {
        case header
        case blockHeader
        case stored(left: Int)
        case symbols(BlockCodes)
        case trailer
        case finished
        case failed(InflateError)
    }

    private let format: DeflateFormat
    private let windowBits: Int
    private let keepsContext: Bool
    private let limit: Int
    private var reader = BitReader()
    private var window: InflateWindow
    private var state = State.header
    private var isFinalBlock = false
    /// What has come out, and whether anything has come in and all of it: of this message.
    private var produced = 0
    private var hasBegun = false
    private var hasEnded = false
    private var check: ContentCheck

    /// A decompressor.
    /// - Parameters:
    ///   - windowBits: The window has 2 to the power of this many bytes, 8 to 15. A match that
    ///     reaches further back is refused.
    ///   - limit: The most bytes that may come out: of each message, where there are messages.
    ///   - keepsContext: Whether a message may copy from messages before. Spec: RFC 7692 §7.1.1
    package init(
        _ format: DeflateFormat, windowBits: Int = 15, limit: Int, keepsContext: Bool = true
    ) {
        self.format = format
        self.windowBits = min(max(windowBits, 8), 15)
        self.keepsContext = keepsContext
        self.limit = limit
        window = InflateWindow(size: 1 << self.windowBits)
        check = ContentCheck(format)
    }

    /// Takes the next compressed bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        hasBegun = true
        reader.feed(bytes)
    }

    /// Says that all bytes of the message, or of the stream, have been fed. When `nextPiece` then
    /// gives nil, it was whole.
    /// Spec: RFC 7692 §7.2.2
    package mutating func feedEnd() {
        // Some compressors send nothing at all for an empty message.
        if format == .messages, hasBegun { reader.feed(syncFlushTail[...]) }
        hasEnded = true
    }

    /// How many bytes are held: the window, and input that is not yet decoded.
    package var heldCount: Int { window.bytes.count + reader.input.count }

    /// Decompressed bytes; nil: there are no more for now.
    package mutating func nextPiece() throws(InflateError) -> [UInt8]? {
        do throws(InflateError) {
            while try takeStep() {}
        } catch {
            state = .failed(error)
            throw error
        }
        guard window.hasFresh else { return nil }
        let piece = window.takeFresh()
        check.feed(piece[...])
        return piece
    }

    // MARK: - The state machine

    /// Goes on by a header, by a part of a block; false: bytes are needed, or have to be taken.
    private mutating func takeStep() throws(InflateError) -> Bool {
        switch state {
        case .header:
            var next = reader
            guard try format.readHeader(&next, windowBits: windowBits) else { return try wait() }
            reader = next
            state = .blockHeader
        case .blockHeader:
            return try beginBlock()
        case .stored(let left):
            return try takeStored(left)
        case .symbols(let codes):
            return try takeSymbols(codes)
        case .trailer:
            // The checksum is that of all bytes: also of those that have not been taken.
            if window.hasFresh { return false }
            var next = reader
            next.alignToByte()
            guard try check.isConfirmed(by: &next) != nil else { return try wait() }
            reader = next
            state = .finished
        case .finished:
            return try finish()
        case .failed(let error):
            throw error
        }
        return true
    }

    /// Nothing goes on before more bytes come.
    private func wait() throws(InflateError) -> Bool {
        if hasEnded, !window.hasFresh { throw .truncated }
        return false
    }

    /// Spec: RFC 1951 §3.2.3
    private mutating func beginBlock() throws(InflateError) -> Bool {
        if format == .messages, hasEnded, reader.isEmpty { return endMessage() }
        var next = reader
        guard let isFinal = next.take(1), let type = next.take(2) else { return try wait() }
        switch BlockType(rawValue: type) {
        case .stored:
            next.alignToByte()
            guard let length = next.take(16), let complement = next.take(16) else {
                return try wait()
            }
            guard length == ~complement & 0xFFFF else { throw .storedLengthMismatch }
            state = .stored(left: length)
        case .fixed:
            state = .symbols(.fixed)
        case .dynamic:
            guard let codes = try BlockCodes(dynamic: &next) else { return try wait() }
            state = .symbols(codes)
        case nil:
            throw .reservedBlockType
        }
        reader = next
        isFinalBlock = isFinal == 1
        return true
    }

    /// Spec: RFC 1951 §3.2.4
    private mutating func takeStored(_ left: Int) throws(InflateError) -> Bool {
        guard left > 0 else {
            endBlock()
            return true
        }
        guard window.makeRoom() else { return false }
        let bytes = reader.takeBytes(min(left, window.roomLeft))
        if bytes.isEmpty { return try wait() }
        window.append(bytes)
        state = .stored(left: left - bytes.count)
        try count(bytes.count)
        return true
    }

    private mutating func takeSymbols(_ codes: BlockCodes) throws(InflateError) -> Bool {
        guard window.makeRoom() else { return false }
        let start = window.end
        let end = codes.decode(&reader, into: &window)
        try count(window.end - start)
        switch end {
        case .needsRoom: return true
        case .needsInput: return try wait()
        case .endOfBlock: endBlock()
        case .failed(let error): throw error
        }
        return true
    }

    private mutating func count(_ count: Int) throws(InflateError) {
        produced += count
        guard produced <= limit else { throw .tooLarge(limit: limit) }
    }

    /// Between messages, the final block ends nothing but a byte.
    /// Spec: RFC 7692 §7.2.3.4
    private mutating func endBlock() {
        if isFinalBlock, format == .messages { reader.alignToByte() }
        state = isFinalBlock && format != .messages ? .trailer : .blockHeader
    }

    // MARK: - The end

    private mutating func endMessage() -> Bool {
        if window.hasFresh { return false }
        if !keepsContext { window.forget() }
        (produced, hasBegun, hasEnded) = (0, false, false)
        return false
    }

    /// A gzip file may have several members, one after the other; their contents belong together.
    /// Spec: RFC 1952 §2.2
    private mutating func finish() throws(InflateError) -> Bool {
        if reader.isEmpty { return false }
        guard format == .gzip else { throw .bytesAfterEnd }
        state = .header
        window.forget()
        check = ContentCheck(format)
        return true
    }
}
