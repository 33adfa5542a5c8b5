// Several packets in one HTTP body, for long-polling: separated by 0x1E, binary ones as "b" and
// base64, since the body is text.
// In: a body. Out: its packets, all or none. And back. Next: EngineIOPacket.swift.

import EngineBytes

/// The body of a poll's answer, or of a POST.
///
/// Spec: Engine.IO v4 "Packet encoding", "HTTP long-polling"
package enum EngineIOPayload {
    /// Between two packets: the record separator, which no JSON text contains unescaped.
    package static let separator: UInt8 = 0x1E

    /// Decodes a body. All of its packets are good, or none is handed out.
    package static func decode(
        _ body: ArraySlice<UInt8>
    ) throws(EngineIOPacketError) -> [EngineIOPacket] {
        let parts = body.split(separator: separator, omittingEmptySubsequences: false)
        return try parts.map(decodeOne)
    }

    private static func decodeOne(
        _ part: ArraySlice<UInt8>
    ) throws(EngineIOPacketError) -> EngineIOPacket {
        guard part.first == UInt8(ascii: "b") else { return try .decode(text: part) }
        guard let bytes = Base64.decode(part.dropFirst()) else { throw badBase64 }
        return .binary(bytes)
    }

    package static let badBase64 = EngineIOPacketError(
        "a binary packet in a payload was not valid base64")

    /// Adds a packet to a body: a text with its type, or the data of a binary message packet.
    package static func append(
        _ packet: ArraySlice<UInt8>, isBinary: Bool, to body: inout [UInt8]
    ) {
        if !body.isEmpty { body.append(separator) }
        guard isBinary else { return body.append(contentsOf: packet) }
        body.append("b")
        body.append(contentsOf: Base64.encode(packet))
    }

    /// How many bytes a packet takes in a body, the separator included.
    package static func size(ofPacketWith count: Int, isBinary: Bool) -> Int {
        isBinary ? 2 + (count + 2) / 3 * 4 : 1 + count
    }
}
