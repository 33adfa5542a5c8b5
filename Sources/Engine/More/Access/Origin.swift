// Which host is asked, and which page asks? Browsers say from where a script comes, and let any
// site's scripts open WebSockets to any server: so a server has to look. Programs that are no
// browsers say nothing. In: a request's head. Out: whether its page may talk to us.
// Spec: RFC 3986 §3.2, RFC 6454 §4, RFC 6455 §10.2. Next: HostCheck.swift,
// CrossOriginPolicy.swift.

import EngineBytes
import EngineSockets
import HTTPWire

/// A host, and a port where one is named: what a Host field holds, and an origin behind its scheme.
/// The same for the same host, however it is spelled.
nonisolated struct Authority {
    /// In small letters, without the dot at the end that names the root; an IPv6 address without
    /// brackets, in its usual spelling.
    let host: String
    /// Nil: that of the scheme.
    let port: Int?

    /// The longest name that the domain name system has. Spec: RFC 1035 §2.3.4
    private static let longest = 253

    /// Nil: it is something else, or more than a host and a port. A name is letters, digits, `-`,
    /// `.` and `_`, as browsers send it; of other scripts `xn--…`.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if bytes.first == UInt8(ascii: "[") {
            let end = bytes.firstIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
            let literal = String(decoding: bytes[..<end].dropFirst(), as: UTF8.self)
            guard let address = SocketAddress(literal: literal) else { return nil }
            host = address.host
            rest = bytes[(end + 1)...]
        } else {
            var name = bytes.prefix { $0 != .colon }
            rest = bytes[name.endIndex...]
            if name.last == UInt8(ascii: ".") { name.removeLast() }
            guard (1...Self.longest).contains(name.count), name.allSatisfy(Self.isInName)
            else { return nil }
            host = String(decoding: name.map(\.lowercased), as: UTF8.self)
        }
        let digits = rest.dropFirst()
        guard rest.first ?? .colon == .colon, digits.allSatisfy(\.isDigit) else { return nil }
        port = Int(String(decoding: digits, as: UTF8.self))
        guard digits.isEmpty || (port ?? .max) <= 65_535 else { return nil }
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte.lowercased {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), .hyphen, UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: byte.isDigit
        }
    }
}

/// Where a page comes from. Two that are equal are the same place, however they are spelled.
nonisolated struct Origin: Equatable {
    /// `http` for `ws` too, `https` for `wss`; others as they are.
    private let scheme: String
    private let host: String
    /// The port, or the usual one of the scheme.
    private let port: Int?

    private static let usualPorts = ["http": 80, "https": 443]

    /// A scheme, a host and maybe a port, with at most one slash behind: some clients write
    /// `wss://host:443` or `http://host/`. Nil: it is something else, such as `null`.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: .colon), bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        var rest = bytes[(colon + 3)...]
        if rest.last == .slash { rest.removeLast() }
        guard let authority = Authority(rest) else { return nil }
        host = authority.host
        switch String(decoding: bytes[..<colon], as: UTF8.self).lowercased() {
        case "http", "ws": scheme = "http"
        case "https", "wss": scheme = "https"
        case let other: scheme = other
        }
        port = authority.port ?? Self.usualPorts[scheme]
    }

    /// Whether a request comes from a page of this server, or from no page at all. The host and
    /// port that the page came from have to be those that are asked; a proxy in between has to pass
    /// `Host` on. Which of http and https it was, the server can't know behind a proxy with TLS: a
    /// Host without a port has that of the page's scheme.
    /// Spec: RFC 6455 §10.2
    static func isOwn(_ head: HTTPRequestHead) -> Bool {
        guard head.hasOrigin else { return true }
        guard let origin = head.fields["Origin"].flatMap({ Origin($0) }),
            let usual = usualPorts[origin.scheme], let asked = Authority(head.host)
        else { return false }
        return origin.host == asked.host && origin.port == asked.port ?? usual
    }

    /// One line for the person who runs the server.
    static func logRefusal(of head: HTTPRequestHead, option: String) {
        let origin = head.fields["Origin"] ?? ""
        Log.write(
            "a page of \(origin) was refused, since it asked \(head.fields["Host"] ?? ""); "
                + "\(option) lets other sites in")
    }
}
