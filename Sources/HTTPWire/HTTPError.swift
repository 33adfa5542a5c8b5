// In: nothing. Out: every reason for which the decoder refuses a request, each with the status of
// the answer and a sentence for it. After any of them the connection has to be closed: where one
// request was wrong, nobody knows where the next one begins.
// Spec: RFC 9112 §2.2, §3, §5, §6, §7. Next: HTTPRequestDecoder.swift.

/// Why a request was refused.
package enum HTTPError: Error, Equatable, Sendable {
    // The request line.
    case malformedRequestLine
    case malformedTarget
    case targetTooLong(limit: Int)
    case tunnelRefused
    case unsupportedVersion

    // The field lines.
    case bareLineFeed
    case malformedFieldName
    case foldedField
    case controlCharacterInValue
    case headTooLong(limit: Int)
    case tooManyFields(limit: Int)
    case missingHost
    case malformedHost
    case unknownExpectation

    // The body framing.
    case malformedContentLength
    case differingContentLengths
    case lengthBesideTransferCoding
    case unknownTransferCoding
    case transferCodingInOldVersion
    case bodyTooLarge(limit: Int)
    case malformedChunk
    case chunkExtensionsTooLong(limit: Int)
    case malformedTrailer
    case trailersTooLong(limit: Int)

    /// The status of the response that tells the client.
    package var status: HTTPStatus {
        switch self {
        case .targetTooLong: .targetTooLong
        case .tunnelRefused: .notImplemented
        case .unsupportedVersion: .versionNotSupported
        case .headTooLong, .tooManyFields, .trailersTooLong: .headTooLarge
        case .unknownExpectation: .expectationFailed
        case .bodyTooLarge: .contentTooLarge
        case .malformedRequestLine, .malformedTarget, .bareLineFeed, .malformedFieldName,
            .foldedField, .controlCharacterInValue, .missingHost, .malformedHost,
            .malformedContentLength, .differingContentLengths, .lengthBesideTransferCoding,
            .unknownTransferCoding, .transferCodingInOldVersion, .malformedChunk,
            .chunkExtensionsTooLong, .malformedTrailer:
            .badRequest
        }
    }
}

extension HTTPError: CustomStringConvertible {
    /// What was wrong and what was expected, as a sentence.
    package var description: String {
        switch self {
        case .malformedRequestLine:
            "The request line must be a method, a target and HTTP/1.1, one space between them."
        case .malformedTarget:
            "The target must be a path like /chat?room=1, in ASCII and with %-escapes of UTF-8."
        case .targetTooLong(let limit):
            "The request target is too long; at most \(limit) bytes are accepted."
        case .tunnelRefused:
            "CONNECT asks for a tunnel, but this server is no proxy."
        case .unsupportedVersion:
            "The version must be HTTP/1.0 or HTTP/1.1."
        case .bareLineFeed:
            "A line ended in LF alone; lines end in CR LF."
        case .malformedFieldName:
            "A field name must be a token with a colon right behind it."
        case .foldedField:
            "A field line began with a blank; a value must not go on in a second line."
        case .controlCharacterInValue:
            "A field value held a control character; only tabs are allowed."
        case .headTooLong(let limit):
            "The head of the request is too long; at most \(limit) bytes are accepted."
        case .tooManyFields(let limit):
            "The request has too many fields; at most \(limit) are accepted."
        case .missingHost:
            "An HTTP/1.1 request must have a Host field."
        case .malformedHost:
            "There must be one Host field, with a host and maybe a port in it."
        case .unknownExpectation:
            "The only expectation that can be met is 100-continue."
        default:
            bodyDescription
        }
    }
}
