// Frames whose message an extension has changed: compressed it, for one. In: a server's frame with
// a whole message. Out: its parts; the same frame with the bit that says so.
// Spec: RFC 6455 §5.2, §9; RFC 7692 §6. Next: ../FrameEncoder.swift.

extension FrameEncoder {
    /// Sets RSV1: an extension has changed the message that begins with this frame.
    package static func mark(_ frame: inout [UInt8]) { frame[0] |= FrameLayout.mark }

    /// The type and the payload of a frame that `encode` has made of a whole message; nil: it is
    /// a control frame, or marked already.
    package static func message(
        in frame: ArraySlice<UInt8>
    ) -> (type: WebSocketOpcode, payload: ArraySlice<UInt8>)? {
        guard frame.count >= 2, frame[frame.startIndex] & FrameLayout.reservedBits == 0,
            let type = WebSocketOpcode(
                rawValue: frame[frame.startIndex] & FrameLayout.opcode), !type.isControl
        else { return nil }
        let length = frame[frame.startIndex + 1] & FrameLayout.length
        let more = length == FrameLayout.length16 ? 2 : length == FrameLayout.length64 ? 8 : 0
        return (type, frame.dropFirst(2 + more))
    }
}

extension HandshakeError {
    /// The extensions that a client offers are no list of names with parameters.
    /// Spec: RFC 6455 §9.1
    package init(extensions reason: String) { self.init(reason: reason) }
}
