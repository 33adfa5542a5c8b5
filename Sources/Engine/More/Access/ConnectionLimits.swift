// How many may come in: connections in all, from one address, and new sessions of one address in a
// second. In: addresses. Out: yes or no. Next: HTTP/App.swift, which asks at each new connection;
// More/Hooks/EngineHooks.swift, which asks at each new session.

import EngineSockets

/// How many connections an app takes. Over a limit a new connection is closed at once; those that
/// are there never notice.
public nonisolated struct ConnectionLimits: Sendable {
    /// In all; nil: as many as the system has descriptors for.
    public var total: Int?
    /// From one address; nil: no limit, since a school or an office is often one address. Behind a
    /// proxy that `App.trustedProxies` names, sessions of Socket.IO are counted by their clients'
    /// addresses; behind any other, every client has the proxy's.
    public var perAddress: Int?
    /// New Socket.IO sessions of one address in a second; nil: no limit.
    public var handshakesPerSecond: Int?

    /// No limits but the system's.
    public init() {}
}

extension App {
    /// How many connections it takes.
    public var connectionLimits: ConnectionLimits {
        get { more.counter?.limits ?? ConnectionLimits() }
        set {
            let counter = more.counter ?? ConnectionCounter(self)
            counter.limits = newValue
            more.counter = counter
            admits = counter.admits
        }
    }

    /// Whether a client may open one more session now.
    func admitsSession(of address: SocketAddress) -> Bool {
        guard let extras = extras as? AppExtras, let counter = extras.counter else { return true }
        return counter.admitsSession(of: address)
    }

    /// Whether a client behind a proxy may have one more.
    func admitsBehindProxy(_ request: Request) -> Bool {
        guard request.further.isForwarded else { return true }
        return (extras as? AppExtras)?.counter?.admitsBehindProxy(request.address) ?? true
    }

    /// A session begins, or ends.
    func count(_ request: Request, isNew: Bool) {
        guard request.extras != nil, request.further.isForwarded else { return }
        (extras as? AppExtras)?.counter?.count(request.address, isNew: isNew)
    }
}

/// Counts the connections and sessions of an app.
final class ConnectionCounter {
    fileprivate var limits = ConnectionLimits()
    private unowned let app: App
    /// How many connections each address has; kept only while there is a limit.
    private var connections: [String: Int] = [:]
    /// How many sessions each address has opened in this second.
    private var sessions: [String: Int] = [:]
    private var second = 0
    /// Whether the log has heard of the crowd, until there is room again.
    private var isCrowded = false

    fileprivate init(_ app: App) { self.app = app }

    fileprivate func admits(_ stream: TCPStream) -> Bool {
        let open = app.connections.count + app.webSockets.count
        if let total = limits.total, open >= total {
            tellOnce("\(open) connections are open: new ones are refused (connectionLimits.total)")
            app.observers?.tell { $0.refused(.connectionLimit, stream.peer.host) }
            return false
        }
        guard let most = limits.perAddress, !app.isProxy(stream.peer) else {
            isCrowded = false
            return true
        }
        let host = stream.peer.host
        guard connections[host, default: 0] < most else {
            tellOnce("\(host) has \(most) connections: more are refused (…Limits.perAddress)")
            app.observers?.tell { $0.refused(.connectionLimit, host) }
            return false
        }
        isCrowded = false
        connections[host, default: 0] += 1
        stream.whenClosed = { [weak self] in self?.left($0.host) }
        return true
    }

    /// Behind a proxy a client's sessions are counted, since its connections are the proxy's.
    fileprivate func admitsBehindProxy(_ host: String) -> Bool {
        guard let most = limits.perAddress else { return true }
        return connections[host, default: 0] < most
    }

    /// A session begins, or ends, whose client is behind a proxy.
    fileprivate func count(_ host: String, isNew: Bool) {
        if isNew { connections[host, default: 0] += 1 } else { left(host) }
    }

    private func left(_ host: String) {
        guard let count = connections[host] else { return }
        connections[host] = count > 1 ? count - 1 : nil
    }

    fileprivate func admitsSession(of address: SocketAddress) -> Bool {
        guard let most = limits.handshakesPerSecond else { return true }
        let now = EventLoop.shared.now
        if now / 1_000 != second {
            second = now / 1_000
            sessions = [:]
        }
        sessions[address.host, default: 0] += 1
        return sessions[address.host, default: 0] <= most
    }

    private func tellOnce(_ line: String) {
        if !isCrowded { Log.write(line) }
        isCrowded = true
    }
}
