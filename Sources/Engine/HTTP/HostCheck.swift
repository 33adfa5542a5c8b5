// Which names does this server answer to? A page can give its own name the address of a visitor's
// machine ("DNS rebinding"): to the browser a server there is the page's own then. But the browser
// writes into Host the name that the page has, and no script can change that.
// In: Host fields. Out: whether they name this server. Next: Authority.swift, App.swift.

import HTTPWire
import EngineSockets

/// Compares Host fields with the names of a server.
struct HostCheck {
    /// What the program names; see `App.allowedHosts`.
    var allowed: [String] = [] { didSet { prepare() } }
    /// The same as it is compared; a dot in front: all names that end so.
    private var rules: [String] = []
    /// What the server was told to listen on.
    private var named: [String] = []
    private var isOnLoopback = true
    private var takesAny = false
    /// Spellings that were found good: nearly every request has one of a few.
    private var accepted: [[UInt8]] = []
    private var refused: Set<String> = []

    /// So many spellings are kept.
    private static let mostAccepted = 8
    /// So many names are logged.
    private static let mostRefused = 100

    /// The server listens on these addresses; the last of them it was told by this name.
    mutating func listens(on addresses: [SocketAddress], by name: String?) {
        isOnLoopback = addresses.allSatisfy(\.isLoopback)
        if let name, let rule = Self.rule(name) { named.append(rule) }
        prepare()
    }

    private mutating func prepare() {
        // Who listens to the network is asked by names that it can't know.
        takesAny = allowed.isEmpty ? !isOnLoopback : allowed.contains("*")
        rules = allowed.compactMap(Self.rule) + named
        accepted = []
    }

    /// Whether a request names this server. HTTP/1.0 may name none; no browser speaks it.
    mutating func accepts(_ head: HTTPRequestHead) -> Bool {
        if takesAny { return true }
        let host = head.host
        if accepted.contains(where: { $0.elementsEqual(host) }) { return true }
        guard let name = Authority(host)?.host else {
            return host.isEmpty && head.minorVersion == 0
        }
        guard isOwn(name) else { return false }
        if accepted.count < Self.mostAccepted { accepted.append(Array(host)) }
        return true
    }

    private func isOwn(_ name: String) -> Bool {
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        if SocketAddress(literal: name)?.isLoopback == true { return true }
        return rules.contains { $0.hasPrefix(".") ? name.hasSuffix($0) : name == $0 }
    }

    /// An entry as it is compared; nil: it is no name, and no `*.` with a name behind.
    static func rule(_ entry: String) -> String? {
        if let address = SocketAddress(literal: entry) { return address.host }
        let isPattern = entry.hasPrefix("*.")
        let name = Authority(written: isPattern ? String(entry.dropFirst(2)) : entry)?.host
        return name.map { isPattern ? ".\($0)" : $0 }
    }

    /// The answer to a request by another name; the first time the log has it too.
    mutating func refusal(of head: HTTPRequestHead) -> HTTPResponse {
        guard let name = Authority(head.host)?.host else {
            return .text("403 Forbidden: the field Host names no host.\n", .forbidden)
        }
        let remedy = "app.allowedHosts = [\"\(name)\"], or --allowed-host \(name)"
        if refused.count < Self.mostRefused, refused.insert(name).inserted {
            Log.write("a request for another host was refused; to let it in: \(remedy)")
        }
        return .text(
            "403 Forbidden: this server does not answer to the name \"\(name)\". If it shall, name "
                + "it in the program, or when it is started: \(remedy)\n", .forbidden)
    }
}
