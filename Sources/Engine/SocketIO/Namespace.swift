// A channel of its own on a shared connection: `/` for everyone, `/admin` for some.
// In: sockets that come and go. Out: events to all of them, or some.
// Next: Rooms.swift, Broadcast.swift.

/// A namespace.
public final class Namespace: EventTarget {
    /// Its name, with a slash in front: `/`, `/admin`.
    public let name: String
    /// The sockets in it, by their ids.
    public private(set) var sockets: [Socket.ID: Socket] = [:]
    var rooms = Rooms()
    private var connectionHandlers: [(Socket) -> Void] = []

    init(name: String) {
        self.name = name
    }

    /// Calls `handler` for each client that joins, before any event of it. It is not async, so
    /// that no first event is lost: set your handlers in it.
    public func onConnection(_ handler: @escaping (Socket) -> Void) {
        connectionHandlers.append(handler)
    }

    func joined(_ socket: Socket) {
        sockets[socket.id] = socket
        for handler in connectionHandlers { handler(socket) }
    }

    func left(_ socket: Socket) {
        sockets[socket.id] = nil
    }

    // MARK: - To many

    /// Everybody in the namespace.
    private var everyone: Broadcast { Broadcast(namespace: self) }

    /// Sends an event to everybody in the namespace.
    public func deliver(_ event: OutgoingEvent) { everyone.deliver(event) }

    /// Those in a room; a socket's id is a room with one member.
    public func to(_ room: String) -> Broadcast { everyone.to(room) }

    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { everyone.to(room) }

    /// Everybody but those in a room.
    public func except(_ room: String) -> Broadcast { everyone.except(room) }
}
