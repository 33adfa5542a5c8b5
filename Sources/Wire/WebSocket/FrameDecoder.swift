// In: bytes of a connection, in pieces of any size. Out: parts of frames, unmasked. A control
// frame comes whole; of a long data frame the parts come as they arrive, so that text that is not
// UTF-8 is noticed before the rest of it is sent.
// Spec: RFC 6455 §5.2, §5.3. Next: Masking.swift, MessageDecoder.swift.

import EngineBytes

/// Decodes frames.
struct FrameDecoder {
    private let role: WebSocketRole
    private var buffer: [UInt8] = []
    private var position = 0
    /// The frame whose payload is arriving, and how much of that is there.
    private var header: FrameHeader?
    private var received = 0

    init(role: WebSocketRole) { self.role = role }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        // What is left here is the beginning of a header or of a control frame: a few bytes. Were
        // the read ones kept, a peer whose pieces all end inside a header could fill the memory.
        if position > 0 {
            buffer.removeSubrange(..<position)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// How many bytes are held, read ones included: what an idle connection costs beside itself.
    var bufferedCount: Int { buffer.count }

    /// The next part of a frame; nil: not yet. `longest` is what a data frame may have: a longer
    /// one is refused by its header, before its payload is sent.
    mutating func nextPart(longest: Int, limit: Int) throws(WebSocketError) -> FramePart? {
        if header == nil {
            guard let next = try parseHeader() else { return nil }
            guard next.opcode.isControl || next.length <= longest else {
                throw .messageTooBig(limit: limit)
            }
            header = next
            received = 0
        }
        guard let header else { return nil }
        let count = min(buffer.count - position, header.length - received)
        let endsFrame = received + count == header.length
        if !endsFrame, header.opcode.isControl || count == 0 { return nil }
        return takePart(header, count, endsFrame)
    }

    private mutating func takePart(
        _ header: FrameHeader, _ count: Int, _ endsFrame: Bool
    ) -> FramePart {
        var payload = Array(buffer[position..<(position + count)])
        if let key = header.maskingKey { unmask(&payload, key: key, offset: received) }
        position += count
        received += count
        if endsFrame { self.header = nil }
        if position == buffer.count {
            buffer = []
            position = 0
        }
        return FramePart(header: header, payload: payload, endsFrame: endsFrame)
    }

    // MARK: - The header

    /// Parses on a copy of the position, and moves on only when the header is complete.
    private mutating func parseHeader() throws(WebSocketError) -> FrameHeader? {
        let available = buffer.count - position
        guard available >= 2 else { return nil }
        let first = buffer[position]
        let second = buffer[position + 1]
        let opcode = try checkFirstBytes(first, second)
        let length = second & FrameLayout.length
        let isMasked = second & FrameLayout.mask != 0
        let lengthBytes =
            length == FrameLayout.length16 ? 2 : length == FrameLayout.length64 ? 8 : 0
        let size = 2 + lengthBytes + (isMasked ? 4 : 0)
        guard available >= size else { return nil }
        let payloadLength = try extendedLength(length, lengthBytes)
        var key: UInt32?
        if isMasked { key = maskingKey(at: position + 2 + lengthBytes) }
        position += size
        let isFinal = first & FrameLayout.fin != 0
        return FrameHeader(
            isFinal: isFinal, opcode: opcode, length: payloadLength, maskingKey: key)
    }

    /// What the first two bytes alone can be wrong in.
    /// Spec: RFC 6455 §5.1, §5.2, §5.5
    private func checkFirstBytes(
        _ first: UInt8, _ second: UInt8
    ) throws(WebSocketError) -> WebSocketOpcode {
        guard first & FrameLayout.reservedBits == 0 else { throw .reservedBits }
        guard let opcode = WebSocketOpcode(rawValue: first & FrameLayout.opcode) else {
            throw .reservedOpcode(first & FrameLayout.opcode)
        }
        switch role {
        case .server: guard second & FrameLayout.mask != 0 else { throw .notMasked }
        case .client: guard second & FrameLayout.mask == 0 else { throw .masked }
        }
        if opcode.isControl {
            guard first & FrameLayout.fin != 0 else { throw .fragmentedControlFrame }
            guard second & FrameLayout.length <= FrameLayout.longestControl else {
                throw .controlFrameTooLong
            }
        }
        return opcode
    }

    /// The length that stands in more than seven bits: written as briefly as possible, and with
    /// the highest of its 64 bits clear.
    /// Spec: RFC 6455 §5.2
    private func extendedLength(
        _ length: UInt8, _ lengthBytes: Int
    ) throws(WebSocketError) -> Int {
        guard lengthBytes > 0 else { return Int(length) }
        var extended: UInt64 = 0
        for index in 0..<lengthBytes {
            extended = extended << 8 | UInt64(buffer[position + 2 + index])
        }
        guard extended >= (lengthBytes == 2 ? 126 : 65_536) else { throw .lengthNotMinimal }
        guard let length = Int(exactly: extended) else { throw .lengthTooLarge }
        return length
    }

    /// The key in memory order: its first byte masks the first byte of the payload.
    private func maskingKey(at start: Int) -> UInt32 {
        var key: UInt32 = 0
        for index in 0..<4 {
            key |= UInt32(buffer[start + index]) << UInt32(8 * index)
        }
        return key
    }
}
