// Many sockets at once, wherever they are connected: `io.in("room").socketsJoin("other")`,
// `try await io.fetchSockets()`. In: a choice of sockets. Out: the same for each of them, here and,
// through an adapter, on other servers. Next: More/Cluster/RemoteSocket.swift.

import SocketIOEvents

extension BroadcastOrigin {
    /// Lets all sockets that are meant join rooms.
    public func socketsJoin(_ rooms: String...) { socketsJoin(rooms) }

    /// Lets all sockets that are meant join rooms.
    public func socketsJoin(_ rooms: [String]) {
        broadcast.everywhere({ .join($0, rooms) }) { $0.join(rooms) }
    }

    /// Lets all sockets that are meant leave rooms.
    public func socketsLeave(_ rooms: String...) { socketsLeave(rooms) }

    /// Lets all sockets that are meant leave rooms.
    public func socketsLeave(_ rooms: [String]) {
        broadcast.everywhere({ .leave($0, rooms) }) { socket in rooms.forEach(socket.leave) }
    }

    /// Puts all sockets that are meant out of the namespace, or, with `close`, ends their
    /// connections.
    public func disconnectSockets(close: Bool = false) {
        broadcast.everywhere({ .disconnect($0, close: close) }) { $0.disconnect(close: close) }
    }

    /// All sockets that are meant, on this server and on others. Throws `AdapterError` when another
    /// server does not answer in time; `local.fetchSockets()` asks no other.
    public func fetchSockets() async throws -> [RemoteSocket] {
        let found = await findSockets()
        if let problem = found.problem { throw problem }
        return found.sockets
    }

    /// The same, and what there is where another server does not answer in time.
    public func findSockets() async -> FoundSockets {
        let target = broadcast
        let here = target.sockets.map { RemoteSocket($0) }
        guard !target.isLocal, let cluster = target.namespace.kept?.cluster else {
            return FoundSockets(sockets: here, problem: nil)
        }
        let (others, problem) = await cluster.fetch(target)
        return FoundSockets(sockets: here + others, problem: problem)
    }
}

extension Broadcast {
    /// Tells other servers, if there are any and they are meant, and does it here: behind what was
    /// emitted before.
    fileprivate func everywhere(
        _ content: (AdapterMessage.Target) -> AdapterMessage.Content,
        _ action: @escaping (Socket) -> Void
    ) {
        guard !isLocal, let cluster = namespace.kept?.cluster else {
            return sockets.forEach(action)
        }
        cluster.publish(content(AdapterMessage.Target(self)))
        cluster.afterOrdered { sockets.forEach(action) }
    }
}
