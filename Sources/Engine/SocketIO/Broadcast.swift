// To whom: `io.to("a").to("b").except("c").emit(…)`. Each step is a value of its own; nothing is
// sent before `emit`. In: rooms. Out: one encoded packet, in the queue of each who is meant.
// Next: Namespace.swift, EngineIO/Session.swift.

import SocketIOWire

/// Some of the sockets of a namespace.
public struct Broadcast: EventTarget {
    let namespace: Namespace
    private var rooms: [String] = []
    private var excludedRooms: [String] = []
    private var sender: Socket?

    /// Everybody, or everybody but the sender.
    init(namespace: Namespace, butNot sender: Socket? = nil) {
        self.namespace = namespace
        self.sender = sender
    }

    /// Those in this room as well; without any, everybody is meant.
    public func to(_ room: String) -> Broadcast {
        var next = self
        next.rooms.append(room)
        return next
    }

    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { to(room) }

    /// But not those in this room.
    public func except(_ room: String) -> Broadcast {
        var next = self
        next.excludedRooms.append(room)
        return next
    }

    /// Sends an event to all who are meant. It is encoded once; every queue holds a reference to
    /// the same bytes.
    public func deliver(_ event: OutgoingEvent) {
        let message = OutgoingMessage.event(event.arguments, namespace: namespace.name)
        visit { $0.client.session.send(message) }
    }

    /// Calls `send` once for each socket that is meant.
    private func visit(_ send: (Socket) -> Void) {
        guard !rooms.isEmpty else {
            for socket in namespace.sockets.values where isMeant(socket) { send(socket) }
            return
        }
        var met: Set<ObjectIdentifier> = []
        for room in rooms {
            for socket in members(of: room) where isMeant(socket) {
                // With one room nobody can be met twice.
                if rooms.count > 1, !met.insert(ObjectIdentifier(socket)).inserted { continue }
                send(socket)
            }
        }
    }

    private func members(of room: String) -> [Socket] {
        let joined = Array(namespace.rooms.members(of: room))
        return namespace.sockets[room].map { joined + [$0] } ?? joined
    }

    private func isMeant(_ socket: Socket) -> Bool {
        if socket === sender { return false }
        return !excludedRooms.contains { $0 == socket.id || socket.joinedRooms.contains($0) }
    }
}

extension Socket {
    /// Everybody in the namespace but this socket.
    public var broadcast: Broadcast { Broadcast(namespace: namespace, butNot: self) }

    /// Those in a room, but not this socket.
    public func to(_ room: String) -> Broadcast { broadcast.to(room) }

    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { broadcast.to(room) }

    /// Everybody but this socket and those in a room.
    public func except(_ room: String) -> Broadcast { broadcast.except(room) }
}
