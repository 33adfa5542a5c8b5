// In: field lines, good and bad. Out: values by name, or the error that names the broken rule.
// Spec: RFC 9112 §5, RFC 9110 §5 and §7. Next: BodyFramingTests.swift.

import HTTPWire
import Testing

@Suite("Field lines")
struct FieldLineTests {
    @Test("a field is found in any case, without the blanks around its value")
    func lookup() throws {
        let text = head("X-One:1", "x-two: \t two words \t", "X-Empty:", "X-Tab: a\tb")
        let fields = try #require(decodeRequests(text).last).head.fields
        #expect(fields["host"] == "a")
        #expect(fields["x-ONE"] == "1")
        #expect(fields["X-Two"] == "two words")
        #expect(fields["X-Empty"]?.isEmpty == true)
        #expect(fields["X-Tab"] == "a\tb")
        #expect(fields["X-On"] == nil)
        #expect(fields["X-Onee"] == nil)
    }

    @Test("several lines of one name are one list, and are there one by one")
    func repeated() throws {
        let fields = try #require(decodeRequests(head("Accept: a", "X: x", "ACCEPT: b, c")).last)
            .head
            .fields
        #expect(fields["Accept"] == "a, b, c")
        #expect(fields.all(named: "accept") == ["a", "b, c"])
        #expect(fields.all(named: "none").isEmpty)
    }

    @Test("all lines are there in their order")
    func order() throws {
        let fields = try #require(decodeRequests(head("B: 1", "A: 2", "B: 3")).last).head.fields
        #expect(fields.lines.map(\.name) == ["Host", "B", "A", "B"])
        #expect(fields.lines.map(\.value) == ["a", "1", "2", "3"])
    }

    @Test("a token is found in a list, whole and in any case")
    func tokens() throws {
        let text = head("Connection: keep-alive,  Upgrade", "Upgrade: WebSockets, websocket")
        let fields = try #require(decodeRequests(text).last).head.fields
        #expect(fields.has("upgrade", in: "Connection"))
        #expect(fields.has("websocket", in: "upgrade"))
        #expect(!fields.has("socket", in: "Upgrade"))
        #expect(!fields.has("alive", in: "Connection"))
    }

    @Test(
        "a name that is no token, or has no colon right behind it, is refused",
        arguments: [
            "X : 1", "X\t: 1", ": 1", "X", "X Y: 1", "X(: 1", "é: 1", "X\"Y: 1", "X\u{0}: 1",
            "\rX: 1", "\r",
        ])
    func malformedName(line: String) {
        #expect(decodeRequests(head(line)).error == .malformedFieldName)
    }

    @Test("a value that goes on in the next line is refused", arguments: [" more", "\tmore", " "])
    func folded(line: String) {
        #expect(decodeRequests(head("X: 1", line)).error == .foldedField)
        #expect(
            decodeRequests("GET / HTTP/1.1\r\n\(line)\r\nHost: a\r\n\r\n").error == .foldedField)
    }

    @Test(
        "a control character in a value is refused, a lone CR included",
        arguments: ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{1F}", "\u{7F}", "\r"])
    func control(character: String) {
        #expect(decodeRequests(head("X: a\(character)b")).error == .controlCharacterInValue)
        #expect(decodeRequests(head("X: \(character)")).error == .controlCharacterInValue)
    }

    @Test("bytes over 0x7F are let through in values, as RFC 9110 §5.5 has it")
    func obsText() throws {
        #expect(try #require(decodeRequests(head("X: Zoë")).last).head.fields["X"] == "Zoë")
    }

    @Test(
        "a line that ends in LF alone is refused",
        arguments: [
            "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n", "\nGET / HTTP/1.1\r\n", "GET / HTTP/1.1\n\n",
        ])
    func bareLineFeed(text: String) {
        #expect(decodeRequests(text).error == .bareLineFeed)
    }

    @Test("HTTP/1.1 needs one Host, HTTP/1.0 needs none, neither may have two")
    func host() {
        #expect(decodeRequests("GET / HTTP/1.1\r\n\r\n").error == .missingHost)
        #expect(decodeRequests("GET / HTTP/1.1\r\nHost:\r\n\r\n").requests.count == 1)
        #expect(decodeRequests("GET / HTTP/1.0\r\n\r\n").requests.count == 1)
        #expect(decodeRequests(head("Host: a")).error == .malformedHost)
        #expect(decodeRequests(head("host: b")).error == .malformedHost)
        #expect(decodeRequests(head("Host: a", "Host: a", version: "1.0")).error == .malformedHost)
    }

    @Test(
        "a host may have a port, a host in brackets too", arguments: ["a:80", "[::1]:3000", "a.b."])
    func goodHost(host: String) {
        #expect(decodeRequests("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").error == nil)
    }

    @Test(
        "a Host that is no host is refused", arguments: ["a b", "a, b", "a/b", "u@a", "http://a"])
    func badHost(host: String) {
        #expect(decodeRequests("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").error == .malformedHost)
    }

    @Test(
        "a connection is kept as the version and the Connection field say",
        arguments: [
            ("1.1", "X: y", true), ("1.1", "Connection: close", false),
            ("1.1", "connection: Upgrade, CLOSE", false), ("1.1", "Connection: keep-alive", true),
            ("1.1", "Connection: closed", true), ("1.0", "X: y", false),
            ("1.0", "Connection: Keep-Alive", true),
            ("1.0", "Connection: close, keep-alive", false),
        ])
    func keepsAlive(version: String, line: String, keeps: Bool) throws {
        let request = try #require(decodeRequests(head(line, version: version)).last)
        #expect(request.head.keepsAlive == keeps)
    }
}
