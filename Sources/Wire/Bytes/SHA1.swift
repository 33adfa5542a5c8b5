// In: bytes. Out: their 20-byte SHA-1 digest. The WebSocket opening handshake needs it, as a
// proof that the server understood the request and not as a secret: SHA-1 is broken for anything
// that has an adversary. For those, see SHA256.swift.
// Spec: FIPS 180-4 §6.1, used by RFC 6455 §4.2.2. Next: HashBlocks.swift.

/// The hash function of the WebSocket opening handshake.
package enum SHA1 {
    /// The 20-byte digest of `message`.
    /// Spec: FIPS 180-4 §6.1.2
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        let words = hashBlocks(of: message)
        var hash: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var schedule: [UInt32] = Array(repeating: 0, count: 80)
        for block in stride(from: 0, to: words.count, by: 16) {
            for step in 0..<16 { schedule[step] = words[block + step] }
            for step in 16..<80 {
                let mixed =
                    schedule[step - 3] ^ schedule[step - 8]
                    ^ schedule[step - 14] ^ schedule[step - 16]
                schedule[step] = mixed.rotatedLeft(by: 1)
            }
            compress(schedule, into: &hash)
        }
        return bigEndianBytes(hash)
    }

    private static func compress(_ schedule: [UInt32], into hash: inout [UInt32]) {
        var (a, b, c, d, e) = (hash[0], hash[1], hash[2], hash[3], hash[4])
        for step in 0..<80 {
            let (mixed, constant) = round(step, b, c, d)
            let next = a.rotatedLeft(by: 5) &+ mixed &+ e &+ constant &+ schedule[step]
            (a, b, c, d, e) = (next, a, b.rotatedLeft(by: 30), c, d)
        }
        hash[0] &+= a
        hash[1] &+= b
        hash[2] &+= c
        hash[3] &+= d
        hash[4] &+= e
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
