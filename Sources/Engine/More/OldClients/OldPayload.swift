// Several packets in one HTTP body, as Engine.IO 3 framed them: each behind its length. Two forms:
// text, where a binary packet is base64, and bytes.
// In: a body. Out: its packets, all or none. And back. Next: OldDialect.swift.
// Spec: Engine.IO v3 "Payload"

import EngineBytes
import EngineIOWire

/// The body of a poll's answer, or of a POST, in Engine.IO 3.
nonisolated enum OldPayload {
    /// A length has at most so many digits: a body of a gigabyte would be refused long before.
    private static let longestLength = 9
    /// Ends a length in the form of bytes.
    private static let lengthEnd: UInt8 = 255

    // MARK: - Text: `97:0{"sid":…}6:4hello10:b4AQIDBA==`

    /// Adds a packet that is text already, with its type. Lengths count UTF-16 code units: the
    /// first clients were JavaScript.
    static func append(text packet: ArraySlice<UInt8>, to body: inout [UInt8]) {
        let length = packet.reduce(0) { $0 + codeUnits($1) }
        body.append(contentsOf: String(length).utf8)
        body.append(.colon)
        body.append(contentsOf: packet)
    }

    /// A binary message packet as text: `b4` and base64.
    static func text(ofBinary data: ArraySlice<UInt8>) -> [UInt8] {
        Array("b4".utf8) + Base64.encode(data)
    }

    /// Decodes a body of text, which has to be valid UTF-8.
    static func decode(
        text body: ArraySlice<UInt8>
    ) throws(OldPayloadError) -> [EngineIOPacket] {
        guard !body.isEmpty else { throw .badLength }
        var packets: [EngineIOPacket] = []
        var rest = body
        while !rest.isEmpty {
            let digits = rest.prefix(longestLength) { $0 != .colon }
            guard var length = number(digits.map { $0 &- 0x30 }), rest.count > digits.count,
                rest[rest.startIndex + digits.count] == .colon
            else { throw .badLength }
            rest = rest.dropFirst(digits.count + 1)
            var end = rest.startIndex
            while length > 0, end < rest.endIndex {
                length -= codeUnits(rest[end])
                end += 1
                while end < rest.endIndex, rest[end] & 0xC0 == 0x80 { end += 1 }
            }
            // Over zero: the body is shorter. Below: the length ends within a character.
            guard length == 0 else { throw .badLength }
            // `0:` is a payload of nothing.
            if end > rest.startIndex { packets.append(try packet(text: rest[..<end])) }
            rest = rest[end...]
        }
        return packets
    }

    /// How many UTF-16 code units begin with this byte of UTF-8.
    private static func codeUnits(_ byte: UInt8) -> Int {
        byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
    }

    // MARK: - Bytes: 0 (text) or 1 (binary), the length's digits, 255, the packet

    /// Adds a packet: its text with its type, or, if it is binary, its data alone.
    static func append(
        _ packet: ArraySlice<UInt8>, isBinary: Bool, toBytes body: inout [UInt8]
    ) {
        let length = packet.count + (isBinary ? 1 : 0)
        body.append(isBinary ? 1 : 0)
        body.append(contentsOf: String(length).utf8.map { $0 &- 0x30 })
        body.append(lengthEnd)
        // The type of a binary packet is a number, not a digit.
        if isBinary { body.append(4) }
        body.append(contentsOf: packet)
    }

    /// Decodes a body of bytes.
    static func decode(
        bytes body: ArraySlice<UInt8>
    ) throws(OldPayloadError) -> [EngineIOPacket] {
        guard !body.isEmpty else { throw .badLength }
        var packets: [EngineIOPacket] = []
        var rest = body
        while let kind = rest.popFirst() {
            let digits = rest.prefix(longestLength) { $0 != lengthEnd }
            guard kind <= 1, let length = number(Array(digits)), rest.count > digits.count + length,
                rest[rest.startIndex + digits.count] == lengthEnd
            else { throw .badLength }
            rest = rest.dropFirst(digits.count + 1)
            let data = rest.prefix(length)
            rest = rest.dropFirst(length)
            if kind == 1 {
                packets.append(try packet(binary: data))
            } else {
                guard UTF8Validator.isValid(data) else { throw .badPacket }
                packets.append(try packet(text: data))
            }
        }
        return packets
    }

    private static func number(_ digits: [UInt8]) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ $0 < 10 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1) }
    }

    // MARK: - One packet

    /// A packet that came as text: `4hello`, `b4AQID`.
    static func packet(text: ArraySlice<UInt8>) throws(OldPayloadError) -> EngineIOPacket {
        if text.starts(with: Array("b4".utf8)) {
            guard let data = Base64.decode(text.dropFirst(2)) else { throw .badPacket }
            return .binary(data)
        }
        guard let packet = try? EngineIOPacket.decode(text: text) else { throw .badPacket }
        return packet
    }

    /// A packet that came as bytes: only messages do.
    static func packet(binary data: ArraySlice<UInt8>) throws(OldPayloadError) -> EngineIOPacket {
        guard data.first == 4 else { throw .badPacket }
        return .binary(Array(data.dropFirst()))
    }
}

extension ArraySlice {
    /// The first elements that fulfil a condition, at most so many.
    fileprivate nonisolated func prefix(
        _ limit: Int, while isPart: (Element) -> Bool
    ) -> ArraySlice<Element> {
        prefix(limit).prefix(while: isPart)
    }
}

/// Why a body or a message of Engine.IO 3 cannot be read. The session ends: what else was lost
/// is unknown.
nonisolated enum OldPayloadError: Error, CustomStringConvertible {
    case badLength
    case badPacket

    var description: String {
        switch self {
        case .badLength: "the length of an Engine.IO 3 packet was none, or not its own"
        case .badPacket: "an Engine.IO 3 packet did not begin with a digit from 0 to 6"
        }
    }
}
