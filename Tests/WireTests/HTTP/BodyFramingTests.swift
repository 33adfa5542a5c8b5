// In: requests whose bodies are framed rightly, or in one of the ways that have smuggled requests
// past proxies. Out: the body, or a refusal. Spec: RFC 9112 §6. Next: ChunkedBodyTests.swift.

import HTTPWire
import Testing

@Suite("Body framing")
struct BodyFramingTests {
    private func post(_ lines: String..., body: String = "", version: String = "1.1")
        -> RequestOutcome
    {
        let host = version == "1.0" ? "" : "Host: a\r\n"
        let fields = lines.map { "\($0)\r\n" }.joined()
        return decodeRequests("POST / HTTP/\(version)\r\n\(host)\(fields)\r\n\(body)")
    }

    @Test("a body is as long as Content-Length says, and the next request begins behind it")
    func length() {
        let next = head()
        #expect(post("Content-Length: 5", body: "hello").requests == ["POST / hello"])
        #expect(post("content-length:0").requests == ["POST / "])
        #expect(post("Content-Length: 005", body: "hello").requests == ["POST / hello"])
        let both = post("Content-Length: 5", body: "hello" + next).requests
        #expect(both == ["POST / hello", "GET / "])
        #expect(post("Content-Length: 5", body: "hell").requests.isEmpty)
    }

    @Test("a request without either field has no body")
    func none() {
        #expect(post(body: head()).requests == ["POST / ", "GET / "])
    }

    @Test(
        "a Content-Length that is no decimal number is refused",
        arguments: ["", "-1", "+5", "5 5", "5;", "0x5", "5a", "1e3", "5.0", "\"5\"", "٥"])
    func malformedLength(value: String) {
        #expect(post("Content-Length: \(value)", body: "hello").error == .malformedContentLength)
    }

    @Test("lengths that differ are refused, the same one twice is not")
    func differingLengths() {
        let error = post("Content-Length: 5", "Content-Length: 6", body: "hello!").error
        #expect(error == .differingContentLengths)
        let same = post("Content-Length: 5", "Content-Length: 5", body: "hello")
        #expect(same.requests == ["POST / hello"])
    }

    @Test(
        "a length over the limit is refused at the head, however many digits it has",
        arguments: ["1000001", "9223372036854775807", "99999999999999999999999999"])
    func hugeLength(value: String) {
        let error = post("Content-Length: \(value)").error
        #expect(error?.status.code == 413 || error?.status.code == 400)
    }

    @Test("a length beside a transfer coding is refused, in either order")
    func lengthAndCoding() {
        let (length, coding) = ("Content-Length: 5", "Transfer-Encoding: chunked")
        let body = "0\r\n\r\n"
        #expect(post(length, coding, body: body).error == .lengthBesideTransferCoding)
        #expect(post(coding, length, body: body).error == .lengthBesideTransferCoding)
        #expect(post(coding, "Content-Length: 0").error == .lengthBesideTransferCoding)
    }

    @Test(
        "a transfer coding other than chunked, once, is refused",
        arguments: [
            "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "identity", "",
            "chunked;q=1", "xchunked", "chunke", "\"chunked\"", "chunked,",
        ])
    func unknownCoding(value: String) {
        let error = post("Transfer-Encoding: \(value)", body: "0\r\n\r\n").error
        #expect(error == .unknownTransferCoding)
        #expect(error?.status.code == 400)
    }

    @Test("the name of the coding knows no case, and two lines are two codings")
    func codingName() {
        let upper = post("TRANSFER-ENCODING: Chunked", body: "0\r\n\r\n")
        #expect(upper.requests == ["POST / "])
        let line = "Transfer-Encoding: chunked"
        #expect(post(line, line, body: "0\r\n\r\n").error == .unknownTransferCoding)
    }

    @Test("HTTP/1.0 knows no transfer coding")
    func oldVersion() {
        let old = post("Transfer-Encoding: chunked", body: "0\r\n\r\n", version: "1.0")
        #expect(old.error == .transferCodingInOldVersion)
    }
}
