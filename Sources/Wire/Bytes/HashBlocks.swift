// In: a message of any length. Out: the 32-bit big-endian words that SHA-1 and SHA-256 work on,
// padded to whole blocks of sixteen. The two functions share this step and nothing else.
// Spec: FIPS 180-4 §5.1.1 and §5.2.1. Next: SHA1.swift.

/// The message as blocks of sixteen words: a one bit and zeros after it, its length at the end.
/// Spec: FIPS 180-4 §5.1.1
func hashBlocks(of message: [UInt8]) -> [UInt32] {
    // 1 byte for the one bit and 8 for the length, rounded up to blocks of 64.
    let wordCount = (message.count + 9 + 63) / 64 * 16
    var words: [UInt32] = Array(repeating: 0, count: wordCount)
    for (index, byte) in message.enumerated() {
        words[index / 4] |= UInt32(byte) << shift(at: index)
    }
    words[message.count / 4] |= 0x80 << shift(at: message.count)
    let bitCount = UInt64(message.count) &* 8
    words[wordCount - 2] = UInt32(truncatingIfNeeded: bitCount >> 32)
    words[wordCount - 1] = UInt32(truncatingIfNeeded: bitCount)
    return words
}

/// The words of a finished hash as bytes, the most significant first.
func bigEndianBytes(_ words: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 4)
    for word in words {
        for shift: UInt32 in [24, 16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }
    return bytes
}

extension UInt32 {
    /// This word turned left by `count` bits, 0 < count < 32.
    func rotatedLeft(by count: UInt32) -> UInt32 { self &<< count | self &>> (32 &- count) }

    /// This word turned right by `count` bits, 0 < count < 32.
    func rotatedRight(by count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}

/// How far to the left the byte at `index` of a message belongs within its word.
private func shift(at index: Int) -> UInt32 { UInt32(24 - index % 4 * 8) }
