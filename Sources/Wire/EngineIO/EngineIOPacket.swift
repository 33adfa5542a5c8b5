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

    /// What a packet's text begins with.
    private enum Kind: UInt8 {
        case open = 0x30  // the digit 0
        case close, ping, pong, message, upgrade, noop
    }

    /// Decodes the text of one packet.
    package static func decode(
        text: ArraySlice<UInt8>
    ) throws(EngineIOPacketError) -> EngineIOPacket {
        guard let first = text.first else { throw .empty }
        guard let kind = Kind(rawValue: first) else { throw .unknownType(first) }
        let data = text.dropFirst()
        return switch kind {
        case .open: .open(data)
        case .close: .close
        case .ping: .ping(data)
        case .pong: .pong(data)
        case .message: .text(data)
        case .upgrade: .upgrade
        case .noop: .noop
        }
    }

    /// The packet as text; nil for a binary one, which has no text form of its own.
    package var text: [UInt8]? {
        switch self {
        case .open(let data): [Kind.open.rawValue] + data
        case .close: [Kind.close.rawValue]
        case .ping(let data): [Kind.ping.rawValue] + data
        case .pong(let data): [Kind.pong.rawValue] + data
        case .text(let data): [Kind.message.rawValue] + data
        case .binary: nil
        case .upgrade: [Kind.upgrade.rawValue]
        case .noop: [Kind.noop.rawValue]
        }
    }

    /// The data of the ping and the pong that try a new transport.
    package static let probe: ArraySlice<UInt8> = ArraySlice("probe".utf8)
}

/// Why a text is not a packet. The session ends: what else was lost can't be known.
package enum EngineIOPacketError: Error, Equatable, CustomStringConvertible {
    case unknownType(UInt8)
    case empty, badBase64, notUTF8, badOldPayload

    package var description: String {
        switch self {
        case .empty: "an Engine.IO packet was empty; expected a digit from 0 to 6 and its data"
        case .unknownType(let type):
            "an Engine.IO packet began with byte \(type); expected a digit from 0 to 6"
        case .badBase64: "a binary packet in a payload was not valid base64"
        case .notUTF8:
            "the body of a POST was not valid UTF-8; binary data goes as base64, behind a b"
        case .badOldPayload:
            "the body of a POST was no payload of Engine.IO 3: expected length, colon, packet"
        }
    }
}
