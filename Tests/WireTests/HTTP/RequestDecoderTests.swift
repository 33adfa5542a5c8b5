// In: connections: requests one after the other, limits, half requests. Out: what the owner of a
// connection asks its decoder about. Spec: RFC 9112 §9.3, RFC 9110 §10.1.1.
// Next: HTTPResponseTests.swift.

import HTTPWire
import TestSupport
import Testing

@Suite("Request decoder")
struct RequestDecoderTests {
    private func decoder(fed text: String) -> HTTPRequestDecoder {
        var decoder = HTTPRequestDecoder()
        decoder.feed(Array(text.utf8)[...])
        return decoder
    }

    @Test("pipelined requests come out one at a time, the rest stays buffered")
    func pipelined() throws {
        let text = head(method: "ONE") + head(method: "TWO")
        var decoder = decoder(fed: text)
        #expect(try decoder.nextRequest()?.head.method == "ONE")
        #expect(decoder.bufferedCount == text.utf8.count / 2)
        #expect(try decoder.nextRequest()?.head.method == "TWO")
        #expect(decoder.bufferedCount == 0)
        #expect(try decoder.nextRequest() == nil)
    }

    @Test("progress tells head from body, so that each can have its time limit")
    func progress() throws {
        var decoder = HTTPRequestDecoder()
        #expect(decoder.progress == .idle)
        decoder.feed(Array("POST / HTTP/1.1\r\nHost: a\r\n".utf8)[...])
        #expect(try decoder.nextRequest() == nil)
        #expect(decoder.progress == .head)
        decoder.feed(Array("Content-Length: 2\r\n\r\n".utf8)[...])
        #expect(try decoder.nextRequest() == nil)
        #expect(decoder.progress == .body)
        decoder.feed(Array("o".utf8)[...])
        #expect(try decoder.nextRequest() == nil)
        #expect(decoder.progress == .body)
        decoder.feed(Array("k".utf8)[...])
        #expect(try decoder.nextRequest() != nil)
        #expect(decoder.progress == .idle)
    }

    @Test("empty lines alone are no request")
    func idle() throws {
        var decoder = decoder(fed: "\r\n")
        #expect(try decoder.nextRequest() == nil)
        #expect(decoder.progress == .idle)
    }

    @Test("what follows an upgrade request is handed over as it came")
    func remainder() throws {
        var decoder = decoder(fed: head("Upgrade: websocket") + "\u{1}\u{2}frame")
        #expect(try decoder.nextRequest() != nil)
        #expect(decoder.takeRemainder() == Array("\u{1}\u{2}frame".utf8))
        #expect(decoder.takeRemainder().isEmpty)
        #expect(decoder.bufferedCount == 0)
    }

    @Test("a client that expects 100-continue is noticed while its body is awaited")
    func wantsContinue() throws {
        let text = head("Content-Length: 2", "Expect: 100-Continue", method: "PUT")
        var decoder = decoder(fed: text)
        #expect(try decoder.nextRequest() == nil)
        let wants = decoder.wantsContinue
        #expect(wants)
        decoder.feed(Array("ok".utf8)[...])
        #expect(try decoder.nextRequest()?.body == Array("ok".utf8))
        let wantsStill = decoder.wantsContinue
        #expect(!wantsStill)
    }

    @Test("nothing is to be continued in HTTP/1.0 or without a body")
    func noContinue() throws {
        let old = head("Content-Length: 2", "Expect: 100-continue", method: "PUT", version: "1.0")
        var decoder = decoder(fed: old)
        #expect(try decoder.nextRequest() == nil)
        let wants = decoder.wantsContinue
        #expect(!wants)
        #expect(decodeRequests(head("Expect: 100-continue")).requests == ["GET / "])
    }

    @Test("any other expectation is refused with 417")
    func expectation() {
        let error = decodeRequests(head("Expect: a-pony")).error
        #expect(error == .unknownExpectation)
        #expect(error?.status.code == 417)
    }

    @Test("each limit may be met and not exceeded")
    func limits() {
        var limits = HTTPLimits()
        limits.target = 60
        let target = "/" + String(repeating: "x", count: 59)
        let rest = " HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(decodeRequests("GET " + target + rest, limits: limits).error == nil)
        let long = decodeRequests("GET " + target + "x" + rest, limits: limits).error
        #expect(long == .targetTooLong(limit: 60))
        limits = HTTPLimits()
        limits.fields = 3
        #expect(decodeRequests(head("A: 1", "B: 2"), limits: limits).error == nil)
        #expect(
            decodeRequests(head("A: 1", "B: 2", "C: 3"), limits: limits).error
                == .tooManyFields(limit: 3))
        limits = HTTPLimits()
        limits.head = head("A: 1").utf8.count
        #expect(decodeRequests(head("A: 1"), limits: limits).error == nil)
        #expect(
            decodeRequests(head("A: 123"), limits: limits).error == .headTooLong(limit: limits.head)
        )
        limits.body = 3
        #expect(decodeRequests(head("Content-Length: 4")).error == nil)
        limits.head = 1_000
        let body = decodeRequests(head("Content-Length: 4"), limits: limits).error
        #expect(body == .bodyTooLarge(limit: 3))
        #expect(decodeRequests(head("Content-Length: 3") + "abc", limits: limits).error == nil)
    }

    @Test("a line or a head that never ends is refused once it is over its limit")
    func endless() {
        let path = Array(("GET /" + String(repeating: "x", count: 9_000)).utf8)
        #expect(decodeRequests([path[...]]).error?.status.code == 414)
        let field = "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 17_000)
        #expect(decodeRequests([Array(field.utf8)[...]]).error?.status.code == 431)
        let many = "GET / HTTP/1.1\r\n" + String(repeating: "X: 1\r\n", count: 101) + "\r\n"
        #expect(decodeRequests([Array(many.utf8)[...]]).error?.status.code == 431)
    }

    @Test("no change of a few bytes makes the decoder trap, or its cuts disagree")
    func mutations() {
        let start = "POST /a%20b?x=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let good = Array((start + "5;x\r\nhello\r\n0\r\nT: 1\r\n\r\n" + head()).utf8)
        let spice: [UInt8] = Array("\r\n\t :,;%/*0f9GH\u{0}\u{7F}é".utf8)
        var generator = SeededGenerator(seed: 5)
        func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
        for _ in 0..<1_500 {
            var bytes = good
            for _ in 0...random(3) {
                let index = random(bytes.count)
                switch random(3) {
                case 0: bytes[index] = spice[random(spice.count)]
                case 1: bytes.insert(spice[random(spice.count)], at: index)
                default: bytes.remove(at: index)
                }
            }
            let whole = decodeRequests([bytes[...]])
            let single = decodeRequests(bytes.indices.map { bytes[$0...$0] })
            #expect(single == whole, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
