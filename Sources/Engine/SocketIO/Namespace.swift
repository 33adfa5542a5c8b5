// A channel of its own on a shared connection: `/` for everyone, `/admin` for some.
// In: sockets that come and go. Out: events to all of them, or some.
// Next: Middleware.swift, Rooms.swift, Broadcast.swift.

import SocketIOEvents
import EngineSockets

/// A namespace.
public final class Namespace: EventTarget, BroadcastOrigin {
    /// Its name, with a slash in front: `/`, `/admin`.
    public let name: String
    /// The sockets in it, by their ids.
    public private(set) var sockets: [Socket.ID: Socket] = [:]
    var rooms = Rooms()
    var middlewares: [Middleware] = []
    var connectionHandlers: [(Socket) -> Void] = []
    /// Who stands beside it; mostly nobody.
    var companion: (any NamespaceCompanion)?

    init(name: String) {
        self.name = name
    }

    /// Calls `handler` for each client that joins, before any event of it. It is not async, so
    /// that no first event is lost: set your handlers in it.
    public func onConnection(_ handler: @escaping (Socket) -> Void) {
        connectionHandlers.append(handler)
    }

    /// `io.on("connection") { socket in … }`, as in JavaScript: the same as `onConnection`.
    public func on(_ event: String, _ handler: @escaping (Socket) -> Void) {
        guard event == "connection" || event == "connect" else {
            let advice = event == "disconnect" ? "; socket.onDisconnect tells who leaves" : ""
            return Log.write("a namespace has no event \"\(event)\", only \"connection\"\(advice)")
        }
        onConnection(handler)
    }

    /// All middlewares have let it in.
    func joined(_ socket: Socket) {
        guard socket.entered({ sockets[socket.id] = socket }) else { return }
        for handler in connectionHandlers where !socket.isGone { handler(socket) }
        socket.deliverEarlyEvents()
    }

    func left(_ socket: Socket) {
        if sockets[socket.id] === socket { sockets[socket.id] = nil }
        companion?.left(socket)
    }

    // MARK: - To many

    /// Everybody in the namespace.
    public var broadcast: Broadcast { Broadcast(namespace: self) }

    /// Sends an event to everybody in the namespace.
    public func deliver(_ event: OutgoingEvent) { broadcast.deliver(event) }

    /// The names of all rooms that somebody has joined. A socket's own room is not among them.
    public var roomNames: Set<String> { rooms.names }

    /// The sockets in a room.
    public func sockets(in room: String) -> [Socket] { broadcast.to(room).sockets }
}
