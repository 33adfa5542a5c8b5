// In: the examples of RFC 7515 and RFC 7519, and tokens that are wrong in one thing each.
// Out: claims, or the reason of a refusal. Next: HMACTests.swift.

import EngineBytes
import Foundation
import Testing

@testable import TokenWire

private nonisolated struct Claims: Codable, Equatable {
    var username: String
    var exp: Int?
    var nbf: Int?
}

@Suite("Tokens")
struct TokenTests {
    private let signer = TokenSigner(key: Array("0123456789abcdef0123456789abcdef".utf8))
    private let now = 1_000.0

    /// A token that is signed as it is.
    private func signed(header: String, claims: String) -> String {
        let input = [header, claims].map { Base64.encodeURL(Array($0.utf8)) }
            .joined(separator: ".")
        let key = Array("0123456789abcdef0123456789abcdef".utf8)
        return "\(input).\(Base64.encodeURL(HMAC(key: key).code(of: Array(input.utf8))))"
    }

    private func problem(_ token: String, at now: Double = 1_000) -> TokenProblem? {
        do {
            _ = try signer.verify(token, as: Claims.self, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("the token of RFC 7515 A.1, which is that of RFC 7519 §3.1, is read, and ends in time")
    func example() throws {
        let key = try #require(
            Base64URL.decode(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
                    + "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let token =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        struct Issued: Decodable { let iss: String }
        let signer = TokenSigner(key: key)
        #expect(try signer.verify(token, as: Issued.self, at: 1_300_819_379.9).iss == "joe")
        #expect(throws: TokenProblem.expired) {
            try signer.verify(token, as: Issued.self, at: 1_300_819_380)
        }
    }

    @Test("what is signed is read again, in the form of RFC 7515")
    func roundTrip() throws {
        let claims = Claims(username: "ada/π", exp: 1_001)
        let token = try signer.sign(claims)
        #expect(token.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."))
        #expect(try signer.verify(token, at: now) == claims)
        #expect(problem(token, at: 1_000.999) == nil)
        #expect(problem(token, at: 1_001) == .expired)
    }

    @Test("a secret of less than 32 bytes signs nothing")
    func secrets() {
        #expect(TokenSigner(secret: String(repeating: "x", count: 31)) == nil)
        #expect(TokenSigner(secret: String(repeating: "x", count: 32)) != nil)
    }

    @Test("no other algorithm is believed, whatever the signature is")
    func algorithms() {
        let claims = #"{"username":"ada","exp":2000}"#
        let right = #"{"alg":"HS256","typ":"JWT"}"#
        #expect(problem(signed(header: right, claims: claims)) == nil)
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#,
            #"{"alg":"hs256"}"#, #"{"typ":"JWT"}"#, #"{"alg":"HS256","crit":["b64"]}"#, "{}", "",
        ] {
            #expect(
                problem(signed(header: header, claims: claims))
                    == .invalid("it is not signed by HS256"), "\(header)")
        }
        let input = ["{\"alg\":\"none\"}", claims].map { Base64.encodeURL(Array($0.utf8)) }
        #expect(problem("\(input[0]).\(input[1]).") == .invalid("its signature is not ours"))
        #expect(problem("\(input[0]).\(input[1])") == .invalid("its signature is not ours"))
    }

    @Test("the times are looked at, and one without an end is refused")
    func times() throws {
        let late = try signer.sign(Claims(username: "ada", exp: 2_000, nbf: 1_001))
        #expect(problem(late) == .invalid("its time has not begun"))
        #expect(problem(late, at: 1_001) == nil)
        let endless = try signer.sign(Claims(username: "ada"))
        #expect(problem(endless) == .invalid("it does not say when it ends"))
        let other = signed(header: #"{"alg":"HS256"}"#, claims: #"{"exp":2000}"#)
        #expect(problem(other) == .invalid("a claim is missing"))
    }

    @Test("a token that was cut, changed or lengthened at any place is refused")
    func damage() throws {
        let token = try signer.sign(Claims(username: "ada", exp: 2_000))
        for length in 0..<token.count { #expect(problem(String(token.prefix(length))) != nil) }
        let bytes = Array(token.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "A") ? 66 : 65
            #expect(problem(String(decoding: changed, as: UTF8.self)) != nil)
        }
        for more in ["A", "=", ".", ".A", "\n"] {
            #expect(problem(token + more) != nil)
            #expect(problem(more + token) != nil)
        }
    }

    @Test("what is no token at all is refused, and a megabyte before it costs anything")
    func garbage() {
        for text in ["", ".", "..", "...", "a.b.c", "🙂.🙂.🙂", "\0"] {
            #expect(problem(text) == .invalid("its signature is not ours"), "\(text)")
        }
        let long = String(repeating: "A", count: 1_000_000)
        #expect(problem(long) == .invalid("it has over 4096 bytes"))
    }

    @Test("another secret's token is not ours")
    func otherKey() throws {
        let other = try #require(TokenSigner(secret: String(repeating: "y", count: 32)))
        let token = try other.sign(Claims(username: "ada", exp: 2_000))
        #expect(problem(token) == .invalid("its signature is not ours"))
    }
}
