// In: bytes in pieces of any size. Out: whether they can still become valid UTF-8, told at the
// first byte that makes it impossible (a WebSocket server has to fail the connection right then),
// and whether they end between two characters. Nothing is buffered: the state is three bytes.
// Spec: RFC 3629 §4 (the grammar), RFC 6455 §8.1 (its use). Next: LogEscaping.swift.

/// Checks UTF-8 that arrives in pieces, and fails as early as possible.
package struct UTF8Validator: Sendable {
    /// How many bytes the character begun still needs.
    private var missing: UInt8 = 0

    /// The bounds of the next byte, inside a character. Overlong forms, surrogates and numbers
    /// over U+10FFFF differ from good ones in the second byte at the latest, so narrower bounds
    /// for that one byte refuse them all.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// A validator that has seen nothing, which is valid.
    package init() {}

    /// Whether all characters so far are whole. False after a refusal.
    package var isComplete: Bool { missing == 0 }

    /// Whether `bytes` are valid UTF-8 as a whole.
    package static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        var validator = UTF8Validator()
        return validator.feed(bytes) && validator.isComplete
    }

    /// Looks at the next bytes; false as soon as no continuation could make them valid, and from
    /// then on for ever.
    /// Spec: RFC 3629 §4
    package mutating func feed(_ bytes: ArraySlice<UInt8>) -> Bool {
        // Unsafe, because every text message passes here: without bounds checks, and with eight
        // ASCII characters at a time, 64 KiB cost microseconds instead of a tenth of a millisecond.
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if missing > 0 {
                    guard byte >= lowest, byte <= highest else { return refuse() }
                    missing &-= 1
                    (lowest, highest) = (0x80, 0xBF)
                    index &+= 1
                } else if byte < 0x80 {
                    index = firstNonASCII(in: bytes, from: index)
                } else {
                    guard begin(with: byte) else { return refuse() }
                    index &+= 1
                }
            }
            return true
        }
    }

    /// Sets out what has to follow the first byte of a character of several bytes.
    private mutating func begin(with byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF4: (missing, highest) = (3, 0x8F)
        case 0xF1...0xF3: missing = 3
        default: return false
        }
        return true
    }

    private func firstNonASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if eight & 0x8080_8080_8080_8080 != 0 { break }
            index &+= 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index &+= 1 }
        return index
    }

    /// Stays in a state that no byte satisfies.
    private mutating func refuse() -> Bool {
        (missing, lowest, highest) = (1, 0xFF, 0x00)
        return false
    }
}
