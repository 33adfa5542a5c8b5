// What More keeps with a server: adapter, recovery, parents of namespaces. In: namespaces that are
// asked for or made. Out: the same features in each of them. Next: DynamicNamespaces.swift.

/// What More keeps with a server; made when the first of its features is used.
final class ServerExtras {
    private unowned let server: SocketServer
    var parents: [ParentNamespace] = []
    var newNamespaceHandlers: [(Namespace) -> Void] = []
    var adapter: (any Adapter)?
    var requestsTimeout = 5_000
    var recovery: ConnectionStateRecovery?
    private let returns = ReturnQueue()
    var unheardEvents = UnheardEvents()

    init(_ server: SocketServer) { self.server = server }

    /// Lets a namespace take part in the group of servers.
    func connect(_ namespace: Namespace) {
        guard let adapter else { return }
        namespace.more.cluster = Cluster(namespace.more, adapter, timeout: requestsTimeout)
    }

    /// Gives a namespace its memory for clients that come back.
    func remember(_ namespace: Namespace) {
        namespace.more.memory = recovery.map { SessionMemory($0, queue: returns) }
    }
}

extension SocketServer {
    /// What More keeps with it, if it keeps anything.
    private var kept: ServerExtras? { extras.flatMap { $0 as? ServerExtras } }

    /// What More keeps with it, from the first use on.
    var more: ServerExtras {
        if let kept { return kept }
        let made = ServerExtras(self)
        extras = made
        return made
    }

    func makeNamespace(_ name: String, for handshake: Handshake?) -> Namespace? {
        for parent in kept?.parents ?? [] {
            if let child = parent.child(name, handshake, of: self) { return child }
        }
        return nil
    }

    func made(_ namespace: Namespace) {
        guard let kept else { return }
        kept.connect(namespace)
        kept.remember(namespace)
        for handler in kept.newNamespaceHandlers { handler(namespace) }
    }

    func closing() { kept?.adapter?.close() }

    /// Calls `handler` when a namespace comes into being, by `of` or by a client's wish.
    public func onNewNamespace(_ handler: @escaping (Namespace) -> Void) {
        more.newNamespaceHandlers.append(handler)
    }

    /// Puts a broker behind this server, so that several of them serve the same clients. Other
    /// servers may take `requestsTimeout` milliseconds to answer. To be called before clients come.
    public func use(adapter: any Adapter, requestsTimeout: Int = 5_000) {
        more.adapter = adapter
        more.requestsTimeout = requestsTimeout
        for namespace in namespaces.values { more.connect(namespace) }
    }

    /// How many servers there are, this one included.
    public var serverCount: Int { more.adapter?.serverCount ?? 1 }

    /// What is remembered of clients when their connection breaks; nil, the default: nothing. To be
    /// set before clients come.
    public var connectionStateRecovery: ConnectionStateRecovery? {
        get { more.recovery }
        set {
            more.recovery = newValue
            for namespace in namespaces.values { more.remember(namespace) }
        }
    }
}
