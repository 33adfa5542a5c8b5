// In: a whole message. Out: its value. A message from Redis is whole when it comes, so that
// nothing is kept between calls; each length is checked against the bytes that are left.
// Spec: MessagePack, spec.md. Next: MessagePackEncoder.swift.

import EngineBytes

/// Reads MessagePack.
package struct MessagePackDecoder {
    private var rest: ArraySlice<UInt8>
    private let limits: MessagePackLimits
    private var depth = 0
    private var elements = 0

    /// The one value that these bytes are.
    package static func decode(
        _ bytes: ArraySlice<UInt8>, limits: MessagePackLimits = MessagePackLimits()
    ) throws(MessagePackError) -> MessagePackValue {
        guard bytes.count <= limits.size else {
            throw MessagePackError(
                "a message of \(bytes.count) bytes is over the \(limits.size) allowed")
        }
        var decoder = MessagePackDecoder(rest: bytes, limits: limits)
        let value = try decoder.value()
        guard decoder.rest.isEmpty else {
            throw MessagePackError("\(decoder.rest.count) bytes follow the end of the value")
        }
        return value
    }

    private init(rest: ArraySlice<UInt8>, limits: MessagePackLimits) {
        self.rest = rest
        self.limits = limits
    }

    // MARK: - Values

    private mutating func value() throws(MessagePackError) -> MessagePackValue {
        let type = UInt8(try number(1))
        switch type {
        case 0x00...0x7F: return .int(Int64(type))
        case 0x80...0x8F: return try map(Int(type & 0x0F))
        case 0x90...0x9F: return try array(Int(type & 0x0F))
        case 0xA0...0xBF: return try string(Int(type & 0x1F))
        case 0xC0: return .null
        case 0xC2, 0xC3: return .bool(type == 0xC3)
        case 0xC4...0xC6: return .binary(Array(try take(try length(1 << (type - 0xC4)))))
        case 0xC7...0xC9: return try ext(try length(1 << (type - 0xC7)))
        case 0xCA: return .double(Double(Float(bitPattern: UInt32(try number(4)))))
        case 0xCB: return .double(Double(bitPattern: try number(8)))
        case 0xCC...0xCF: return Self.unsigned(try number(1 << (type - 0xCC)))
        case 0xD0...0xD3: return .int(try signed(1 << (type - 0xD0)))
        case 0xD4...0xD8: return try ext(1 << Int(type - 0xD4))
        case 0xD9...0xDB: return try string(try length(1 << (type - 0xD9)))
        case 0xDC, 0xDD: return try array(try length(2 << (type - 0xDC)))
        case 0xDE, 0xDF: return try map(try length(2 << (type - 0xDE)))
        case 0xE0...0xFF: return .int(Int64(Int8(bitPattern: type)))
        default: throw MessagePackError("the byte 0xC1 begins no value")
        }
    }

    private static func unsigned(_ number: UInt64) -> MessagePackValue {
        Int64(exactly: number).map { .int($0) } ?? .uint(number)
    }

    /// Text that is no UTF-8 is repaired, as in JavaScript: half of a surrogate pair, for one.
    private mutating func string(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        .string(String(decoding: try take(count), as: UTF8.self))
    }

    private mutating func array(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        try enter(announcing: count)
        var elements: [MessagePackValue] = []
        elements.reserveCapacity(min(count, 64))
        for _ in 0..<count { elements.append(try value()) }
        depth -= 1
        return .array(elements)
    }

    private mutating func map(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        try enter(announcing: count * 2)
        var members: [MessagePackValue.Member] = []
        members.reserveCapacity(min(count, 64))
        for _ in 0..<count {
            let key = try value()
            members.append(MessagePackValue.Member(key, try value()))
        }
        depth -= 1
        return .map(members)
    }

    /// Each element has at least one byte.
    private mutating func enter(announcing count: Int) throws(MessagePackError) {
        guard count <= rest.count else { throw tooShort(count) }
        guard depth < limits.depth else {
            throw MessagePackError("values are nested deeper than \(limits.depth) levels")
        }
        elements += count
        guard elements <= limits.elements else {
            throw MessagePackError("a message has more than \(limits.elements) elements")
        }
        depth += 1
    }

    // MARK: - Extensions

    private mutating func ext(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        let type = Int8(bitPattern: UInt8(try number(1)))
        let data = Array(try take(count))
        return type == -1 ? try timestamp(data) : .ext(type, data)
    }

    /// Spec: MessagePack "Timestamp extension type"
    private func timestamp(_ data: [UInt8]) throws(MessagePackError) -> MessagePackValue {
        var seconds: Int64
        var nanoseconds: UInt64 = 0
        switch data.count {
        case 4: seconds = Int64(Self.number(data[...]))
        case 8:
            let both = Self.number(data[...])
            seconds = Int64(both & 0x3_FFFF_FFFF)
            nanoseconds = both >> 34
        case 12:
            nanoseconds = Self.number(data[..<4])
            seconds = Int64(bitPattern: Self.number(data[4...]))
        default: throw MessagePackError("a timestamp of \(data.count) bytes: it has 4, 8 or 12")
        }
        guard nanoseconds < 1_000_000_000 else {
            throw MessagePackError("a timestamp has more nanoseconds than a second")
        }
        return .timestamp(seconds: seconds, nanoseconds: UInt32(nanoseconds))
    }

    // MARK: - Bytes

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The most significant byte comes first.
    private mutating func number(_ count: Int) throws(MessagePackError) -> UInt64 {
        Self.number(try take(count))
    }

    private mutating func signed(_ count: Int) throws(MessagePackError) -> Int64 {
        let shift = UInt64(64 - count * 8)
        return Int64(bitPattern: try number(count) << shift) >> Int64(shift)
    }

    /// At most four bytes.
    private mutating func length(_ count: Int) throws(MessagePackError) -> Int {
        Int(try number(count))
    }

    private mutating func take(_ count: Int) throws(MessagePackError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw tooShort(count) }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    private func tooShort(_ count: Int) -> MessagePackError {
        MessagePackError("\(count) bytes are announced, and \(rest.count) are left")
    }
}
