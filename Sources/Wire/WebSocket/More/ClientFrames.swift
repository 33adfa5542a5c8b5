// Frames as a client sends them: masked, so that no page can choose the bytes that a proxy on the
// way sees. Spec: RFC 6455 §5.3, §10.3. Next: ../Masking.swift.

extension FrameEncoder {
    /// A frame as a client sends it. The key has to be unpredictable: random, and new for each.
    /// Spec: RFC 6455 §5.3
    package static func encodeMasked(
        _ opcode: WebSocketOpcode, _ payload: ArraySlice<UInt8>, key: UInt32, isFinal: Bool = true
    ) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 14)
        appendHeader(opcode, length: payload.count, to: &frame)
        if !isFinal { frame[0] &= ~FrameLayout.fin }
        frame[1] |= FrameLayout.mask
        for shift in [0, 8, 16, 24] as [UInt32] {
            frame.append(UInt8(truncatingIfNeeded: key >> shift))
        }
        var masked = Array(payload)
        unmask(&masked, key: key, offset: 0)
        frame.append(contentsOf: masked)
        return frame
    }
}
