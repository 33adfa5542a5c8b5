// In: bytes of a connection, in pieces of any size. Out: parts of frames, unmasked. A control
// frame comes whole; of a long data frame the parts come as they arrive, so that text that is not
// UTF-8 is noticed before the rest of it is sent.
// Spec: RFC 6455 §5.2, §5.3. Next: Masking.swift, MessageDecoder.swift.

import EngineBytes

/// Decodes frames.
struct FrameDecoder {
    private let role: WebSocketRole
    /// Whether messages may be marked: an extension was agreed on.
    var allowsMarks = false
    /// The bytes that were fed, themselves, while they are decoded; what is left then is copied.
    private(set) var buffer: ArraySlice<UInt8> = []
    private var position = 0
    /// The frame whose payload is arriving, and how much of that is there.
    private var header: FrameHeader?
    private var received = 0

    init(role: WebSocketRole) { self.role = role }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if buffer.isEmpty {
            buffer = bytes
            position = bytes.startIndex
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    /// What is left is the beginning of a header or of a control frame: a few bytes. Were the read
    /// ones kept, a peer whose pieces all end inside a header could fill the memory.
    private mutating func keepRest() {
        buffer = position < buffer.endIndex ? ArraySlice(Array(buffer[position...])) : []
        position = 0
    }

    /// The next part of a frame; nil: not yet. `longest` is what a data frame may have: a longer
    /// one is refused by its header, before its payload is sent.
    mutating func nextPart(longest: Int, limit: Int) throws(WebSocketError) -> FramePart? {
        if buffer.isEmpty { return nil }
        if header == nil {
            header = try parseHeader()
            received = 0
        }
        guard let header else {
            keepRest()
            return nil
        }
        guard header.opcode.isControl || header.length <= longest || received > 0 else {
            throw .messageTooBig(limit: limit)
        }
        let count = min(buffer.endIndex - position, header.length - received)
        let endsFrame = received + count == header.length
        if !endsFrame, header.opcode.isControl || count == 0 {
            keepRest()
            return nil
        }
        let start = position - buffer.startIndex
        var payload = buffer.withUnsafeBufferPointer {
            Array(UnsafeBufferPointer(rebasing: $0[start..<(start + count)]))
        }
        if let key = header.maskingKey { unmask(&payload, key: key, offset: received) }
        position += count
        received += count
        if endsFrame { self.header = nil }
        if position == buffer.endIndex { keepRest() }
        return FramePart(header: header, payload: payload, endsFrame: endsFrame)
    }

    // MARK: - The header

    /// The next frame's header; nil: not all of it is there.
    private mutating func parseHeader() throws(WebSocketError) -> FrameHeader? {
        guard buffer.endIndex - position >= 2 else { return nil }
        let (first, second) = (buffer[position], buffer[position + 1])
        let opcode = try checkFirstBytes(first, second)
        let isMasked = second & FrameLayout.mask != 0
        var length = UInt64(second & FrameLayout.length)
        let lengthBytes =
            length == FrameLayout.length16 ? 2 : length == FrameLayout.length64 ? 8 : 0
        var next = position + 2
        guard buffer.endIndex - next >= lengthBytes + (isMasked ? 4 : 0) else { return nil }
        if lengthBytes > 0 {
            length = buffer[next..<next + lengthBytes].reduce(0) { $0 << 8 | UInt64($1) }
            // Written as briefly as possible, and with the highest of 64 bits clear.
            guard length >= (lengthBytes == 2 ? 126 : 65_536) else { throw .lengthNotMinimal }
            guard length <= UInt64(Int.max) else { throw .lengthTooLarge }
            next += lengthBytes
        }
        var key: UInt32?
        if isMasked {
            // In memory order: its first byte masks the first byte of the payload.
            let bytes = (buffer[next], buffer[next + 1], buffer[next + 2], buffer[next + 3])
            let low = UInt32(bytes.0) | UInt32(bytes.1) << 8
            key = low | UInt32(bytes.2) << 16 | UInt32(bytes.3) << 24
            next += 4
        }
        position = next
        return FrameHeader(
            first: first, opcode: opcode, length: Int(length), maskingKey: key)
    }

    /// What the first two bytes alone can be wrong in.
    /// Spec: RFC 6455 §5.1, §5.2, §5.5
    private func checkFirstBytes(
        _ first: UInt8, _ second: UInt8
    ) throws(WebSocketError) -> WebSocketOpcode {
        let reserved = first & FrameLayout.reservedBits
        // A message is marked by the first of its frames.
        let isMark = reserved == FrameLayout.mark && 1...2 ~= first & FrameLayout.opcode
        guard reserved == 0 || allowsMarks && isMark else { throw .reservedBits }
        guard let opcode = WebSocketOpcode(rawValue: first & FrameLayout.opcode) else {
            throw .reservedOpcode(first & FrameLayout.opcode)
        }
        guard (second & FrameLayout.mask != 0) == (role == .server) else {
            throw role == .server ? .notMasked : .masked
        }
        if opcode.isControl {
            guard first & FrameLayout.fin != 0 else { throw .fragmentedControlFrame }
            guard second & FrameLayout.length <= FrameLayout.longestControl else {
                throw .controlFrameTooLong
            }
        }
        return opcode
    }
}
