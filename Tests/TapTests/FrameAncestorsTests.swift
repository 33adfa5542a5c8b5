// The one change on the way. Next: RelayTests.swift.

import Testing

@testable import Tap

@Suite("The tap lets the workbench frame a page")
nonisolated struct FrameAncestorsTests {
    private let page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + "X-Frame-Options: DENY\r\nContent-Length: 4\r\n"
        + "content-security-policy: default-src 'self';frame-ancestors 'self'; img-src data:\r\n"
        + "\r\nbody"
    private let changed =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + "Content-Length: 4\r\n"
        + "content-security-policy: default-src 'self';frame-ancestors 'self' http://a:1; "
        + "img-src data:\r\n\r\nbody"

    private func pass(_ pieces: [Substring]) -> (received: String, sent: String) {
        var framing = FrameAncestors(origin: "http://a:1")
        var (received, sent): ([UInt8], [UInt8]) = ([], [])
        for (index, piece) in pieces.enumerated() {
            guard let passed = framing.pass(Array(piece.utf8), isStart: index == 0) else {
                continue
            }
            received += passed.received
            sent += passed.sent
        }
        let rest = framing.release()
        return (
            String(decoding: received + rest, as: UTF8.self),
            String(decoding: sent + rest, as: UTF8.self)
        )
    }

    @Test("its origin is added to 'self', X-Frame-Options is dropped, wherever the head is cut")
    func changes() {
        for count in 1...page.utf8.count {
            let result = pass([page.prefix(count), page.dropFirst(count)])
            #expect(result.received == page)
            #expect(result.sent == changed, "cut at \(count)")
        }
    }

    @Test("a page that the browser has gets new fields with 304; other things stay as they are")
    func others() {
        let csp = "Content-Security-Policy: frame-ancestors 'self'\r\n\r\n"
        #expect(pass(["HTTP/1.1 304 Not Modified\r\n\(csp)"]).sent.contains("'self' http://a:1"))
        for same in [
            "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\(csp)",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                + "Content-Security-Policy: frame-ancestors 'none'\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Frame-Options: DENY",
        ] {
            #expect(pass([same[...]]).sent == same)
        }
        let long = "HTTP/1.1 200 OK\r\nA: " + String(repeating: "x", count: 70_000)
        #expect(pass([long[...], "more"]).sent == long + "more")
    }
}
