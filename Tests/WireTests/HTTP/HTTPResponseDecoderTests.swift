// Responses as servers send them: whole, byte by byte, and split at every position.

import HTTPWire
import Testing

@Suite("HTTP response decoder")
struct HTTPResponseDecoderTests {
    private func decodeRequests(_ pieces: [ArraySlice<UInt8>], ends: Bool = false) throws
        -> [String]
    {
        var decoder = HTTPResponseDecoder()
        var found: [String] = []
        func note(_ response: HTTPResponse) {
            let type = response.fields["Content-Type"] ?? "-"
            found.append(
                "\(response.status.code) \(type) \(String(decoding: response.body, as: UTF8.self))")
        }
        for piece in pieces {
            decoder.feed(piece)
            while let response = try decoder.nextResponse() { note(response) }
        }
        if ends, let response = try decoder.ended() { note(response) }
        return found
    }

    nonisolated static let samples: [(bytes: String, responses: [String], ends: Bool)] = [
        (
            "HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Length: 5\r\n\r\nhello", ["200 a hello"],
            false
        ),
        (
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 400 \r\ncontent-length: 1\r\n\r\nx",
            ["204 - ", "400 - x"], false
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ["200 - "],
            false
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: b\r\n\r\n"
                + "3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nz",
            ["200 b abcde", "200 - z"], false
        ),
        ("HTTP/1.0 200 OK\r\nContent-Type: c\r\n\r\nuntil the end", ["200 c until the end"], true),
    ]

    @Test("the same responses, however the bytes arrive", arguments: samples)
    func pieces(sample: (bytes: String, responses: [String], ends: Bool)) throws {
        let bytes = Array(sample.bytes.utf8)
        #expect(try decodeRequests([bytes[...]], ends: sample.ends) == sample.responses)
        let single = bytes.indices.map { bytes[$0...$0] }
        #expect(try decodeRequests(single, ends: sample.ends) == sample.responses)
        for cut in bytes.indices {
            #expect(
                try decodeRequests([bytes[..<cut], bytes[cut...]], ends: sample.ends)
                    == sample.responses)
        }
    }

    @Test("what follows a 101 is handed over")
    func upgrade() throws {
        var decoder = HTTPResponseDecoder()
        decoder.feed(
            Array("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nframes".utf8)[...])
        #expect(try decoder.nextResponse()?.status == .switchingProtocols)
        #expect(decoder.takeRemainder() == Array("frames".utf8))
    }

    @Test(
        "what is no response is refused",
        arguments: [
            ("HTTP/2 200 OK\r\n\r\n", HTTPResponseError.malformedStatusLine),
            ("HTTP/1.1 xyz OK\r\n\r\n", .malformedStatusLine),
            ("SSH-2.0-x\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 200 OK\nA: b\r\n\r\n", .malformedFields),
            ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", .malformedFields),
            ("HTTP/1.1 200 OK\r\n\rA: b\r\n\r\n", .malformedFields),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .malformedBody),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", .tooLarge(limit: 1_000_000)),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .malformedBody),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .endedEarly),
            ("HTTP/1.1 200", .endedEarly),
        ])
    func refusals(text: String, error: HTTPResponseError) {
        #expect(throws: error) { try decodeRequests([Array(text.utf8)[...]], ends: true) }
    }
}
