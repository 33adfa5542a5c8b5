// How much one packet may hold, and what can be wrong with one. Next: SocketIOPacketDecoder.swift.

/// The limits of one packet. Over any of them the connection is closed.
package struct SocketIOLimits: Sendable {
    /// Binary attachments of one packet: the reference's number. Each is a message that the
    /// decoder has to hold until the last one is there.
    package var attachments = 10
    /// Levels of arrays and objects: each of them is a call of its own while a value is built.
    package var depth = 256
    /// Arguments of one event: far more than any handler takes.
    package var arguments = 1_000
    /// Bytes of an event's name.
    package var eventName = 1_024
    /// Bytes of a namespace's name.
    package var namespace = 1_024

    package init() {}
}

/// Why a message is not a packet. The connection is closed: what else was lost can't be known.
package enum SocketIOError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty, unknownType
    case badAttachmentCount, unexpectedBinary, missingAttachments, badPlaceholder
    case badAckID, missingAckID
    case missingPayload, unexpectedPayload, invalidJSON
    case badEventName, reservedEventName
    case tooManyAttachments(limit: Int)
    case namespaceTooLong(limit: Int)
    case eventNameTooLong(limit: Int)
    case tooDeep(limit: Int)
    case tooManyArguments(limit: Int)

    package var description: String {
        switch self {
        case .empty: "a Socket.IO packet was empty; expected a digit from 0 to 6"
        case .unknownType: "a Socket.IO packet began with no digit from 0 to 6"
        case .badAttachmentCount: "a binary packet must begin with a count and a hyphen: 51-"
        case .tooManyAttachments(let limit): "a packet has at most \(limit) attachments"
        case .namespaceTooLong(let limit): "a namespace has at most \(limit) bytes"
        case .badAckID: "an acknowledgement id must be a number below 2^63"
        case .missingAckID: "an acknowledgement must have an id"
        case .missingPayload: "an event must have an array with its name: 2[\"name\"]"
        case .unexpectedPayload: "the packet has a payload of a kind that its type does not have"
        case .invalidJSON: "the payload is not valid JSON"
        case .tooDeep(let limit): "the payload is nested deeper than \(limit) levels"
        case .tooManyArguments(let limit): "an event has at most \(limit) arguments"
        case .badEventName: "the first element of an event must be its name, a string or a number"
        case .eventNameTooLong(let limit): "an event's name has at most \(limit) bytes"
        case .reservedEventName: "the event's name is reserved (connect, disconnect …)"
        case .badPlaceholder: "a placeholder names an attachment that does not exist"
        case .unexpectedBinary: "a binary message came without a packet that announced it"
        case .missingAttachments: "a packet came before the attachments of the last one"
        }
    }
}
