// In: the payloads of a compressed message. Out: what it says, never more than the limit: what
// comes out is counted while it does. Spec: RFC 7692 §6.2, §7.2.2.
// Next: ../Deflate/Inflater.swift, ../WebSocket/MessageDecoder.swift.

import DeflateWire
import WebSocketWire

/// Decompresses the messages of one connection.
package struct MessageRestorer: MessageRestoring {
    private var inflater: Inflater

    /// Keeps to what was agreed on. `limit` is the most bytes that a message may have afterwards.
    package init(_ agreement: MessageDeflateAgreement, isServer: Bool, limit: Int) {
        inflater = agreement.decompressor(isServer: isServer, limit: limit)
    }

    /// How many bytes are held between messages.
    package var heldCount: Int { inflater.heldCount }

    package mutating func restore(
        _ payload: inout [UInt8], endsMessage: Bool
    ) throws(WebSocketError) {
        inflater.feed(payload[...])
        if endsMessage { inflater.feedEnd() }
        do throws(InflateError) {
            payload = try inflater.nextPiece() ?? []
            while let piece = try inflater.nextPiece() { payload += piece }
        } catch {
            if case .tooLarge(let limit) = error { throw .messageTooBig(limit: limit) }
            throw .notRestorable("a compressed message was wrong: \(error)")
        }
    }
}
