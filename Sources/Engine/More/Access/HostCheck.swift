// Which names does this server answer to? A page can give its own name the address of a visitor's
// machine ("DNS rebinding"): to the browser a server there is the page's own then. But the browser
// writes into Host the name that the page has, and no script can change that.
// In: Host fields. Out: whether they name this server. Next: Origin.swift, AllowedHosts.swift.

import EngineSockets
import HTTPWire

extension App {
    func hasOpened(by host: String?) {
        more.hostCheck.listens(on: listeners.map(\.address), by: host)
    }

    func mayAnswer(_ exchange: HTTPExchange) -> Bool {
        let head = exchange.request.head
        if more.hostCheck.accepts(head) { return true }
        observers?.tell { $0.refused(.host, exchange.request.address) }
        exchange.respond(more.hostCheck.refusal(of: head))
        return false
    }
}

/// Compares Host fields with the names of a server.
struct HostCheck {
    /// What the program allows, as it is compared; see AllowedHosts.swift.
    var allowed: [String]? { didSet { accepted = [] } }
    /// What the server was told to listen on.
    private var named: [String] = []
    private var isOnLoopback = true
    /// Spellings that were found good: nearly every request has one of a few.
    private var accepted: [[UInt8]] = []
    private static let mostAccepted = 8
    /// Names that the log has.
    private var refused: Set<String> = []
    private static let mostRefused = 100

    /// The server listens on these addresses; the last of them it was told by this name.
    mutating func listens(on addresses: [SocketAddress], by name: String?) {
        isOnLoopback = addresses.allSatisfy(\.isLoopback)
        if let name = name.flatMap(Self.rule) { named.append(name) }
        accepted = []
    }

    /// A server that listens to the network is asked by names that it can't know.
    private var takesAny: Bool { allowed?.contains("*") ?? !isOnLoopback }

    /// Whether a request names this server. HTTP/1.0 may name none; no browser speaks it.
    mutating func accepts(_ head: HTTPRequestHead) -> Bool {
        if takesAny { return true }
        let host = head.host
        // A loop: a closure would be asked for its actor at each request.
        for spelling in accepted where spelling.elementsEqual(host) { return true }
        guard let name = Authority(host)?.host else {
            return host.isEmpty && head.minorVersion == 0
        }
        guard isOwn(name) else { return false }
        if accepted.count < Self.mostAccepted { accepted.append(Array(host)) }
        return true
    }

    private func isOwn(_ name: String) -> Bool {
        name == "localhost" || name.hasSuffix(".localhost")
            || SocketAddress(literal: name)?.isLoopback == true
            || ((allowed ?? []) + named).contains {
                // With a dot in front: all names that end so.
                $0.hasPrefix(".") ? name.hasSuffix($0) : name == $0
            }
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
