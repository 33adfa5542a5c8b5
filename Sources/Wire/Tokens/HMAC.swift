// A hash with a key: who does not know the key can neither make nor check the code of a message.
// In: a key, a message. Out: a code of 32 bytes; whether two codes are the same, in a time that
// does not tell where they differ. Spec: RFC 2104. SHA-256 as in RFC 4231.
// Next: StoredPassword.swift, TokenSigner.swift.

import EngineBytes

/// HMAC-SHA-256 with one key.
struct HMAC {
    private let innerKey, outerKey: [UInt8]
    /// The hashes after the block that holds the key: where a thousand codes have the same key,
    /// half of the work is done once.
    private let inner, outer: [UInt32]

    /// Spec: RFC 2104 §2
    init(key: [UInt8]) {
        let short = key.count > Self.block ? SHA256.digest(key) : key
        let padded = short + Array(repeating: 0, count: Self.block - short.count)
        innerKey = padded.map { $0 ^ 0x36 }
        outerKey = padded.map { $0 ^ 0x5C }
        inner = Self.hash(of: innerKey)
        outer = Self.hash(of: outerKey)
    }

    /// Bytes in a block of SHA-256.
    private static let block = 64

    private static func hash(of block: [UInt8]) -> [UInt32] {
        var hash = SHA256.start
        SHA256.mix(words(block), into: &hash)
        return hash
    }

    /// The code of a message.
    func code(of message: [UInt8]) -> [UInt8] {
        SHA256.digest(outerKey + SHA256.digest(innerKey + message))
    }

    /// The code of the code of … a code, so many times; all of them, the first included, by XOR.
    func chain(_ rounds: Int, from first: [UInt32]) -> [UInt32] {
        // All in one piece, for a loop that a debug build leaves as it is: a block with its
        // schedule, a hash, the two hashes that each code begins with, and what becomes of all.
        var memory = first + Self.padding + Array(repeating: 0, count: 48 + 8)
        memory += inner + outer + first
        memory.withUnsafeMutableBufferPointer { memory in
            guard let words = memory.baseAddress else { return }
            let (hash, inner, outer) = (words + 64, words + 72, words + 80)
            let all = words + 88
            var round = 0
            while round < rounds {
                hash.update(from: inner, count: 8)
                SHA256.mix(words, into: hash)
                words.update(from: hash, count: 8)
                hash.update(from: outer, count: 8)
                SHA256.mix(words, into: hash)
                words.update(from: hash, count: 8)
                var index = 0
                while index < 8 {
                    all[index] ^= words[index]
                    index &+= 1
                }
                round &+= 1
            }
        }
        return Array(memory.suffix(8))
    }

    /// What follows 32 bytes in the block behind the key's.
    /// Spec: FIPS 180-4 §5.1.1
    private static let padding: [UInt32] = [0x8000_0000, 0, 0, 0, 0, 0, 0, (64 + 32) * 8]

    /// Bytes as words of 32 bits.
    static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}

/// Whether a secret that was given is the right one, in a time that does not tell how near it is.
public func isSameSecret(_ given: String, _ secret: String) -> Bool {
    isSame(SHA256.digest(Array(given.utf8)), SHA256.digest(Array(secret.utf8)))
}

/// Whether two lists of bytes are the same. It looks at all bytes in any case: how long it takes
/// says nothing about how many of them are right.
func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    // The brackets count: in Swift | and ^ bind equally, from left to right.
    return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}
