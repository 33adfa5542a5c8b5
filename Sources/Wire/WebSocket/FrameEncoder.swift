// In: an opcode and a payload. Out: the bytes of a frame as a server sends it, not masked.
// Spec: RFC 6455 §5.2, §5.5.1. Next: FrameDecoder.swift, the way back.

/// Encodes frames.
package enum FrameEncoder {
    /// A frame with the whole of a message, or a control frame.
    package static func encode(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
        encode(opcode, payload[...])
    }

    /// A frame; `isFinal`: its message ends with it.
    package static func encode(
        _ opcode: WebSocketOpcode, _ payload: ArraySlice<UInt8>, isFinal: Bool = true
    ) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 10)
        appendHeader(opcode, length: payload.count, isFinal: isFinal, to: &frame)
        frame.append(contentsOf: payload)
        return frame
    }

    /// The first bytes of a frame, for payloads that are written elsewhere. A masked frame's key
    /// follows them.
    package static func appendHeader(
        _ opcode: WebSocketOpcode, length: Int, isFinal: Bool = true, isMasked: Bool = false,
        to frame: inout [UInt8]
    ) {
        let mask: UInt8 = isMasked ? FrameLayout.mask : 0
        frame.append((isFinal ? FrameLayout.fin : 0) | opcode.rawValue)
        if length < 126 {
            frame.append(mask | UInt8(length))
        } else if length < 65_536 {
            frame.append(mask | FrameLayout.length16)
            frame.append(UInt8(length >> 8))
            frame.append(UInt8(length & 0xFF))
        } else {
            frame.append(mask | FrameLayout.length64)
            for shift in stride(from: 56, through: 0, by: -8) {
                frame.append(UInt8(truncatingIfNeeded: length >> shift))
            }
        }
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
