// `http://localhost:3000/admin?token=1`: the server's address, the namespace, and the query of the
// handshake. In: a text. Out: its parts, or an error that says what is wrong.
// Next: Manager.swift.

import Foundation

/// The address of a server.
struct ServerURL: Equatable {
    let host: String
    let port: Int
    /// The namespace: the URL's path, `/` if it has none.
    let namespace: String
    /// The URL's query, as it stands.
    let query: String

    /// Takes `http://`, `ws://`, or no scheme at all. Throws `ClientError.invalidURL`.
    init(_ text: String) throws {
        let whole = text.contains("://") ? text : "http://\(text)"
        guard let parts = URLComponents(string: whole), let host = parts.host, !host.isEmpty else {
            throw ClientError.invalidURL(text, "expected a URL like http://localhost:3000")
        }
        switch parts.scheme?.lowercased() {
        case "http", "ws": break
        case "https", "wss":
            // Simplified: no TLS. Larger clients have it built in.
            throw ClientError.invalidURL(
                text, "encryption (TLS) is not built in: connect to a proxy that adds it")
        default:
            throw ClientError.invalidURL(text, "its scheme has to be http or ws")
        }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        port = parts.port ?? 80
        namespace = parts.path.isEmpty ? "/" : parts.path
        query = parts.percentEncodedQuery ?? ""
    }

    /// The value of the Host field.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }
}
