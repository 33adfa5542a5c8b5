// A cookie that names the session, for a load balancer that sends all requests of a client to the
// same process by it. The server itself never reads it: a session is named by the query alone.
// In: a name and attributes. Out: the value of Set-Cookie. Spec: RFC 6265 §4.1.
// Next: More/Hooks/HookedRequest.swift, which sends it.

import EngineBytes
import EngineSockets

/// The cookie that goes with a session's first answer, as the reference's option `cookie`.
///
/// `io.engine.cookie = SessionCookie(name: "io", secure: true)`
public nonisolated struct SessionCookie: Sendable {
    /// Whether a browser sends a cookie along with requests that pages of other sites make.
    public enum SameSite: String, Sendable {
        /// Never.
        case strict = "Strict"
        /// Only when a person follows a link.
        case lax = "Lax"
        /// Always. Browsers want `secure` with it.
        case none = "None"
    }

    /// Its name; the reference's is `io`.
    public var name: String
    /// The path under which the browser sends it; nil: the directory of the request's.
    public var path: String?
    /// The host, with those below it, that gets it; nil: only the one that was asked.
    public var domain: String?
    /// Seconds that it lives; nil: until the browser is closed.
    public var maxAge: Int?
    /// Whether it is kept from scripts.
    public var httpOnly: Bool
    /// Whether it is sent over HTTPS only.
    public var secure: Bool
    /// Whether it goes along with other sites' requests; nil: as the browser likes.
    public var sameSite: SameSite?

    /// A cookie with the reference's defaults.
    public init(
        name: String = "io", path: String? = "/", domain: String? = nil, maxAge: Int? = nil,
        httpOnly: Bool = true, secure: Bool = false, sameSite: SameSite? = .lax
    ) {
        self.name = name
        self.path = path
        self.domain = domain
        self.maxAge = maxAge
        self.httpOnly = httpOnly
        self.secure = secure
        self.sameSite = sameSite
    }

    /// The value of `Set-Cookie` for a session; nil when a part of it would mean something else.
    func field(sid: String) -> String? {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken),
            [path, domain].allSatisfy({ $0.map(Self.isAttribute) ?? true })
        else {
            Log.write("the cookie \(name) was not sent: its name, path or domain is not valid")
            return nil
        }
        var value = "\(name)=\(sid)"
        if let maxAge { value += "; Max-Age=\(maxAge)" }
        if let domain { value += "; Domain=\(domain)" }
        if let path { value += "; Path=\(path)" }
        if httpOnly { value += "; HttpOnly" }
        if secure { value += "; Secure" }
        if let sameSite { value += "; SameSite=\(sameSite.rawValue)" }
        return value
    }

    /// A semicolon would begin the next attribute.
    private static func isAttribute(_ value: String) -> Bool {
        value.utf8.allSatisfy { !$0.isControl && $0 != .semicolon }
    }
}
