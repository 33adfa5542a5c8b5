// A hash function: a message of any length becomes a digest of a few bytes. It is padded to blocks
// of sixteen 32-bit words; each block is expanded to a schedule and mixed into the hash.
// SHA-1 is broken for anything that has an adversary; here it only proves that a server has
// understood the WebSocket opening handshake.
// Spec: FIPS 180-4 §5, §6.1. Next: Base64.swift; More/SHA256.swift, the hash of today.

/// The hash function of the WebSocket opening handshake.
/// Spec: RFC 6455 §4.2.2
package enum SHA1 {
    /// The 20-byte digest of `message`.
    /// Spec: FIPS 180-4 §6.1.2
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        let words = paddedWords(of: message)
        var schedule: [UInt32] = Array(repeating: 0, count: 80)
        for block in stride(from: 0, to: words.count, by: 16) {
            for step in 0..<16 { schedule[step] = words[block + step] }
            for step in 16..<80 {
                let mixed =
                    schedule[step - 3] ^ schedule[step - 8]
                    ^ schedule[step - 14] ^ schedule[step - 16]
                schedule[step] = mixed.rotatedLeft(by: 1)
            }
            var (a, b, c, d, e) = (hash[0], hash[1], hash[2], hash[3], hash[4])
            for step in 0..<80 {
                let (mixed, constant) = round(step, b, c, d)
                let next = a.rotatedLeft(by: 5) &+ mixed &+ e &+ constant &+ schedule[step]
                (a, b, c, d, e) = (next, a, b.rotatedLeft(by: 30), c, d)
            }
            (hash[0], hash[1], hash[2]) = (hash[0] &+ a, hash[1] &+ b, hash[2] &+ c)
            (hash[3], hash[4]) = (hash[3] &+ d, hash[4] &+ e)
        }
        return hash.flatMap(\.bigEndianBytes)
    }

    /// The function and the constant of a step; both change every twenty steps.
    /// Spec: FIPS 180-4 §4.1.1 and §4.2.1
    private static func round(
        _ step: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32
    ) -> (mixed: UInt32, constant: UInt32) {
        if step < 20 { return (b & c | ~b & d, 0x5A82_7999) }
        if step < 40 { return (b ^ c ^ d, 0x6ED9_EBA1) }
        if step < 60 { return (b & c | b & d | c & d, 0x8F1B_BCDC) }
        return (b ^ c ^ d, 0xCA62_C1D6)
    }
}

/// The message as words, sixteen to a block: a one bit and zeros behind it, its length at the end.
/// Spec: FIPS 180-4 §5.1.1 and §5.2.1
func paddedWords(of message: [UInt8]) -> [UInt32] {
    var words: [UInt32] = Array(repeating: 0, count: (message.count + 72) / 64 * 16)
    for (index, byte) in message.enumerated() {
        words[index / 4] |= UInt32(byte) &<< UInt32(24 - index % 4 * 8)
    }
    words[message.count / 4] |= 0x80 &<< UInt32(24 - message.count % 4 * 8)
    let bitCount = UInt64(message.count) &* 8
    words[words.count - 2] = UInt32(truncatingIfNeeded: bitCount >> 32)
    words[words.count - 1] = UInt32(truncatingIfNeeded: bitCount)
    return words
}

extension UInt32 {
    var bigEndianBytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
    }

    /// This word turned left by `count` bits, 0 < count < 32.
    func rotatedLeft(by count: UInt32) -> UInt32 {
        self &<< count | self &>> (32 &- count)
    }
}
