// Every reason for which the decoder refuses a request, with the status of the answer and a
// sentence for it. After any of them the connection has to be closed: where one request was wrong,
// the beginning of the next one can't be found.
// Spec: RFC 9112 §2.2, §3, §5, §6, §7. Next: HTTPRequestDecoder.swift.

/// Why a request was refused.
package enum HTTPError: Error, Equatable, Sendable, CustomStringConvertible {
    // The request line.
    case malformedRequestLine, malformedTarget, tunnelRefused, unsupportedVersion
    case targetTooLong(limit: Int)

    // The field lines.
    case bareLineFeed, malformedFieldName, foldedField, controlCharacterInValue
    case missingHost, malformedHost, unknownExpectation
    case headTooLong(limit: Int)
    case tooManyFields(limit: Int)

    // The body and its framing.
    case malformedContentLength, differingContentLengths, lengthBesideTransferCoding
    case unknownTransferCoding, transferCodingInOldVersion
    case malformedChunk, malformedTrailer
    case bodyTooLarge(limit: Int)
    case chunkExtensionsTooLong(limit: Int)
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
        default: .badRequest
        }
    }

    /// What was wrong and what was expected, as a sentence.
    package var description: String {
        switch self {
        case .malformedRequestLine: "A request line is: method, space, target, space, HTTP/1.1."
        case .malformedTarget: "A target is a path such as /a?b=c in ASCII, with %-escaped UTF-8."
        case .targetTooLong(let limit):
            "The target is too long; at most \(limit) bytes are accepted."
        case .tunnelRefused: "CONNECT asks for a tunnel, but this server is no proxy."
        case .unsupportedVersion: "The version must be HTTP/1.0 or HTTP/1.1."
        case .bareLineFeed: "A line ended in LF alone; lines end in CR LF."
        case .malformedFieldName: "A field name must be a token with a colon right behind it."
        case .foldedField: "A field line began with a blank; values must stay on one line."
        case .controlCharacterInValue: "A field value held a control character other than a tab."
        case .headTooLong(let limit): "The head is too long; at most \(limit) bytes are accepted."
        case .tooManyFields(let limit): "There are too many fields; at most \(limit) are accepted."
        case .missingHost: "An HTTP/1.1 request must have a Host field."
        case .malformedHost: "There must be one Host field, holding a host and maybe a port."
        case .unknownExpectation: "The only expectation that can be met is 100-continue."
        case .malformedContentLength: "Content-Length must be a decimal number of bytes."
        case .differingContentLengths: "Two Content-Length values differ; there must be one."
        case .lengthBesideTransferCoding: "Content-Length and Transfer-Encoding exclude each other."
        case .unknownTransferCoding: "The only transfer coding accepted is chunked, given once."
        case .transferCodingInOldVersion: "Transfer-Encoding does not exist in HTTP/1.0."
        case .bodyTooLarge(let limit): "The body is too large; at most \(limit) bytes are accepted."
        case .malformedChunk: "A chunk is its size in hex, CR LF, that many bytes and CR LF."
        case .chunkExtensionsTooLong(let limit): "Chunk extensions are over \(limit) bytes long."
        case .malformedTrailer: "A trailer line must be a token, a colon and a value, up to CR LF."
        case .trailersTooLong(let limit): "The trailers are over \(limit) bytes long."
        }
    }
}
