// What More keeps with a server: namespaces, their parents, adapter, recovery. In: namespaces that
// are asked for or made. Out: the same features in each of them. Next: DynamicNamespaces.swift,
// More/Cluster/UsingAdapters.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// What More keeps with a server; made when the first of its features is used.
final class ServerExtras {
    private unowned let server: SocketServer
    /// All of them, the main one included.
    var namespaces: [WireName: Namespace]
    var parents: [ParentNamespace] = []
    var newNamespaceHandlers: [(Namespace) -> Void] = []
    var adapter: (any Adapter)?
    var requestsTimeout = 5_000
    var adapterOpenTimeout = 2_000
    var adapterCloseTimeout = 400
    var recovery: ConnectionStateRecovery?
    private let returns = ReturnQueue()
    var unheardEvents = UnheardEvents()
    /// See More/Sockets/BackPressure.swift.
    var handlerOrder = HandlerOrder.concurrent
    var mostWaitingHandlers = 100
    /// See More/Observing/HandlerErrors.swift.
    var errorHandlers: [@MainActor (Socket, String, any Error, Ack) -> Void] = []

    init(_ server: SocketServer) {
        self.server = server
        namespaces = ["/": server.sockets]
    }

    /// The namespace of this name, if it exists, or a parent makes it for a client or, by nil, for
    /// the program.
    func namespace(_ name: String, for handshake: Handshake?) -> Namespace? {
        if let namespace = namespaces[WireName(name)] { return namespace }
        for parent in parents {
            if let child = parent.child(name, handshake, of: self) { return child }
        }
        return nil
    }

    /// A new namespace. `setUp` comes before any client, and any handler, hears of it.
    func make(_ name: String, _ setUp: (Namespace) -> Void = { _ in }) -> Namespace {
        let namespace = Namespace(name: name)
        setUp(namespace)
        namespaces[WireName(name)] = namespace
        remember(namespace)
        connect(namespace)
        for handler in newNamespaceHandlers { handler(namespace) }
        return namespace
    }

    /// Forgets a namespace that has no sockets.
    func forget(_ namespace: Namespace) {
        let name = WireName(namespace.name)
        if namespaces[name] === namespace { namespaces[name] = nil }
    }

    /// Lets a namespace take part in the group of servers. One that did already does so anew.
    func connect(_ namespace: Namespace) {
        namespace.kept?.cluster?.close()
        namespace.kept?.cluster = nil
        guard let adapter, !adapter.isAlone, namespace.kept?.usesAdapter != false else { return }
        let extras = namespace.more
        let cluster = Cluster(
            extras, adapter, timeout: requestsTimeout, patience: adapterOpenTimeout)
        extras.cluster = cluster
        guard let memory = extras.memory else { return }
        memory.share = { [weak cluster] session in
            cluster?.save(session, for: memory.options.maxDisconnectionDuration)
        }
    }

    /// Gives a namespace its memory for clients that come back.
    func remember(_ namespace: Namespace) {
        namespace.more.memory = recovery.map { SessionMemory($0, queue: returns) }
    }

    /// The server closes. What sockets that have left had to say to the others goes out first.
    func closeAdapter() async {
        guard let adapter = adapter.take() else { return }
        let clusters = namespaces.values.compactMap { $0.kept?.cluster }
        for cluster in clusters { cluster.prepareToClose() }
        let isClosed = await isDone(within: adapterCloseTimeout) { await adapter.close() }
        if !isClosed {
            Log.write(
                "the adapter did not close within \(adapterCloseTimeout) ms: what was published "
                    + "last may be lost (SocketServer.adapterCloseTimeout)")
        }
        for cluster in clusters { cluster.hasClosed() }
    }
}

extension SocketServer {
    /// What More keeps with it, if it keeps anything.
    var kept: ServerExtras? { extras.flatMap { $0 as? ServerExtras } }

    /// What More keeps with it, from the first use on.
    var more: ServerExtras {
        if let kept { return kept }
        let made = ServerExtras(self)
        extras = made
        return made
    }

    func otherNamespace(_ name: String, for handshake: Handshake) -> Namespace? {
        kept?.namespace(name, for: handshake)
    }

    /// The namespace of this name; it exists from the first call on. A slash in front goes
    /// without saying.
    public func of(_ name: String) -> Namespace {
        let name = name.utf8.first == UInt8(ascii: "/") ? name : "/" + name
        return more.namespace(name, for: nil) ?? more.make(name)
    }

    /// Disconnects all clients, with the reason "server shutting down", and closes the port.
    public func close() async { await app.close() }

    /// Calls `handler` when a namespace comes into being, by `of` or by a client's wish.
    public func onNewNamespace(_ handler: @escaping @MainActor (Namespace) -> Void) {
        more.newNamespaceHandlers.append(handler)
    }

    /// What is remembered of clients when their connection breaks; nil, the default: nothing. To be
    /// set before clients come.
    public var connectionStateRecovery: ConnectionStateRecovery? {
        get { more.recovery }
        set {
            more.recovery = newValue
            for namespace in more.namespaces.values {
                more.remember(namespace)
                more.connect(namespace)
            }
        }
    }
}
