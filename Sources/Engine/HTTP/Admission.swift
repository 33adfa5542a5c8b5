// How many may come in: connections in all, from one address, and new sessions of one address in a
// second. In: addresses. Out: yes or no. Next: App.swift, which asks at each new connection.

import EngineSockets

/// How many connections an app takes. Over a limit a new connection is closed at once; those that
/// are there never notice.
public struct ConnectionLimits {
    /// In all; nil: as many as the system has descriptors for.
    public var total: Int?
    /// From one address; nil: no limit, since a school or an office is often one address. Behind a
    /// proxy every client has the proxy's address.
    public var perAddress: Int?
    /// New Socket.IO sessions of one address in a second; nil: no limit.
    public var handshakesPerSecond: Int?

    /// No limits but the system's.
    public init() {}
}

/// Counts who is there.
struct Admission {
    /// How many connections each address has; kept only while there is a limit.
    private var connections: [String: Int] = [:]
    /// How many sessions each address has opened in this second.
    private var handshakes: [String: Int] = [:]
    private var second = 0
    /// Whether the log has heard of the crowd, until there is room again.
    private var isCrowded = false

    /// A connection more. False: it is one too many.
    mutating func enter(_ address: SocketAddress, open: Int, _ limits: ConnectionLimits) -> Bool {
        if let total = limits.total, open >= total {
            tellOnce("\(open) connections are open: new ones are refused (connectionLimits.total)")
            return false
        }
        guard let most = limits.perAddress else {
            isCrowded = false
            return true
        }
        let host = address.host
        guard connections[host, default: 0] < most else {
            tellOnce("\(host) has \(most) connections: more are refused (…Limits.perAddress)")
            return false
        }
        isCrowded = false
        connections[host, default: 0] += 1
        return true
    }

    /// A connection less.
    mutating func leave(_ address: SocketAddress) {
        let host = address.host
        guard let count = connections[host] else { return }
        connections[host] = count > 1 ? count - 1 : nil
    }

    /// A session more. False: too many in this second.
    mutating func shake(_ host: String, now: Int, _ limits: ConnectionLimits) -> Bool {
        guard let most = limits.handshakesPerSecond else { return true }
        if now / 1_000 != second {
            second = now / 1_000
            handshakes = [:]
        }
        handshakes[host, default: 0] += 1
        return handshakes[host, default: 0] <= most
    }

    private mutating func tellOnce(_ line: String) {
        if !isCrowded { Log.write(line) }
        isCrowded = true
    }
}
