// One packet of Engine.IO v4: a type and its data. Over WebSocket each packet is one message, a
// text beginning with the type's digit, or a binary message that is a message packet by itself.
// In: the text of one packet. Out: the packet, or why it is none. And back: More/PacketText.swift.
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
        guard let type = text.first else {
            throw EngineIOPacketError(
                "an Engine.IO packet was empty; expected a digit from 0 to 6 and its data")
        }
        let data = text.dropFirst()
        switch type &- UInt8(ascii: "0") {
        case 0: return .open(data)
        case 1: return .close
        case 2: return .ping(data)
        case 3: return .pong(data)
        case 4: return .text(data)
        case 5: return .upgrade
        case 6: return .noop
        default:
            throw EngineIOPacketError(
                "an Engine.IO packet began with byte \(type); expected a digit from 0 to 6")
        }
    }

    /// The data of the ping and the pong that try a new transport.
    package static let probe: ArraySlice<UInt8> = ArraySlice("probe".utf8)
}

/// Why a text is not a packet. The session ends: what else was lost can't be known.
package struct EngineIOPacketError: Error, Equatable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
