// In: what a client sends to cost the server time or memory, or to make it disagree with a proxy;
// and what a careless handler puts into a response. Out: a refusal, early, and for good.
// Spec: RFC 9112 §11. Next: RequestDecoderTests.swift.

import HTTPWire
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    private static let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("a megabyte in small pieces costs milliseconds, not a copy of the body per piece")
    func smallPieces() throws {
        let piece: [UInt8] = Array(repeating: 7, count: 50)
        for start in [head("Content-Length: 1000000"), Self.chunked + "F4240\r\n"] {
            var decoder = HTTPRequestDecoder()
            decoder.feed(Array(start.utf8)[...])
            let began = ContinuousClock.now
            for _ in 0..<19_999 {
                decoder.feed(piece[...])
                #expect(try decoder.nextRequest() == nil)
            }
            // A copy per piece takes over three seconds; without, it is a few hundredths.
            #expect(ContinuousClock.now - began < .seconds(1))
        }
    }

    @Test("after an error no request comes out, whatever follows")
    func sticky() {
        let next = head(method: "SMUGGLED")
        for broken in ["BROKEN\r\n\r\n", Self.chunked + "GET / HTTP/1.1\r\n", "GET /\n"] {
            var decoder = HTTPRequestDecoder()
            decoder.feed(Array((broken + next).utf8)[...])
            let first = #expect(throws: HTTPError.self) { try decoder.nextRequest() }
            decoder.feed(Array(next.utf8)[...])
            let second = #expect(throws: HTTPError.self) { try decoder.nextRequest() }
            #expect(first == second)
            #expect(decoder.bufferedCount == 0)
        }
    }

    @Test("a client that speaks TLS is refused at its first byte")
    func notHTTP() {
        #expect(decodeRequests("\u{16}").error == .malformedRequestLine)
        #expect(decodeRequests("\r\n\u{16}\u{3}\u{1}").error == .malformedRequestLine)
        #expect(decodeRequests("G").error == nil)
    }

    @Test("a head may have as many bytes as the limit says, and not one more")
    func headLimit() {
        var limits = HTTPLimits()
        limits.head = head("A: 1").utf8.count
        #expect(decodeRequests(head("A: 1"), limits: limits).error == nil)
        #expect(
            decodeRequests(head("A: 12"), limits: limits).error == .headTooLong(limit: limits.head))
    }

    @Test("what stands in place of the end of a chunk is refused before its line is whole")
    func chunkEnd() {
        #expect(decodeRequests(Self.chunked + "1\r\nxy").error == .malformedChunk)
    }

    @Test(
        "a control character in a trailer is refused",
        arguments: ["\u{0}", "\u{1B}", "\r", "\u{7F}"])
    func trailer(character: String) {
        let error = decodeRequests(Self.chunked + "0\r\nX: a\(character)b\r\n\r\n").error
        #expect(error == .malformedTrailer)
    }

    @Test("a body that has begun to arrive waits for no 100 Continue, and one is asked for once")
    func wantsContinue() throws {
        let start = head("Content-Length: 2", "Expect: 100-continue", method: "PUT")
        var waiting = HTTPRequestDecoder()
        waiting.feed(Array(start.utf8)[...])
        #expect(try waiting.nextRequest() == nil)
        let answers = [waiting.wantsContinue, waiting.wantsContinue]
        #expect(answers == [true, false])
        var begun = HTTPRequestDecoder()
        begun.feed(Array((start + "o").utf8)[...])
        #expect(try begun.nextRequest() == nil)
        let late = begun.wantsContinue
        #expect(!late)
    }

    @Test(
        "a target in absolute form may end at its authority, and its scheme knows no case",
        arguments: [("http://a", "/"), ("http://a?x=1", "/"), ("HTTPS://a/b", "/b")])
    func absoluteForm(target: String, path: String) throws {
        let request = try #require(decodeRequests("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").last)
        #expect(request.head.path == path)
        #expect(String(decoding: request.head.rawPath, as: UTF8.self) == path)
    }

    @Test(
        "a target without a host or with a fragment is refused", arguments: ["http:///b", "/a#b"])
    func malformedTarget(target: String) {
        #expect(
            decodeRequests("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").error == .malformedTarget)
    }

    @Test("a Host with more than a host in it is refused", arguments: ["a?b", "a#b", "\\a", "é"])
    func host(value: String) {
        #expect(decodeRequests("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n").error == .malformedHost)
    }
}

@Suite("Careless responses")
struct CarelessResponseTests {
    private func lines(_ fields: [(String, String)]) -> [String] {
        var response = HTTPResponse(status: .ok, body: [65])
        for (name, value) in fields { response.fields.add(name, value) }
        let bytes = response.encode(isHead: true, keepsAlive: true, minorVersion: 1, date: "D")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test("the framing is said once, by the encoder, whatever the fields say")
    func framing() {
        let given = [("content-length", "9"), ("Transfer-Encoding", "chunked"), ("DATE", "E")]
        #expect(lines(given) == ["HTTP/1.1 200 OK", "Date: D", "Content-Length: 1"])
    }

    @Test("a response that asks to close says so once")
    func close() {
        let given = lines([("connection", "Close")])
        #expect(given.filter { $0.lowercased().hasPrefix("connection") } == ["Connection: close"])
    }

    @Test(
        "a name that is no token is left out",
        arguments: ["", "X Y", "X:", "X\r\nSet-Cookie", "X\n", "é"])
    func name(name: String) {
        #expect(lines([(name, "1")]).count == 3)
    }

    @Test("setting a field of a request takes the place of the line that came")
    func setOnRequest() throws {
        var fields = try #require(decodeRequests(head("X: 1")).last).head.fields
        fields.set("HOST", "b")
        #expect(fields.all(named: "Host") == ["b"])
        #expect(fields["X"] == "1")
    }
}
