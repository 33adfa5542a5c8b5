// A channel of its own on a shared connection: `/` for everyone, `/admin` for some.
// In: sockets that come and go. Out: events to all of them, or some.
// Next: Socket.swift, Broadcast.swift; More/Rooms/Rooms.swift (`join`).

import SocketIOEvents
import SocketIOWire

/// The sockets that have joined the same namespace, by default `/`: `io.of("/admin")`.
public final class Namespace: EventTarget, BroadcastOrigin {
    /// Its name, with a slash in front: `/`, `/admin`.
    public let name: String
    /// The sockets in it, by their ids.
    @exclusivity(unchecked) public internal(set) var sockets: [Socket.ID: Socket] = [:]
    /// The members of each room.
    var rooms: [WireName: [ObjectIdentifier: Socket]] = [:]
    @exclusivity(unchecked) var connectionHandlers: [(Socket) -> Void] = []
    /// What More keeps with a namespace.
    @exclusivity(unchecked) var extras: AnyObject?

    init(name: String) {
        self.name = name
    }

    /// Calls `handler` for each client that joins, before any event of it. It is not async, so
    /// that no first event is lost: set your handlers in it.
    public func onConnection(_ handler: @escaping @MainActor (Socket) -> Void) {
        connectionHandlers.append(handler)
    }

    /// All sockets in the namespace.
    public var broadcast: Broadcast { Broadcast(namespace: self) }
}
