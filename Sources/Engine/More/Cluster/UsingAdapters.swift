// `io.use(adapter:)`, and what a program can set and see of its adapter. In: an adapter. Out: every
// namespace takes part in the group of servers. Next: Adapter.swift, Cluster.swift.

import EngineSockets

extension SocketServer {
    /// Puts a broker behind this server, so that several of them serve the same clients. Other
    /// servers may take `requestsTimeout` milliseconds to answer. To be called before clients come.
    public func use(adapter: any Adapter, requestsTimeout: Int = 5_000) {
        if more.adapter == nil {
            app.more.whenClosed.append { [weak self] in await self?.kept?.closeAdapter() }
        }
        more.adapter = adapter
        more.requestsTimeout = requestsTimeout
        for namespace in more.namespaces.values { more.connect(namespace) }
    }

    /// How many servers have the main namespace, this one included. Throws
    /// `AdapterError.unavailable` when the adapter can't find out.
    public func serverCount() async throws -> Int { try await sockets.serverCount() }

    /// How the adapter is, as the main namespace sees it; without one always `ready`.
    public var adapterState: AdapterState { sockets.kept?.cluster?.state ?? .ready }

    /// Calls `handler` each time when the adapter's state changes. While it is away, another reason
    /// is no change.
    public func onAdapterState(_ handler: @escaping @MainActor (AdapterState) -> Void) {
        sockets.more.adapterStateHandlers.append(handler)
    }

    /// Milliseconds that clients of a namespace wait at the door until the adapter hears what other
    /// servers say; then they come in all the same. To be set before `use(adapter:)`.
    public var adapterOpenTimeout: Int {
        get { more.adapterOpenTimeout }
        set { more.adapterOpenTimeout = newValue }
    }

    /// Milliseconds that the end of the program waits for the adapter to send what was published.
    public var adapterCloseTimeout: Int {
        get { more.adapterCloseTimeout }
        set { more.adapterCloseTimeout = newValue }
    }
}

extension Namespace {
    /// How many servers have this namespace, this one included. Throws `AdapterError.unavailable`
    /// when the adapter can't find out.
    public func serverCount() async throws -> Int {
        guard let cluster = kept?.cluster else { return 1 }
        return try await cluster.others() + 1
    }

    /// Whether the namespace takes part in the group of servers, where there is an adapter. False
    /// keeps it to this process: nothing of it is published, nothing received. To be set before
    /// `use(adapter:)`; false also ends its part later.
    public var usesAdapter: Bool {
        get { kept?.usesAdapter ?? true }
        set {
            more.usesAdapter = newValue
            guard !newValue else { return }
            more.cluster?.close()
            more.cluster = nil
        }
    }
}

extension NamespaceExtras {
    func adapterStateChanged(_ state: AdapterState) {
        for handler in adapterStateHandlers { handler(state) }
    }
}
