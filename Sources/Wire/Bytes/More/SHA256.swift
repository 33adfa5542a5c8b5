// The hash function that is good for what has an adversary: built as SHA-1 is, with another
// schedule and eight words. Spec: FIPS 180-4 §6.2. Next: ../SHA1.swift.

/// The hash function by which a Content-Security-Policy names scripts, and tokens are signed.
/// Spec: W3C CSP Level 3 §2.3.1
package enum SHA256 {
    /// The 32-byte digest of `message`.
    /// Spec: FIPS 180-4 §6.2.2
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash = start
        let words = paddedWords(of: message)
        for block in stride(from: 0, to: words.count, by: 16) {
            mix(Array(words[block..<(block + 16)]), into: &hash)
        }
        return hash.flatMap(\.bigEndianBytes)
    }

    /// The eight words that a hash begins with.
    /// Spec: FIPS 180-4 §5.3.3
    package static let start: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
        0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]

    /// Mixes a block of sixteen words into a hash of eight.
    package static func mix(_ block: [UInt32], into hash: inout [UInt32]) {
        var words = block + Array(repeating: 0, count: 48)
        words.withUnsafeMutableBufferPointer { words in
            hash.withUnsafeMutableBufferPointer { hash in
                guard let words = words.baseAddress, let hash = hash.baseAddress else { return }
                mix(words, into: hash)
            }
        }
    }

    /// The same in memory of the caller's: 64 words, of which the first sixteen are the block, and
    /// eight of the hash.
    ///
    /// Unsafe, and in loops that a debug build leaves as they are: a password is stretched by a
    /// hundred thousand blocks. 1 µs a block in a debug build, too; with arrays it was 20.
    package static func mix(
        _ words: UnsafeMutablePointer<UInt32>, into hash: UnsafeMutablePointer<UInt32>
    ) {
        var step = 16
        while step < 64 {
            let (near, far) = (words[step &- 2], words[step &- 15])
            let nearMixed =
                (near &>> 17 | near &<< 15) ^ (near &>> 19 | near &<< 13) ^ near &>> 10
            let farMixed = (far &>> 7 | far &<< 25) ^ (far &>> 18 | far &<< 14) ^ far &>> 3
            words[step] = nearMixed &+ words[step &- 7] &+ farMixed &+ words[step &- 16]
            step &+= 1
        }
        constants.withUnsafeBufferPointer { constants in
            guard let constants = constants.baseAddress else { return }
            compress(words, constants, into: hash)
        }
    }

    private static func compress(
        _ words: UnsafeMutablePointer<UInt32>, _ constants: UnsafePointer<UInt32>,
        into hash: UnsafeMutablePointer<UInt32>
    ) {
        var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
        var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
        var step = 0
        while step < 64 {
            let eMixed = (e &>> 6 | e &<< 26) ^ (e &>> 11 | e &<< 21) ^ (e &>> 25 | e &<< 7)
            let chosen = e & f ^ ~e & g
            let first = h &+ eMixed &+ chosen &+ constants[step] &+ words[step]
            let aMixed = (a &>> 2 | a &<< 30) ^ (a &>> 13 | a &<< 19) ^ (a &>> 22 | a &<< 10)
            let majority = a & b ^ a & c ^ b & c
            h = g
            g = f
            f = e
            e = d &+ first
            d = c
            c = b
            b = a
            a = first &+ aMixed &+ majority
            step &+= 1
        }
        hash[0] &+= a
        hash[1] &+= b
        hash[2] &+= c
        hash[3] &+= d
        hash[4] &+= e
        hash[5] &+= f
        hash[6] &+= g
        hash[7] &+= h
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

extension UInt32 {
    var bigEndianBytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
