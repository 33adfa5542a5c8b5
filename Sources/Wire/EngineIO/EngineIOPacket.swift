// One packet of Engine.IO v4: a type and its data. Over WebSocket each packet is one message, a
// text beginning with the type's digit, or a binary message that is a message packet by itself.
// In: the text of one packet. Out: the packet, or why it is none. And back.
// Next: EngineIOPayload.swift (several packets in one HTTP body), SessionState.swift.

/// A packet of Engine.IO. Text is kept as bytes: most of it is JSON that others will read.
///
/// Spec: Engine.IO v4 "Packet encoding"
package enum EngineIOPacket: Equatable, Sendable {
    /// Server → client: the handshake.
    case open(ArraySlice<UInt8>)
    /// Ends the session.
    case close
    /// Server → client: are you there? With "probe", client → server: is this way open?
    case ping(ArraySlice<UInt8>)
    /// The answer to a ping, with the same data.
    case pong(ArraySlice<UInt8>)
    /// What the session is for: a text.
    case text(ArraySlice<UInt8>)
    /// What the session is for: bytes.
    case binary([UInt8])
    /// Client → server: from here on I use this transport.
    case upgrade
    /// Nothing: ends a poll that waits.
    case noop

    /// Decodes the text of one packet.
    package static func decode(
        text: ArraySlice<UInt8>
    ) throws(EngineIOPacketError) -> EngineIOPacket {
        guard let type = text.first else { throw .empty }
        let data = text.dropFirst()
        switch type {
        case UInt8(ascii: "0"): return .open(data)
        case UInt8(ascii: "1"): return .close
        case UInt8(ascii: "2"): return .ping(data)
        case UInt8(ascii: "3"): return .pong(data)
        case UInt8(ascii: "4"): return .text(data)
        case UInt8(ascii: "5"): return .upgrade
        case UInt8(ascii: "6"): return .noop
        default: throw .unknownType(type)
        }
    }

    /// The packet as text; nil for a binary one, which has no text form of its own.
    package var text: [UInt8]? {
        switch self {
        case .open(let data): [UInt8(ascii: "0")] + data
        case .close: [UInt8(ascii: "1")]
        case .ping(let data): [UInt8(ascii: "2")] + data
        case .pong(let data): [UInt8(ascii: "3")] + data
        case .text(let data): [UInt8(ascii: "4")] + data
        case .binary: nil
        case .upgrade: [UInt8(ascii: "5")]
        case .noop: [UInt8(ascii: "6")]
        }
    }

    /// The data of the ping and the pong that try a new transport.
    package static let probe: ArraySlice<UInt8> = ArraySlice("probe".utf8)
}

/// Why a text is not a packet. The session ends: nobody knows what else was lost.
package enum EngineIOPacketError: Error, Equatable, CustomStringConvertible {
    case empty
    case unknownType(UInt8)
    case badBase64
    case notUTF8
    case badOldPayload

    package var description: String {
        switch self {
        case .empty:
            "an Engine.IO packet was empty; expected a digit from 0 to 6 and its data"
        case .unknownType(let type):
            "an Engine.IO packet began with byte \(type); expected a digit from 0 to 6"
        case .badBase64:
            "a binary packet in a payload was not valid base64"
        case .notUTF8:
            "the body of a POST was not valid UTF-8; binary data goes as base64, behind a b"
        case .badOldPayload:
            "the body of a POST was no payload of Engine.IO 3: expected length, colon, packet"
        }
    }
}
