// In: a payload and the key in its frame. Out: the same bytes, masked or unmasked: it is the same
// operation. Spec: RFC 6455 §5.3. Next: FrameDecoder.swift.

/// Masks or unmasks in place. `offset` is how much of the frame's payload came before.
/// The key is little-endian: its lowest byte belongs to the payload's first.
///
/// Eight bytes at a time instead of one: every byte that a client sends goes through here, and
/// this takes a seventh of the time. The pointer does not leave the closure, and the loops' bounds
/// are the buffer's own.
/// Spec: RFC 6455 §5.3
func unmask(_ payload: inout [UInt8], key: UInt32, offset: Int) {
    let shift = UInt32(offset & 3) &* 8
    let rotated = shift == 0 ? key : key &>> shift | key &<< (32 &- shift)
    let wide = UInt64(rotated) | UInt64(rotated) &<< 32
    payload.withUnsafeMutableBytes { bytes in
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let masked = UInt64(littleEndian: word) ^ wide
            bytes.storeBytes(of: masked.littleEndian, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        while index < bytes.count {
            bytes[index] ^= UInt8(truncatingIfNeeded: rotated &>> (UInt32(index & 3) &* 8))
            index &+= 1
        }
    }
}
