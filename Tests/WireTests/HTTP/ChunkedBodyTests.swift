// In: chunked bodies, good and bad. Out: the body that they add up to, or a refusal.
// Spec: RFC 9112 §7.1. Next: RequestDecoderTests.swift.

import HTTPWire
import Testing

@Suite("Chunked body", .heavy)
struct ChunkedBodyTests {
    private func post(_ body: String, limits: HTTPLimits = HTTPLimits()) -> RequestOutcome {
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        return decodeRequests(start + body, limits: limits)
    }

    @Test(
        "chunks add up to the body",
        arguments: [
            ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello"), ("005\r\nhello\r\n000\r\n\r\n", "hello"),
            ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
            ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ])
    func chunks(text: String, body: String) {
        #expect(post(text).requests == ["POST / \(body)"])
    }

    @Test("the next request begins behind the last line")
    func pipelined() {
        let outcome = post("1\r\nx\r\n0\r\n\r\n" + head())
        #expect(outcome.requests == ["POST / x", "GET / "])
    }

    @Test("extensions and trailers are read over")
    func extensions() {
        let text = "5;a=b;c=\"d e\" \r\nhello\r\n0 ; x\r\nDigest: abc\r\nX:\r\n\r\n"
        #expect(post(text).requests == ["POST / hello"])
        #expect(post(text).error == nil)
    }

    @Test(
        "a chunk of another shape is refused",
        arguments: [
            "\r\n", "g\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", ";a\r\n", "1x\r\n",
            "1;a\rb\r\n", "1;\u{0}\r\n", "1\r\nxy\r\n", "1\r\nx0\r\n\r\n",
            "00000000000000001\r\n",
        ])
    func malformed(text: String) {
        #expect(post(text).error == .malformedChunk)
    }

    @Test(
        "a chunk that ends in LF alone is refused", arguments: ["1\nx", "1;a\nx", "1\r\nx\n0\r\n"])
    func bareLineFeed(text: String) {
        let error = post(text).error
        #expect(error?.status.code == 400)
    }

    @Test("a trailer that is no field line is refused", arguments: ["x\r\n\r\n", " a: b\r\n\r\n"])
    func malformedTrailer(text: String) {
        #expect(post("0\r\n" + text).error == .malformedTrailer)
    }

    @Test("a chunk over the limit is refused at its size, before it arrives")
    func tooLarge() {
        var limits = HTTPLimits()
        limits.body = 10
        #expect(post("a\r\n0123456789\r\n0\r\n\r\n", limits: limits).error == nil)
        #expect(post("b\r\n", limits: limits).error == .bodyTooLarge(limit: 10))
        #expect(post("6\r\nabcdef\r\n5\r\n", limits: limits).error == .bodyTooLarge(limit: 10))
        let error = post("FFFFFFFFFFFFFFFF\r\n").error
        #expect(error == .bodyTooLarge(limit: 1_000_000))
    }

    @Test("extensions are bounded, over all chunks together")
    func extensionLimit() {
        var limits = HTTPLimits()
        limits.chunkExtensions = 20
        let chunk = "1;234567890\r\nx\r\n"
        #expect(post(chunk + chunk + "0\r\n\r\n", limits: limits).requests == ["POST / xx"])
        let error = post(chunk + chunk + chunk, limits: limits).error
        #expect(error == .chunkExtensionsTooLong(limit: 20))
    }

    @Test("trailers are bounded, over all lines together")
    func trailerLimit() {
        var limits = HTTPLimits()
        limits.trailers = 40
        let line = "X: 234567890123\r\n"
        #expect(post("0\r\n" + line + line + "\r\n", limits: limits).error == nil)
        let error = post("0\r\n" + line + line + line, limits: limits).error
        #expect(error == .trailersTooLong(limit: 40))
        #expect(error?.status.code == 431)
    }
}
