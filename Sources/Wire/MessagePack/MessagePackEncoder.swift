// In: a value. Out: its bytes, each number and length in the smallest form that holds it, which
// is what notepack.io writes too: it is what Node's servers and emitters use.
// Spec: MessagePack, spec.md. Next: MessagePackJSON.swift.

/// Writes MessagePack.
package enum MessagePackEncoder {
    /// The bytes of a value.
    package static func encode(_ value: MessagePackValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    /// Adds the bytes of a value.
    package static func append(_ value: MessagePackValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(0xC0)
        case .bool(let truth): bytes.append(truth ? 0xC3 : 0xC2)
        case .int(let number) where number < 0: append(negative: number, to: &bytes)
        case .int(let number): append(UInt64(number), to: &bytes)
        case .uint(let number): append(number, to: &bytes)
        case .double(let number): append(0xCB, number.bitPattern, 8, to: &bytes)
        case .string(let text):
            appendLength(text.utf8.count, short: (0xA0, 31), [0xD9, 0xDA, 0xDB], to: &bytes)
            bytes.append(contentsOf: text.utf8)
        case .binary(let data):
            appendLength(data.count, short: nil, [0xC4, 0xC5, 0xC6], to: &bytes)
            bytes.append(contentsOf: data)
        case .array(let elements):
            appendLength(elements.count, short: (0x90, 15), [nil, 0xDC, 0xDD], to: &bytes)
            for element in elements { append(element, to: &bytes) }
        case .map(let members):
            appendLength(members.count, short: (0x80, 15), [nil, 0xDE, 0xDF], to: &bytes)
            for member in members {
                append(member.key, to: &bytes)
                append(member.value, to: &bytes)
            }
        case .timestamp(let seconds, let nanoseconds):
            append(type: -1, timestamp(seconds, nanoseconds), to: &bytes)
        case .ext(let type, let data): append(type: type, data, to: &bytes)
        }
    }

    // MARK: - Numbers

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        switch number {
        case 0...0x7F: bytes.append(UInt8(number))
        case 0...0xFF: append(0xCC, number, 1, to: &bytes)
        case 0...0xFFFF: append(0xCD, number, 2, to: &bytes)
        case 0...0xFFFF_FFFF: append(0xCE, number, 4, to: &bytes)
        default: append(0xCF, number, 8, to: &bytes)
        }
    }

    private static func append(negative number: Int64, to bytes: inout [UInt8]) {
        let pattern = UInt64(bitPattern: number)
        switch number {
        case -32 ... -1: bytes.append(UInt8(truncatingIfNeeded: number))
        case Int64(Int8.min)...(-1): append(0xD0, pattern, 1, to: &bytes)
        case Int64(Int16.min)...(-1): append(0xD1, pattern, 2, to: &bytes)
        case Int64(Int32.min)...(-1): append(0xD2, pattern, 4, to: &bytes)
        default: append(0xD3, pattern, 8, to: &bytes)
        }
    }

    /// A type, and the low bytes of a number, the most significant first.
    private static func append(
        _ type: UInt8, _ number: UInt64, _ count: Int, to bytes: inout [UInt8]
    ) {
        bytes.append(type)
        append(number, count, to: &bytes)
    }

    private static func append(_ number: UInt64, _ count: Int, to bytes: inout [UInt8]) {
        for place in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(place * 8)))
        }
    }

    // MARK: - Lengths

    /// `short`: a type that holds the length itself, and up to which. `types`: those with a length
    /// of one, two and four bytes.
    private static func appendLength(
        _ count: Int, short: (type: UInt8, limit: Int)?, _ types: [UInt8?], to bytes: inout [UInt8]
    ) {
        if let short, count <= short.limit { return bytes.append(short.type | UInt8(count)) }
        for (type, size) in zip(types, [1, 2, 4]) {
            guard let type, size == 4 || count < 1 << (size * 8) else { continue }
            return append(type, UInt64(count), size, to: &bytes)
        }
    }

    // MARK: - Extensions

    private static func append(type: Int8, _ data: [UInt8], to bytes: inout [UInt8]) {
        let fixed: [Int: UInt8] = [1: 0xD4, 2: 0xD5, 4: 0xD6, 8: 0xD7, 16: 0xD8]
        if let code = fixed[data.count] {
            bytes.append(code)
        } else {
            appendLength(data.count, short: nil, [0xC7, 0xC8, 0xC9], to: &bytes)
        }
        bytes.append(UInt8(bitPattern: type))
        bytes.append(contentsOf: data)
    }

    /// In 4, 8 or 12 bytes. Spec: MessagePack "Timestamp extension type"
    private static func timestamp(_ seconds: Int64, _ nanoseconds: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        if nanoseconds == 0, let small = UInt32(exactly: seconds) {
            append(UInt64(small), 4, to: &bytes)
        } else if seconds >= 0, seconds < 1 << 34 {
            append(UInt64(nanoseconds) << 34 | UInt64(seconds), 8, to: &bytes)
        } else {
            append(UInt64(nanoseconds), 4, to: &bytes)
            append(UInt64(bitPattern: seconds), 8, to: &bytes)
        }
        return bytes
    }
}
