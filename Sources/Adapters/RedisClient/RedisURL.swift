// `redis://user:password@host:port/db`. In: a text. Out: its parts, or an error that says what is
// wrong and never shows the password. Next: RedisConnection.swift.

import Foundation

/// The address of a Redis server, and who connects.
nonisolated struct RedisURL: Equatable, Sendable {
    let host: String
    let port: Int
    /// Nil: the user `default`.
    let user: String?
    let password: String?
    let database: Int

    /// The address as a log shows it.
    var shown: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Throws `RedisError.invalidURL`.
    init(_ text: String) throws(RedisError) {
        let invalid = { (reason: String) in RedisError.invalidURL(Self.withoutSecrets(text), reason)
        }
        let parts = URLComponents(string: text)
        switch (parts?.scheme ?? text.prefix { $0 != ":" }.description).lowercased() {
        case "redis": break
        case "rediss":
            // Simplified: no TLS. Larger clients have it built in.
            throw invalid(
                "TLS is not built in. Let a tunnel beside this program speak it (stunnel, or a "
                    + "sidecar such as Envoy), and connect to the tunnel with redis://")
        case "unix", "redis+unix":
            throw invalid("sockets of a file system are not supported: use redis://127.0.0.1:6379")
        default: throw invalid("expected a URL like redis://user:password@localhost:6379/0")
        }
        guard let parts, let host = parts.host, !host.isEmpty else {
            throw invalid(
                "expected a URL like redis://user:password@localhost:6379/0; signs such as / ? # "
                    + "@ in a password are written %2F %3F %23 %40")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw invalid("nothing may follow the number of the database; options are set in code")
        }
        let path = parts.path.drop { $0 == "/" }
        guard let database = path.isEmpty ? 0 : Int(path), database >= 0 else {
            throw invalid("\"\(path)\" is no number of a database, such as 0")
        }
        let port = parts.port ?? 6379
        guard (1...65_535).contains(port) else { throw invalid("a port is 1 to 65535") }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        self.port = port
        self.database = database
        password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        if user != nil, password == nil {
            throw invalid("a user has to have a password: redis://user:password@host")
        }
    }

    /// The text without user and password. What cannot be read may have them anywhere before `@`.
    private static func withoutSecrets(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let scheme = text.range(of: "://").map { text[..<$0.upperBound] } ?? ""
        return "\(scheme)…\(text[at...])"
    }
}
