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
        var hash: Hash = (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0)
        let words = paddedWords(of: message)
        // Unsafe, as each connection is hashed for: no check of a bound at each of 160 steps.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { schedule in
            for block in stride(from: 0, to: words.count, by: 16) {
                for step in 0..<16 { schedule[step] = words[block + step] }
                mix(schedule, into: &hash)
            }
        }
        let bytes = (
            hash.0.bigEndian, hash.1.bigEndian, hash.2.bigEndian, hash.3.bigEndian,
            hash.4.bigEndian
        )
        return withUnsafeBytes(of: bytes) { Array($0) }
    }

    private typealias Hash = (UInt32, UInt32, UInt32, UInt32, UInt32)

    /// Expands a block of sixteen words, and mixes it into the hash. The function and the constant
    /// of a step change every twenty steps.
    /// Spec: FIPS 180-4 §4.1.1, §4.2.1
    private static func mix(_ words: UnsafeMutableBufferPointer<UInt32>, into hash: inout Hash) {
        for step in 16..<80 {
            let mixed =
                words[step &- 3] ^ words[step &- 8] ^ words[step &- 14] ^ words[step &- 16]
            words[step] = mixed.rotatedLeft(by: 1)
        }
        var (a, b, c, d, e) = hash
        func turn(_ mixed: UInt32, _ constant: UInt32, _ word: UInt32) {
            let next = a.rotatedLeft(by: 5) &+ mixed &+ e &+ constant &+ word
            (a, b, c, d, e) = (next, a, b.rotatedLeft(by: 30), c, d)
        }
        for step in 0..<20 { turn(b & c | ~b & d, 0x5A82_7999, words[step]) }
        for step in 20..<40 { turn(b ^ c ^ d, 0x6ED9_EBA1, words[step]) }
        for step in 40..<60 { turn(b & c | b & d | c & d, 0x8F1B_BCDC, words[step]) }
        for step in 60..<80 { turn(b ^ c ^ d, 0xCA62_C1D6, words[step]) }
        hash = (hash.0 &+ a, hash.1 &+ b, hash.2 &+ c, hash.3 &+ d, hash.4 &+ e)
    }
}

/// The message as words, sixteen to a block: a one bit and zeros behind it, its length at the end.
/// Spec: FIPS 180-4 §5.1.1 and §5.2.1
func paddedWords(of message: [UInt8]) -> [UInt32] {
    // Not Array(repeating:), which asks at run time what an array of UInt32 is: 700 instructions.
    var words = Array(repeatElement(0 as UInt32, count: (message.count + 72) / 64 * 16))
    words.withUnsafeMutableBytes { bytes in
        message.withUnsafeBytes { bytes.copyMemory(from: $0) }
        bytes[message.count] = 0x80
    }
    for index in 0...(message.count / 4) { words[index] = words[index].bigEndian }
    let bitCount = UInt64(message.count) &* 8
    words[words.count - 2] = UInt32(truncatingIfNeeded: bitCount >> 32)
    words[words.count - 1] = UInt32(truncatingIfNeeded: bitCount)
    return words
}

extension UInt32 {
    /// This word turned left by `count` bits, 0 < count < 32.
    func rotatedLeft(by count: UInt32) -> UInt32 {
        self &<< count | self &>> (32 &- count)
    }
}
