// Two hash functions: a message of any length becomes a digest of a few bytes. It is padded to
// blocks of sixteen 32-bit words; each block is expanded to a schedule and mixed into the hash.
// SHA-1 is broken for anything that has an adversary; here it only proves that a server has
// understood the WebSocket opening handshake.
// Spec: FIPS 180-4 §5, §6.1, §6.2. Next: Base64.swift.

/// The hash function of the WebSocket opening handshake.
/// Spec: RFC 6455 §4.2.2
package enum SHA1 {
    /// The 20-byte digest of `message`.
    /// Spec: FIPS 180-4 §6.1.2
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for block in blocks(of: message) {
            var schedule = block
            for step in 16..<80 {
                let mixed =
                    schedule[step - 3] ^ schedule[step - 8]
                    ^ schedule[step - 14] ^ schedule[step - 16]
                schedule.append(mixed.rotatedLeft(by: 1))
            }
            var (a, b, c, d, e) = (hash[0], hash[1], hash[2], hash[3], hash[4])
            for step in 0..<80 {
                let (mixed, constant) = round(step, b, c, d)
                let next = a.rotatedLeft(by: 5) &+ mixed &+ e &+ constant &+ schedule[step]
                (a, b, c, d, e) = (next, a, b.rotatedLeft(by: 30), c, d)
            }
            hash = zip(hash, [a, b, c, d, e]).map { $0 &+ $1 }
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

/// The hash function by which a Content-Security-Policy names scripts.
/// Spec: W3C CSP Level 3 §2.3.1
package enum SHA256 {
    /// The 32-byte digest of `message`.
    /// Spec: FIPS 180-4 §6.2.2
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
            0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        for block in blocks(of: message) {
            var schedule = block
            for step in 16..<64 {
                let (near, far) = (schedule[step - 2], schedule[step - 15])
                let nearMixed = near.rotatedRight(by: 17) ^ near.rotatedRight(by: 19) ^ near >> 10
                let farMixed = far.rotatedRight(by: 7) ^ far.rotatedRight(by: 18) ^ far >> 3
                schedule.append(
                    nearMixed &+ schedule[step - 7] &+ farMixed &+ schedule[step - 16])
            }
            hash = zip(hash, compressed(schedule, hash)).map { $0 &+ $1 }
        }
        return hash.flatMap(\.bigEndianBytes)
    }

    private static func compressed(_ schedule: [UInt32], _ hash: [UInt32]) -> [UInt32] {
        var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
        var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
        for step in 0..<64 {
            let eMixed = e.rotatedRight(by: 6) ^ e.rotatedRight(by: 11) ^ e.rotatedRight(by: 25)
            let chosen = e & f ^ ~e & g
            let first = h &+ eMixed &+ chosen &+ constants[step] &+ schedule[step]
            let aMixed = a.rotatedRight(by: 2) ^ a.rotatedRight(by: 13) ^ a.rotatedRight(by: 22)
            let majority = a & b ^ a & c ^ b & c
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ aMixed &+ majority)
        }
        return [a, b, c, d, e, f, g, h]
    }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    /// Spec: FIPS 180-4 §4.2.2
    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1,
        0x923F_82A4, 0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
        0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786,
        0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147,
        0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
        0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
        0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A,
        0x5B9C_CA4F, 0x682E_6FF3, 0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
        0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}

/// The message in blocks of sixteen words: a one bit and zeros behind it, its length at the end.
/// Spec: FIPS 180-4 §5.1.1 and §5.2.1
private func blocks(of message: [UInt8]) -> [[UInt32]] {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bitCount = UInt64(message.count) &* 8
    padded += UInt32(truncatingIfNeeded: bitCount >> 32).bigEndianBytes
    padded += UInt32(truncatingIfNeeded: bitCount).bigEndianBytes
    return stride(from: 0, to: padded.count, by: 64).map { block in
        stride(from: block, to: block + 64, by: 4).map { word in
            padded[word..<(word + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}

extension UInt32 {
    fileprivate var bigEndianBytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
    }

    /// This word turned left by `count` bits, 0 < count < 32.
    fileprivate func rotatedLeft(by count: UInt32) -> UInt32 {
        self &<< count | self &>> (32 &- count)
    }

    fileprivate func rotatedRight(by count: UInt32) -> UInt32 { rotatedLeft(by: 32 &- count) }
}
