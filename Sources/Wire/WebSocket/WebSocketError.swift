// Every way in which a peer can break the protocol, with the code that the connection ends with.
// Spec: RFC 6455 §7.1.7. Next: FrameDecoder.swift, MessageDecoder.swift.

/// Why a WebSocket connection has to be failed.
package enum WebSocketError: Error, Equatable, Sendable, CustomStringConvertible {
    case reservedBits
    case reservedOpcode(UInt8)
    case notMasked, masked
    case fragmentedControlFrame, controlFrameTooLong
    case lengthNotMinimal, lengthTooLarge
    case unexpectedContinuation, unfinishedMessage
    case messageTooBig(limit: Int)
    case tooManyFragments(limit: Int)
    case invalidUTF8
    case notRestorable(String)
    case closePayloadOfOneByte
    case invalidCloseCode(UInt16)

    /// The code of the close frame that tells the peer.
    package var closeCode: CloseCode {
        switch self {
        case .messageTooBig, .tooManyFragments: .messageTooBig
        case .invalidUTF8, .notRestorable: .invalidPayload
        default: .protocolError
        }
    }

    /// What was wrong and what was expected.
    package var description: String {
        switch self {
        case .reservedBits: "a reserved bit was set; no extension was agreed on"
        case .reservedOpcode(let opcode): "opcode \(opcode) is reserved"
        case .notMasked: "a frame of the client's was not masked"
        case .masked: "a frame of the server's was masked"
        case .fragmentedControlFrame: "a control frame must not be fragmented"
        case .controlFrameTooLong: "a control frame has at most 125 bytes"
        case .lengthNotMinimal: "a length must be written in as few bytes as possible"
        case .lengthTooLarge: "the highest bit of a length must be clear"
        case .unexpectedContinuation: "a continuation came without a message to continue"
        case .unfinishedMessage: "a new message began before the last one was finished"
        case .messageTooBig(let limit): "a message has at most \(limit) bytes"
        case .tooManyFragments(let limit): "a message has at most \(limit) fragments"
        case .invalidUTF8: "a text was not valid UTF-8"
        case .notRestorable(let reason): reason
        case .closePayloadOfOneByte: "a close frame has no payload or at least a code of two bytes"
        case .invalidCloseCode(let code): "\(code) is no close code that may be sent"
        }
    }
}
