// Many sockets at once, wherever they are connected: `io.in("room").socketsJoin("other")`,
// `try await io.fetchSockets()`. In: a choice of sockets. Out: the same for each of them, here and,
// through an adapter, on other servers. Next: More/Cluster/RemoteSocket.swift.

import SocketIOEvents

extension BroadcastOrigin {
    /// Lets all sockets that are meant join rooms.
    public func socketsJoin(_ rooms: String...) { socketsJoin(rooms) }

    /// Lets all sockets that are meant join rooms.
    public func socketsJoin(_ rooms: [String]) {
        broadcast.everywhere { .join($0, rooms) }
        for socket in broadcast.sockets { socket.join(rooms) }
    }

    /// Lets all sockets that are meant leave rooms.
    public func socketsLeave(_ rooms: String...) { socketsLeave(rooms) }

    /// Lets all sockets that are meant leave rooms.
    public func socketsLeave(_ rooms: [String]) {
        broadcast.everywhere { .leave($0, rooms) }
        for socket in broadcast.sockets { for room in rooms { socket.leave(room) } }
    }

    /// Puts all sockets that are meant out of the namespace, or, with `close`, ends their
    /// connections.
    public func disconnectSockets(close: Bool = false) {
        broadcast.everywhere { .disconnect($0, close: close) }
        for socket in broadcast.sockets { socket.disconnect(close: close) }
    }

    /// All sockets that are meant, on this server and on others. Throws `AdapterError` when another
    /// server does not answer in time; `local.fetchSockets()` asks no other.
    public func fetchSockets() async throws -> [RemoteSocket] {
        let target = broadcast
        let here = target.sockets.map { RemoteSocket($0) }
        guard !target.isLocal, let cluster = target.namespace.more.cluster else { return here }
        return here + (try await cluster.fetch(target))
    }
}

extension Broadcast {
    /// Tells other servers, if there are any and they are meant.
    fileprivate func everywhere(_ content: (AdapterMessage.Target) -> AdapterMessage.Content) {
        guard !isLocal, let cluster = namespace.more.cluster else { return }
        cluster.publish(content(AdapterMessage.Target(self)))
    }
}
