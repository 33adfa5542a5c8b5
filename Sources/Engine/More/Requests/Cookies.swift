// `response.setCookie(Cookie("session", token))`. In: a name, a value, attributes. Out: the field
// Set-Cookie. Spec: RFC 6265 §4.1. Next: JSONRequests.swift, which reads them.

import EngineBytes
import HTTPWire

/// A cookie that a browser shall keep.
public nonisolated struct Cookie: Sendable, Equatable {
    /// Its name: a token.
    public let name: String
    /// Its value: visible ASCII without blanks, quotes, commas, semicolons and backslashes.
    public let value: String
    /// The path under which it is sent back.
    public var path = "/"
    /// The host, with those below it, that gets it; nil: only the one that sends it.
    public var domain: String?
    /// Seconds that it lives; nil: until the browser is closed; 0: it is removed.
    public var maxAge: Int?
    /// Whether it is kept from scripts.
    public var httpOnly = true
    /// Whether it is sent over HTTPS only.
    public var secure = false
    /// Whether it goes along with other sites' requests.
    public var sameSite = SessionCookie.SameSite.lax

    /// A cookie until the browser is closed, kept from scripts and from other sites' requests.
    /// Throws an `HTTPProblem` (500) when name or value would mean something else in the field: a
    /// value from outside is best encoded.
    public init(_ name: String, _ value: String) throws {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else {
            throw HTTPProblem(.internalServerError, "\"\(name)\" is no name of a cookie")
        }
        guard value.utf8.allSatisfy(Self.isInValue) else {
            throw HTTPProblem(
                .internalServerError,
                "the value of the cookie \(name) has characters that it can't have: encode it")
        }
        self.name = name
        self.value = value
    }

    /// Spec: RFC 6265 §4.1.1 "cookie-octet"
    private static func isInValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }

    fileprivate var field: String {
        var field = "\(name)=\(value); Path=\(Self.clean(path))"
        if let domain { field += "; Domain=\(Self.clean(domain))" }
        if let maxAge { field += "; Max-Age=\(maxAge)" }
        if httpOnly { field += "; HttpOnly" }
        if secure { field += "; Secure" }
        return field + "; SameSite=\(sameSite.rawValue)"
    }

    /// A semicolon would begin the next attribute.
    private static func clean(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0 != ";" && $0.value >= 0x20 }.map(Character.init))
    }
}

nonisolated extension HTTPResponse {
    /// Has the browser keep a cookie.
    public mutating func setCookie(_ cookie: Cookie) { fields.add("Set-Cookie", cookie.field) }
}
