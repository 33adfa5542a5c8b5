// Handlers that hear when rooms come into being and vanish. In: joins and leaves. Out: calls.
// Next: NamespaceExtras.swift.

/// What happens to a room.
public nonisolated enum RoomEvent: Equatable, Sendable {
    /// Its first member is about to be in it.
    case created(room: String)
    /// Its last member has left.
    case deleted(room: String)
    /// A socket has joined.
    case joined(room: String, id: Socket.ID)
    /// A socket has left.
    case left(room: String, id: Socket.ID)
}

/// The handlers of a namespace.
struct RoomEvents {
    private var handlers: [(RoomEvent) -> Void] = []

    var areHeard: Bool { !handlers.isEmpty }

    mutating func add(_ handler: @escaping (RoomEvent) -> Void) { handlers.append(handler) }

    func joined(_ room: String, _ socket: Socket, isNew: Bool) {
        if isNew { tell(.created(room: room)) }
        tell(.joined(room: room, id: socket.id))
    }

    func left(_ room: String, _ socket: Socket, isGone: Bool) {
        tell(.left(room: room, id: socket.id))
        if isGone { tell(.deleted(room: room)) }
    }

    private func tell(_ event: RoomEvent) { for handler in handlers { handler(event) } }
}

extension Namespace {
    /// Calls `handler` when a room is created or deleted, joined or left. A socket's own room, the
    /// one of its id, is a room like any other here. (The reference's adapter events.)
    public func onRoomEvent(_ handler: @escaping @MainActor (RoomEvent) -> Void) {
        more.roomEvents.add(handler)
    }
}

extension SocketServer {
    /// Calls `handler` when a room of the main namespace is created or deleted, joined or left.
    public func onRoomEvent(_ handler: @escaping @MainActor (RoomEvent) -> Void) {
        sockets.onRoomEvent(handler)
    }
}
