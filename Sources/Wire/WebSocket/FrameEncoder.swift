// In: an opcode and a payload. Out: the bytes of a frame as a server sends it, not masked.
// Spec: RFC 6455 §5.2, §5.5.1. Next: FrameDecoder.swift, the way back.

/// Encodes frames.
package enum FrameEncoder {
    /// A frame with the whole of a message, or a control frame.
    package static func encode(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 10)
        appendHeader(opcode, length: payload.count, to: &frame)
        frame.append(contentsOf: payload)
        return frame
    }

    /// The first bytes of such a frame, for payloads that are written elsewhere.
    package static func appendHeader(
        _ opcode: WebSocketOpcode, length: Int, to frame: inout [UInt8]
    ) {
        frame.append(FrameLayout.fin | opcode.rawValue)
        if length < 126 {
            frame.append(UInt8(length))
        } else if length < 65_536 {
            frame.append(FrameLayout.length16)
            frame.append(UInt8(length >> 8))
            frame.append(UInt8(length & 0xFF))
        } else {
            frame.append(FrameLayout.length64)
            for shift in stride(from: 56, through: 0, by: -8) {
                frame.append(UInt8(truncatingIfNeeded: length >> shift))
            }
        }
    }

    /// Writes the header of a frame whose payload begins at its third byte: most need no more than
    /// two. Returns how many bytes it has.
    package static func setHeader(_ opcode: WebSocketOpcode, in frame: inout [UInt8]) -> Int {
        let length = frame.count - 2
        (frame[0], frame[1]) = (FrameLayout.fin | opcode.rawValue, UInt8(clamping: length))
        if length < 126 { return 2 }
        var header: [UInt8] = []
        appendHeader(opcode, length: length, to: &header)
        frame.replaceSubrange(0..<2, with: header)
        return header.count
    }

    /// The payload of a close frame. A reason that is too long is cut between two characters, and
    /// a code that must not stand in a frame, like 1005, leaves the payload empty.
    /// Spec: RFC 6455 §5.5.1, §7.4.1
    package static func closePayload(_ code: CloseCode, reason: String) -> [UInt8] {
        guard code.mayBeSent else { return [] }
        var payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
        for character in reason {
            let bytes = character.utf8
            guard payload.count + bytes.count <= FrameLayout.longestControl else { break }
            payload.append(contentsOf: bytes)
        }
        return payload
    }
}
