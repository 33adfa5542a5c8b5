// In: an error about a body. Out: what was wrong and what was expected, as a sentence.
// Spec: RFC 9112 §6, §7. Next: HTTPError.swift, which has the rest of the sentences.

extension HTTPError {
    /// The sentences about the body framing.
    var bodyDescription: String {
        switch self {
        case .malformedContentLength:
            "Content-Length must be one number of decimal digits."
        case .differingContentLengths:
            "There were several Content-Length values that differ; one is expected."
        case .lengthBesideTransferCoding:
            "There was a Content-Length beside Transfer-Encoding; only one of them may stand."
        case .unknownTransferCoding:
            "The only transfer coding that is understood is chunked."
        case .transferCodingInOldVersion:
            "Transfer-Encoding is not known in HTTP/1.0; send a Content-Length."
        case .bodyTooLarge(let limit):
            "The body is too large; at most \(limit) bytes are accepted."
        case .malformedChunk:
            "A chunk must be its size in hexadecimal, CR LF, so many bytes, CR LF."
        case .chunkExtensionsTooLong(let limit):
            "The chunk extensions are too long; at most \(limit) bytes are accepted."
        case .malformedTrailer:
            "A line behind the last chunk must be a field line or empty."
        case .trailersTooLong(let limit):
            "The trailers are too long; at most \(limit) bytes are accepted."
        default:
            "The request is malformed."
        }
    }
}
