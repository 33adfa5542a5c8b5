// Which page speaks? Browsers say from where a script comes, and let any site's scripts open
// WebSockets to any server: so a server has to look. Programs that are no browsers say nothing.
// In: a request's head. Out: whether its page may talk to us. Spec: RFC 6454 §4, RFC 6455 §10.2.
// Next: Authority.swift, App.swift, EngineIOServer.swift.

import EngineBytes
import HTTPWire
import EngineSockets

/// Where a page comes from. Two that are equal are the same place, however they are spelled.
struct Origin: Equatable {
    /// `http` for `ws` too, `https` for `wss`; others as they are.
    private let scheme: String
    private let host: String
    /// The port, or the usual one of the scheme.
    private let port: Int?

    /// A scheme, a host and maybe a port, with at most one slash behind: some clients write
    /// `wss://host:443` or `http://host/`. Nil: it is something else, such as `null`.
    init?(_ text: String) { self.init(text) { Authority($0) } }

    /// The same as a person writes it; see `Authority`.
    init?(written text: String) {
        self.init(text) { Authority(written: String(decoding: $0, as: UTF8.self)) }
    }

    private init?(_ text: String, _ parse: (ArraySlice<UInt8>) -> Authority?) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: .colon), bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        var rest = bytes[(colon + 3)...]
        if rest.last == .slash { rest.removeLast() }
        guard let authority = parse(rest) else { return nil }
        host = authority.host
        switch String(decoding: bytes[..<colon], as: UTF8.self).lowercased() {
        case "http", "ws": (scheme, port) = ("http", authority.port ?? 80)
        case "https", "wss": (scheme, port) = ("https", authority.port ?? 443)
        case let other: (scheme, port) = (other, authority.port)
        }
    }

    /// Whether a request comes from a page of this server, or from no page at all. The host and
    /// port that the page came from have to be those that are asked; a proxy in between has to pass
    /// `Host` on. Which of http and https it was, the server can't know behind a proxy with TLS: a Host
    /// without a port has that of the page's scheme.
    /// Spec: RFC 6455 §10.2
    static func isOwn(_ head: HTTPRequestHead) -> Bool {
        guard head.hasOrigin else { return true }
        guard let origin = head.fields["Origin"].flatMap({ Origin($0) }),
            let usual = usualPorts[origin.scheme], let asked = Authority(head.host)
        else { return false }
        return origin.host == asked.host && origin.port == asked.port ?? usual
    }

    private static let usualPorts = ["http": 80, "https": 443]

    /// One line for whoever runs the server.
    static func logRefusal(of head: HTTPRequestHead, option: String) {
        let origin = head.fields["Origin"] ?? ""
        Log.write(
            "a page of \(origin) was refused, since it asked \(head.fields["Host"] ?? ""); "
                + "\(option) lets other sites in")
    }

    /// Whether a request may be answered, where these sites are welcome beside the own one.
    static func isAllowed(_ head: HTTPRequestHead, _ cors: (any CrossOriginPolicy)?) -> Bool {
        if isOwn(head) { return true }
        guard let cors, let origin = head.fields["Origin"] else { return false }
        return cors.isAllowed(origin)
    }
}
