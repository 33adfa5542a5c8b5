// In: bytes of a connection, and the ways in which a network may cut them. Out: what the decoder
// made of them: always the same, however they were cut, or the test fails.
// Spec: none of its own. Next: FrameEncoderTests.swift.

import Testing
import WebSocketWire

/// What came out of a decoder: messages and control frames, and maybe the error after them.
struct MessageOutcome: Equatable {
    var incoming: [Incoming] = []
    var error: WebSocketError?
}

/// Feeds the pieces and pulls whatever is there after each of them, as a connection does.
func decodeMessages(
    _ pieces: [ArraySlice<UInt8>], role: WebSocketRole = .server,
    limits: WebSocketLimits = WebSocketLimits()
) -> MessageOutcome {
    var decoder = MessageDecoder(role: role, limits: limits)
    var outcome = MessageOutcome()
    do throws(WebSocketError) {
        for piece in pieces {
            decoder.feed(piece)
            while let incoming = try decoder.next() { outcome.incoming.append(incoming) }
        }
    } catch {
        outcome.error = error
    }
    return outcome
}

/// Decodes the bytes in every cut, and expects the same outcome from each.
func decodeInEveryCut(
    _ bytes: [UInt8], role: WebSocketRole = .server, limits: WebSocketLimits = WebSocketLimits(),
    from location: SourceLocation = #_sourceLocation
) -> MessageOutcome {
    let whole = decodeMessages([bytes[...]], role: role, limits: limits)
    for pieces in cuts(of: bytes).dropFirst() {
        let outcome = decodeMessages(pieces, role: role, limits: limits)
        #expect(outcome == whole, "first piece: \(pieces[0].count)", sourceLocation: location)
    }
    return whole
}

/// A client's frame. The encoder that makes it is compared with the RFC's bytes in
/// FrameEncoderTests, so that the two directions cannot be wrong together.
func masked(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true
) -> [UInt8] {
    FrameEncoder.encodeMasked(opcode, payload[...], key: 0x3D21_FA37, isFinal: isFinal)
}

/// A client's frame with this text in it.
func masked(_ opcode: WebSocketOpcode, _ text: String, isFinal: Bool = true) -> [UInt8] {
    masked(opcode, Array(text.utf8), isFinal: isFinal)
}

/// The text as a message that has arrived.
func text(_ text: String) -> Incoming { .text(Array(text.utf8)) }

/// Bytes of which no two neighbours are the same, so that a shifted mask shows.
func counting(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
}
