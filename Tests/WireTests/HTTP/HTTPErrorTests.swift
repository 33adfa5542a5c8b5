// In: every error. Out: a status that names the side at fault, and a sentence.
// Next: RequestLineTests.swift.

import HTTPWire
import Testing

@Suite("Errors")
struct HTTPErrorTests {
    private static let all: [HTTPError] = [
        .malformedRequestLine, .malformedTarget, .targetTooLong(limit: 7), .tunnelRefused,
        .unsupportedVersion, .bareLineFeed, .malformedFieldName, .foldedField,
        .controlCharacterInValue, .headTooLong(limit: 7), .tooManyFields(limit: 7), .missingHost,
        .malformedHost, .unknownExpectation, .malformedContentLength, .differingContentLengths,
        .lengthBesideTransferCoding, .unknownTransferCoding, .transferCodingInOldVersion,
        .bodyTooLarge(limit: 7), .malformedChunk, .chunkExtensionsTooLong(limit: 7),
        .malformedTrailer, .trailersTooLong(limit: 7),
    ]

    @Test(
        "every error has a sentence of its own, and names its limit if it has one", arguments: all)
    func sentence(error: HTTPError) {
        let text = error.description
        #expect(text.hasSuffix("."))
        #expect(Self.all.filter { $0.description == text }.count == 1)
        #expect(text.contains("7") == "\(String(reflecting: error))".contains("7"))
    }

    @Test("every error is the client's, or a version or method that is not offered", arguments: all)
    func status(error: HTTPError) {
        #expect([400, 413, 414, 417, 431, 501, 505].contains(error.status.code))
        #expect(!error.status.reasonPhrase.isEmpty)
    }
}
