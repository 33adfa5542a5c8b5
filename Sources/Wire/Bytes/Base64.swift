// Bytes as text: each character carries six bits. Engine.IO carries binary messages over
// long-polling in Base64, and the WebSocket opening handshake its key and its answer.
// Spec: RFC 4648 §4. Next: UTF8Validator.swift; More/URLSafeBase64.swift.

/// Base64, with the standard alphabet.
package enum Base64 {
    /// The standard spelling of `bytes`, padded with `=` to a multiple of four characters.
    /// Spec: RFC 4648 §4
    package static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        let alphabet = alphabet
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            bits = bits &<< 8 | UInt32(byte)
            bitCount &+= 8
            while bitCount >= 6 {
                bitCount &-= 6
                text.append(alphabet[Int(bits &>> bitCount & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits &<< (6 &- bitCount) & 63)]) }
        while text.count % 4 != 0 { text.append(.equals) }
        return text
    }

    /// The bytes that `text` spells in the standard alphabet, or nil if it spells none.
    ///
    /// Padding may be missing as a whole, but not in part. Spare bits of the last character are
    /// ignored: RFC 6455 §4.1 itself shows a key (`…PEC==`) in which they are not zero.
    /// Spec: RFC 4648 §3.3 and §4
    package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var digits = text
        if text.count % 4 == 0 {
            if digits.last == .equals { digits = digits.dropLast() }
            if digits.last == .equals { digits = digits.dropLast() }
        }
        // One digit alone carries six bits: too few for a byte.
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        let values = values
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = bits &<< 6 | UInt32(value)
            bitCount &+= 6
            if bitCount >= 8 {
                bitCount &-= 8
                bytes.append(UInt8(truncatingIfNeeded: bits &>> bitCount))
            }
        }
        return bytes
    }

    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each byte as a digit of the standard alphabet; 255 marks all others.
    private static let values: [UInt8] = {
        var table: [UInt8] = Array(repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() { table[Int(digit)] = UInt8(value) }
        return table
    }()
}
