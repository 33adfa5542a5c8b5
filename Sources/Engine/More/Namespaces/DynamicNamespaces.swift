// Namespaces that come into being when a client asks for them: `io.of(matching: /^\/room-\d+$/)`.
// In: a pattern, or a question. Out: namespaces with the parent's middlewares and handlers.
// Next: ServerExtras.swift.

import SocketIOEvents
import SocketIOWire

/// What namespaces made on demand have in common.
public final class ParentNamespace: EventTarget {
    private let isWanted: (String, Handshake?) -> Bool
    /// Middlewares and handlers are kept as any namespace keeps them.
    private let model = Namespace(name: "")
    /// By a number each, in the order in which they were made: thousands may go at once, and none
    /// of them shall be searched for among all.
    private var made: [Int: Namespace] = [:]
    private var count = 0
    /// The namespaces that it has made, and that are still there, in that order.
    public var children: [Namespace] { made.sorted { $0.key < $1.key }.map(\.value) }
    /// Whether a namespace is forgotten when its last socket has left. False, as in the reference;
    /// where clients choose the names, true keeps them from filling the memory. To be set before
    /// clients come: namespaces that exist already don't learn of it.
    public var cleanupEmptyChildNamespaces = false

    init(_ isWanted: @escaping @MainActor (String, Handshake?) -> Bool) { self.isWanted = isWanted }

    /// Calls `handler` for each client that joins one of the namespaces; `socket.namespace` tells
    /// which. Namespaces that exist already don't learn of it.
    public func onConnection(_ handler: @escaping @MainActor (Socket) -> Void) {
        model.onConnection(handler)
    }

    /// Asks `middleware` about each socket that wants to join one of the namespaces. Namespaces
    /// that exist already don't learn of it.
    public func use(_ middleware: @escaping @MainActor (Socket) throws -> Void) {
        model.use(middleware)
    }

    /// The same, with awaits.
    public func use(_ middleware: @escaping @MainActor (Socket) async throws -> Void) {
        model.use(middleware)
    }

    /// Sends an event to all sockets in all of the namespaces.
    public func deliver(_ event: OutgoingEvent) {
        for child in made.values { child.deliver(event) }
    }

    /// A namespace of this name, if it is one of this parent's.
    func child(_ name: String, _ handshake: Handshake?, of server: ServerExtras) -> Namespace? {
        guard isWanted(name, handshake) else { return nil }
        // Before handlers hear of it: what they add comes behind what the parent has.
        let child = server.make(name) { child in
            if let kept = model.kept { child.more.middlewares = kept.middlewares }
            child.connectionHandlers = model.connectionHandlers
        }
        count += 1
        made[count] = child
        guard cleanupEmptyChildNamespaces else { return child }
        child.more.whenEmpty = { [weak self, weak server, count] child in
            self?.made[count] = nil
            child.more.cluster?.close()
            server?.forget(child)
        }
        return child
    }
}

extension SocketServer {
    /// Namespaces with names that match a pattern, slash in front included. They come into being
    /// when the first client asks for them, or `of` does; of several parents the one that was set
    /// first has them.
    public func of(matching pattern: some RegexComponent) -> ParentNamespace {
        parent { name, _ in name.contains(pattern) }
    }

    /// Namespaces that `isWanted` says yes to, by name and by what the client says about itself.
    /// One that the program makes by `of` before any client asks for it is a namespace of its own.
    public func of(
        where isWanted: @escaping @MainActor (_ name: String, _ handshake: Handshake) -> Bool
    ) -> ParentNamespace {
        parent { name, handshake in handshake.map { isWanted(name, $0) } ?? false }
    }

    private func parent(_ isWanted: @escaping @MainActor (String, Handshake?) -> Bool)
        -> ParentNamespace
    {
        let parent = ParentNamespace(isWanted)
        more.parents.append(parent)
        return parent
    }
}
