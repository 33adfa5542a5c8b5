// Every way in which compressed data can be wrong.
// Spec: RFC 1950 §2, RFC 1951 §3, RFC 1952 §2. Next: Inflater.swift.

/// Why data cannot be decompressed. The decompressor cannot be used further.
package enum InflateError: Error, Equatable, Sendable, CustomStringConvertible {
    case reservedBlockType
    case storedLengthMismatch
    case tooManyCodes(literals: Int, distances: Int)
    case oversubscribedCode, incompleteCode
    case repeatOfNothing, repeatTooLong
    case missingEndOfBlock
    case invalidSymbol
    case distanceTooFar(Int, available: Int)
    case tooLarge(limit: Int)
    case truncated, bytesAfterEnd
    case unknownFormat, unknownMethod, reservedFlags, headerChecksum
    case headerTooLong(limit: Int)
    case windowTooLarge(bits: Int)
    case presetDictionary
    case checksumMismatch, lengthMismatch

    /// What was wrong and what was expected.
    package var description: String {
        switch self {
        case .reservedBlockType: "a block has type 3; there are 0 stored, 1 fixed, 2 dynamic"
        case .storedLengthMismatch: "a stored block's length and its complement do not agree"
        case .tooManyCodes(let literals, let distances):
            "a block describes \(literals) literals and lengths and \(distances) distances; "
                + "there are at most 286 and 30"
        case .oversubscribedCode: "a block describes more codes than their lengths allow"
        case .incompleteCode: "a block describes a code in which some bits mean nothing"
        case .repeatOfNothing: "the first code length repeats the one before it; there is none"
        case .repeatTooLong: "a run of code lengths goes beyond the last code"
        case .missingEndOfBlock: "a block has no code for its end"
        case .invalidSymbol: "bits stand for no symbol that may occur"
        case .distanceTooFar(let distance, let available):
            "a match begins \(distance) bytes back; \(available) are there"
        case .tooLarge(let limit): "the data has more than \(limit) bytes when decompressed"
        case .truncated: "the compressed data ends in the middle"
        case .bytesAfterEnd: "more bytes follow after the end of the compressed data"
        case .unknownFormat: "the data does not begin as its format does"
        case .unknownMethod: "the compression method is not 8, DEFLATE"
        case .reservedFlags: "a reserved flag is set in the header"
        case .headerChecksum: "the header's check value is wrong"
        case .headerTooLong(let limit): "a gzip header has at most \(limit) bytes"
        case .windowTooLarge(let bits): "a window of \(bits) bits is needed; less was agreed on"
        case .presetDictionary: "a preset dictionary is needed; none was agreed on"
        case .checksumMismatch: "the checksum is not that of the decompressed data"
        case .lengthMismatch: "the length is not that of the decompressed data"
        }
    }
}
