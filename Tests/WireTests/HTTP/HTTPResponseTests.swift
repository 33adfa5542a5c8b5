// In: responses. Out: their bytes, literally. Spec: RFC 9112 §4 and §6, RFC 9110 §6.4.1 and §8.6.
// Next: HTTPDateTests.swift.

import HTTPWire
import Testing

@Suite("Response")
struct HTTPResponseTests {
    private func text(
        _ response: HTTPResponse, isHead: Bool = false, keepsAlive: Bool = true,
        minorVersion: Int = 1
    ) -> String {
        let bytes = response.encode(
            isHead: isHead, keepsAlive: keepsAlive, minorVersion: minorVersion, date: "D")
        return String(decoding: bytes, as: UTF8.self)
    }

    private func hello() -> HTTPResponse {
        var fields = HTTPFields()
        fields.add("Content-Type", "text/plain")
        return HTTPResponse(status: .ok, fields: fields, body: Array("hello".utf8))
    }

    @Test("a response has its status line, its fields, its length and its body")
    func plain() {
        let expected = "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\n"
        #expect(text(hello()) == expected + "Content-Length: 5\r\n\r\nhello")
    }

    @Test("the answer to HEAD has the length of the body and not the body")
    func head() {
        let answer = text(hello(), isHead: true)
        #expect(answer.hasSuffix("\r\nContent-Length: 5\r\n\r\n"))
    }

    @Test("an empty body has the length 0")
    func empty() {
        let answer = text(HTTPResponse(status: .notFound))
        #expect(answer == "HTTP/1.1 404 Not Found\r\nDate: D\r\nContent-Length: 0\r\n\r\n")
    }

    @Test("a status without a body has neither length nor body", arguments: [101, 204, 304])
    func bodyless(code: Int) {
        let answer = text(HTTPResponse(status: HTTPStatus(code), body: [1, 2, 3]))
        #expect(!answer.contains("Content-Length"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test("Connection says what the version does not imply")
    func connection() {
        #expect(!text(hello()).contains("Connection"))
        #expect(text(hello(), keepsAlive: false).contains("\r\nConnection: close\r\n"))
        #expect(text(hello(), minorVersion: 0).contains("\r\nConnection: keep-alive\r\n"))
        let old = text(hello(), keepsAlive: false, minorVersion: 0)
        #expect(old.contains("\r\nConnection: close\r\n"))
    }

    @Test("an upgrade keeps the Connection field of its own")
    func upgrade() {
        var fields = HTTPFields()
        fields.add("Connection", "Upgrade")
        let answer = text(HTTPResponse(status: .switchingProtocols, fields: fields))
        #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(answer.contains("\r\nConnection: Upgrade\r\n"))
        #expect(!answer.contains("close"))
    }

    @Test(
        "a line break in a value begins no line of its own",
        arguments: [
            "a\r\nSet-Cookie: b", "a\nSet-Cookie: b", "a\rSet-Cookie: b", "a\r\n\r\n<html>",
        ])
    func splitting(value: String) {
        var response = HTTPResponse(status: .ok)
        response.fields.add("X", value)
        let lines = text(response).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6)
        #expect(!lines.contains { $0.hasPrefix("Set-Cookie") })
        #expect(!text(response).utf8.dropLast(2).contains(0))
    }

    @Test("setting a field takes the place of all its lines, adding does not")
    func setAndAdd() {
        var fields = HTTPFields()
        fields.add("X", "1")
        fields.add("x", "2")
        fields.add("Y", "3")
        #expect(fields["X"] == "1, 2")
        fields.set("X", "4")
        #expect(fields.all(named: "x") == ["4"])
        #expect(fields["Y"] == "3")
    }

    @Test("a code that has not three digits is sent as 500", arguments: [0, 99, 1_000, -1])
    func badCode(code: Int) {
        #expect(HTTPStatus(code).code == 500)
        #expect(text(HTTPResponse(status: HTTPStatus(799))).hasPrefix("HTTP/1.1 799 \r\n"))
    }
}
