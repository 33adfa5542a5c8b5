// Times as Swift writes them, wherever milliseconds are taken: `io.timeout(.seconds(5))`,
// `options.durations.pingInterval = .seconds(25)`. In: durations. Out: milliseconds, rounded up.
// Next: Sources/Sockets/More/Durations.swift, EngineIO/EngineIOOptions.swift.

import EngineSockets

/// The times of a server's options, as durations.
public nonisolated struct ServerDurations: Sendable {
    fileprivate var options: SocketServerOptions

    /// From one heartbeat to the next: `SocketServerOptions.pingInterval`.
    public var pingInterval: Duration {
        get { .milliseconds(options.pingInterval) }
        set { options.pingInterval = newValue.inMilliseconds }
    }

    /// What a client may take to answer one: `SocketServerOptions.pingTimeout`.
    public var pingTimeout: Duration {
        get { .milliseconds(options.pingTimeout) }
        set { options.pingTimeout = newValue.inMilliseconds }
    }

    /// What an upgrade may take: `SocketServerOptions.upgradeTimeout`.
    public var upgradeTimeout: Duration {
        get { .milliseconds(options.upgradeTimeout) }
        set { options.upgradeTimeout = newValue.inMilliseconds }
    }

    /// What a connection may last without a namespace: `SocketServerOptions.connectTimeout`.
    public var connectTimeout: Duration {
        get { .milliseconds(options.connectTimeout) }
        set { options.connectTimeout = newValue.inMilliseconds }
    }
}

extension SocketServerOptions {
    /// The options that are times, as durations; the milliseconds are the same values.
    public var durations: ServerDurations {
        get { ServerDurations(options: self) }
        set { self = newValue.options }
    }
}

extension ConnectionStateRecovery {
    /// How long a client may be away: `maxDisconnectionDuration`.
    public init(for duration: Duration) {
        self.init()
        maxDisconnectionDuration = duration.inMilliseconds
    }
}

extension Broadcast {
    /// Asks all sockets that are meant; their answers may take so long.
    public func timeout(_ time: Duration) -> BroadcastQuestion { timeout(time.inMilliseconds) }
}

extension Namespace {
    /// Asks all sockets; their answers may take so long.
    public func timeout(_ time: Duration) -> BroadcastQuestion { timeout(time.inMilliseconds) }
}

extension RemoteSocket {
    /// The answer may take so long.
    public func timeout(_ time: Duration) -> BroadcastQuestion { timeout(time.inMilliseconds) }
}

extension SocketServer {
    /// Asks all sockets of the main namespace; their answers may take so long.
    public func timeout(_ time: Duration) -> BroadcastQuestion { timeout(time.inMilliseconds) }

    /// As `use(adapter:requestsTimeout:)`, with a duration.
    public func use(adapter: any Adapter, requestsTimeout: Duration) {
        use(adapter: adapter, requestsTimeout: requestsTimeout.inMilliseconds)
    }
}

extension App {
    /// Pings on WebSockets that `webSocket` opens: how often, and how long a peer may be silent
    /// then. As `webSocketPingInterval` and `webSocketPingTimeout`, with durations.
    public func pingWebSockets(every interval: Duration?, timeout: Duration = .seconds(20)) {
        webSocketPingInterval = interval?.inMilliseconds
        webSocketPingTimeout = timeout.inMilliseconds
    }
}
