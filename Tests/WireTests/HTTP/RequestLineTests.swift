// In: request lines, good and bad. Out: method, target, path and version, or the error that names
// the broken rule. Spec: RFC 9112 §3. Next: FieldLineTests.swift.

import HTTPWire
import Testing

@Suite("Request line")
struct RequestLineTests {
    private func decodeLine(_ line: String) -> RequestOutcome {
        decodeRequests("\(line)\r\nHost: a\r\n\r\n")
    }

    @Test("method, target and version come out as they were sent")
    func parts() throws {
        let request = try #require(decodeLine("PROPFIND /a%20b/c?x=1&y HTTP/1.1").last)
        #expect(request.head.method == "PROPFIND")
        #expect(request.head.target == "/a%20b/c?x=1&y")
        #expect(request.head.path == "/a b/c")
        #expect(request.head.minorVersion == 1)
        #expect(request.head.hasMethod("PROPFIND"))
        #expect(!request.head.hasMethod("PROP"))
        #expect(!request.head.hasMethod("propfind"))
    }

    @Test(
        "the path is decoded from the escapes of its UTF-8",
        arguments: [
            ("/", "/"), ("/%41%62", "/Ab"), ("/caf%C3%A9", "/café"), ("/a+b", "/a+b"),
            ("/a%2Fb", "/a/b"), ("/%25", "/%"), ("/?/%zz", "/"), ("//x", "//x"),
        ])
    func path(target: String, path: String) throws {
        let request = try #require(decodeLine("GET \(target) HTTP/1.1").last)
        #expect(request.head.path == path)
    }

    @Test("a target in absolute form names a path of this server")
    func absoluteForm() throws {
        let request = try #require(decodeLine("GET http://a:80/chat?x=1 HTTP/1.1").last)
        #expect(request.head.path == "/chat")
        #expect(request.head.queryValue("x") == "1")
    }

    @Test("an asterisk is a target of OPTIONS alone")
    func asterisk() {
        #expect(decodeLine("OPTIONS * HTTP/1.1").requests == ["OPTIONS * "])
        #expect(decodeLine("GET * HTTP/1.1").error == .malformedTarget)
    }

    @Test("CONNECT is refused with 501, as the server is no proxy")
    func connect() {
        #expect(decodeLine("CONNECT a:443 HTTP/1.1").error == .tunnelRefused)
        #expect(HTTPError.tunnelRefused.status.code == 501)
    }

    @Test(
        "a target that is no path in ASCII with right escapes is refused",
        arguments: [
            "/%", "/%4", "/%4x", "/%xx", "/a%", "/%00", "/a%00b", "/%FF", "/%C3", "/%C0%80",
            "/%ED%A0%80", "/é", "chat", "?x", "a:80", "ftp://a/", "/a\u{7F}b", "/a\u{1}b",
        ])
    func malformedTarget(target: String) {
        #expect(decodeLine("GET \(target) HTTP/1.1").error == .malformedTarget)
    }

    @Test(
        "a request line of another shape is refused",
        arguments: [
            "GET /", "GET", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ",
            " GET / HTTP/1.1", "GET\t/ HTTP/1.1", "GET / HTTP/1", "GET / HTTP/1.", "GET / HTTP/1.x",
            "GET / HTTP/1.10", "GET / HTTP/11", "GET / http/1.1", "GET / HTTPS/1.1",
            "G(T / HTTP/1.1",
            "GET / HTTP/1.1\r", "GET /\rHTTP/1.1", "GET  HTTP/1.1", "Gé / HTTP/1.1", "GET/HTTP/1.1",
        ])
    func malformedLine(line: String) {
        #expect(decodeLine(line).error == .malformedRequestLine)
    }

    @Test("a version other than 1.x is refused with 505", arguments: ["0.9", "2.0", "3.1", "9.9"])
    func version(version: String) {
        let error = decodeLine("GET / HTTP/\(version)").error
        #expect(error == .unsupportedVersion)
        #expect(error?.status.code == 505)
    }

    @Test("the preface of HTTP/2 is refused as a version, not as a target")
    func preface() {
        #expect(decodeRequests("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").error == .unsupportedVersion)
    }

    @Test("a few empty lines before a request are skipped, many are not")
    func emptyLines() {
        let request = head()
        #expect(decodeRequests("\r\n\r\n\r\n\r\n" + request).requests == ["GET / "])
        #expect(decodeRequests("\r\n\r\n\r\n\r\n\r\n" + request).error == .malformedRequestLine)
        let separated = String(repeating: "\r\n\r\n" + request, count: 3)
        #expect(decodeRequests(separated).requests.count == 3)
    }
}
