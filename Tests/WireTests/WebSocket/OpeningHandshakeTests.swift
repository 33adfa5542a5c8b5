// In: requests as text, each with at most one thing wrong. Out: the 101, or an answer that names
// what is wrong and what was expected.
// Spec: RFC 6455 §1.3, §4.2.1, §4.2.2. Next: Sources/Wire/WebSocket/OpeningHandshake.swift.

import HTTPWire
import Testing
import WebSocketWire

@Suite("Opening handshake")
struct OpeningHandshakeTests {
    /// The RFC's fields, of which a test may change one; a value of nil leaves the field out.
    private func head(
        _ changed: String = "", _ value: String? = nil, line: String = "GET /chat HTTP/1.1"
    ) throws -> HTTPRequestHead {
        let fields: [(String, String)] = [
            ("Host", "server.example.com"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Origin", "http://example.com"), ("Sec-WebSocket-Version", "13"),
        ]
        var text = line + "\r\n"
        for (name, original) in fields {
            let written = name == changed ? value : original
            if let written { text += "\(name): \(written)\r\n" }
        }
        return try parse(text + "\r\n")
    }

    private func offering(_ lines: String...) throws -> HTTPRequestHead {
        let key = "dGhlIHNhbXBsZSBub25jZQ=="
        let fields = lines.map { "Sec-WebSocket-Protocol: \($0)\r\n" }.joined()
        return try head("Sec-WebSocket-Key", "\(key)\r\n\(fields)X: x")
    }

    private func parse(_ text: String) throws -> HTTPRequestHead {
        var decoder = HTTPRequestDecoder()
        decoder.feed(Array(text.utf8)[...])
        return try #require(try decoder.nextRequest()).head
    }

    private func refusal(of head: HTTPRequestHead) -> HandshakeError? {
        do throws(HandshakeError) {
            var response = try OpeningHandshake.accept(head)
            _ = try OpeningHandshake.addSubprotocol(to: &response, for: head) { $0.first }
            return nil
        } catch {
            return error
        }
    }

    @Test("the RFC's key has the RFC's accept value")
    func acceptValue() {
        let value = OpeningHandshake.acceptValue(
            forKey: Array("dGhlIHNhbXBsZSBub25jZQ==".utf8)[...])
        #expect(value == Array("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".utf8))
    }

    @Test("the RFC's request is answered with the RFC's 101")
    func accepted() throws {
        let response = try OpeningHandshake.accept(try head())
        #expect(response.status == .switchingProtocols)
        #expect(response.fields["Upgrade"] == "websocket")
        #expect(response.fields["Connection"] == "Upgrade")
        #expect(response.fields["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        let bytes = response.encode(isHead: false, keepsAlive: true, minorVersion: 1, date: "now")
        let lines = String(decoding: bytes, as: UTF8.self)
        #expect(lines.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(lines.hasSuffix("\r\n\r\n"))
        #expect(!lines.contains("Content-Length"))
    }

    @Test(
        "tokens in any case and beside others are understood",
        arguments: [
            ("Upgrade", "WebSocket"), ("Upgrade", "h2c, websocket"), ("Connection", "upgrade"),
            ("Connection", "keep-alive, Upgrade"), ("Connection", "keep-alive,\tUPGRADE"),
        ])
    func tokens(_ name: String, _ value: String) throws {
        #expect(refusal(of: try head(name, value)) == nil)
        #expect(try head(name, value).asksForWebSocket)
    }

    @Test(
        "a request with a wrong or missing field is answered with 400 and the field's name",
        arguments: [
            ("Upgrade", nil), ("Upgrade", "h2c"), ("Upgrade", "websockets"),
            ("Connection", nil), ("Connection", "keep-alive"), ("Connection", "upgraded"),
            ("Sec-WebSocket-Key", nil), ("Sec-WebSocket-Key", ""),
            ("Sec-WebSocket-Key", "c2hvcnQ="), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSE="),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j!Q=="),
        ] as [(String, String?)])
    func refused(_ name: String, _ value: String?) throws {
        let error = try #require(refusal(of: try head(name, value)))
        #expect(error.response.status == .badRequest)
        #expect(error.reason.contains(name))
        #expect(String(decoding: error.response.body, as: UTF8.self).contains(name))
    }

    @Test("a key that comes twice is refused")
    func twoKeys() throws {
        let twice = "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        #expect(refusal(of: try head("Sec-WebSocket-Key", twice))?.status == .badRequest)
    }

    @Test(
        "another version is answered with 426 and the version that is spoken here",
        arguments: [nil, "8", "0", "14", "13.0", ""] as [String?])
    func version(_ value: String?) throws {
        let error = try #require(refusal(of: try head("Sec-WebSocket-Version", value)))
        #expect(error.response.status == .upgradeRequired)
        #expect(error.response.fields["Sec-WebSocket-Version"] == "13")
    }

    @Test("only a GET of HTTP/1.1 opens a WebSocket")
    func methodAndVersion() throws {
        for line in ["POST /chat HTTP/1.1", "HEAD /chat HTTP/1.1", "GET /chat HTTP/1.0"] {
            #expect(refusal(of: try head(line: line))?.status == .badRequest, "\(line)")
        }
    }

    @Test("an ordinary request asks for no WebSocket")
    func ordinary() throws {
        let ordinary = try parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
        #expect(!ordinary.asksForWebSocket)
        #expect(refusal(of: ordinary)?.status == .badRequest)
    }

    @Test("what a client sends right behind its request is its first message")
    func earlyFrame() throws {
        var decoder = HTTPRequestDecoder()
        let fields = "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        let bytes = Array("GET / HTTP/1.1\r\n\(fields)".utf8) + masked(.text, "early")
        decoder.feed(bytes[...])
        _ = try decoder.nextRequest()
        let rest = decoder.takeRemainder()
        #expect(decodeMessages([rest[...]]).incoming == [text("early")])
    }

    @Test("of the subprotocols that are offered the first is taken, or the chosen one")
    func subprotocol() throws {
        func answer(
            _ head: HTTPRequestHead, _ choose: ([String]) -> String? = { $0.first }
        ) throws -> String? {
            var response = try OpeningHandshake.accept(head)
            let chosen = try OpeningHandshake.addSubprotocol(
                to: &response, for: head, choosing: choose)
            #expect(response.fields["Sec-WebSocket-Protocol"] == chosen)
            return chosen
        }
        #expect(try answer(try head()) == nil)
        #expect(try answer(try offering("chat, superchat")) == "chat")
        #expect(try answer(try offering("v2.chat!\t ,v1", "v0")) == "v2.chat!")
        #expect(try answer(try offering("chat", "Chat")) == "chat")
        #expect(try answer(try offering("a,b", "c")) { $0.last } == "c")
        #expect(try answer(try offering("a, b")) { _ in nil } == nil)
        // A client gives up when it is answered what it has not offered.
        #expect(try answer(try offering("a, b")) { _ in "c" } == nil)
    }

    @Test(
        "a list that holds something else, or one twice, is refused",
        arguments: [
            "", ",", "a,", ",a", "a,,b", "a b", "a, a", "a/b", "a;b", "\"a\"", "a=b", "a@b", "ä",
            "(a)",
        ])
    func malformedProtocols(value: String) throws {
        let error = try #require(refusal(of: try offering(value)))
        #expect(error.status == .badRequest)
        #expect(error.reason.contains("Sec-WebSocket-Protocol"))
        #expect(refusal(of: try offering("x", value))?.status == .badRequest)
    }

    @Test("a subprotocol that two fields offer is refused")
    func twiceOffered() throws {
        #expect(refusal(of: try offering("a", "b, a"))?.status == .badRequest)
    }
}
