// To whom: `io.to("a").to("b").except("c").emit(…)`. Each step is a value of its own; nothing is
// sent before `emit`. In: rooms. Out: one encoded packet, in the queue of each who is meant.
// Next: Namespace.swift, EngineIO/Session.swift.

import SocketIOEvents
import EngineSockets
import SocketIOWire

/// Some of the sockets of a namespace.
public struct Broadcast: EventTarget, BroadcastOrigin {
    let namespace: Namespace
    private(set) var rooms: [String] = []
    private(set) var excludedRooms: [String] = []
    private(set) var sender: Socket?
    private(set) var isVolatile = false
    /// Whether only those are meant who are connected to this process.
    private(set) var isLocal = false

    /// Everybody, or everybody but the sender.
    init(namespace: Namespace, butNot sender: Socket? = nil) {
        self.namespace = namespace
        self.sender = sender
    }

    /// Those who are meant so far.
    public var broadcast: Broadcast { self }

    /// Those in these rooms as well; without any, everybody is meant.
    public func to(_ more: [String]) -> Broadcast {
        var next = self
        next.rooms += more
        return next
    }

    /// But not those in these rooms.
    public func except(_ more: [String]) -> Broadcast {
        var next = self
        next.excludedRooms += more
        return next
    }

    /// Those who can't be reached at once miss the event: a poll is not there, a line is full.
    public var volatile: Broadcast {
        var next = self
        next.isVolatile = true
        return next
    }

    /// Those connected to this process. Without an adapter that is everybody.
    public var local: Broadcast {
        var next = self
        next.isLocal = true
        return next
    }

    /// Sends an event to all who are meant. It is encoded once; every queue holds a reference to
    /// the same bytes.
    public func deliver(_ event: OutgoingEvent) {
        let event = namespace.companion?.sending(event, to: self) ?? event
        let message = OutgoingMessage.event(event, namespace: namespace.name)
        visit { socket in
            if isVolatile, !socket.client.session.isWritable { return }
            socket.send(message)
        }
    }

    /// Those who are meant, each once.
    public var sockets: [Socket] {
        var list: [Socket] = []
        visit { list.append($0) }
        return list
    }

    /// Calls `action` once for each socket that is meant.
    private func visit(_ action: (Socket) -> Void) {
        guard !rooms.isEmpty else {
            for socket in namespace.sockets.values where isMeant(socket) { action(socket) }
            return
        }
        var met: Set<ObjectIdentifier> = []
        for room in rooms {
            for socket in members(of: room) where isMeant(socket) {
                // With one room nobody can be met twice.
                if rooms.count > 1, !met.insert(ObjectIdentifier(socket)).inserted { continue }
                action(socket)
            }
        }
    }

    private func members(of room: String) -> [Socket] {
        let joined = Array(namespace.rooms.members(of: room))
        guard let owner = namespace.sockets[room], WireName.isSame(room, owner.id) else {
            return joined
        }
        return joined + [owner]
    }

    private func isMeant(_ socket: Socket) -> Bool {
        if socket === sender { return false }
        return !excludedRooms.contains { room in
            WireName.isSame(room, socket.id) || socket.joinedRooms.contains(WireName(room))
        }
    }
}

/// Where a choice of sockets begins: a server, a namespace, a socket, or another choice.
public protocol BroadcastOrigin {
    /// All who are meant without choosing further. A socket means everybody but itself.
    var broadcast: Broadcast { get }
}

extension BroadcastOrigin {
    /// Those in a room; a socket's id is a room with one member.
    public func to(_ room: String) -> Broadcast { broadcast.to([room]) }

    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { broadcast.to([room]) }

    /// Those in any of these rooms, each once.
    public func to(_ rooms: [String]) -> Broadcast { broadcast.to(rooms) }

    /// The same as `to`.
    public func `in`(_ rooms: [String]) -> Broadcast { broadcast.to(rooms) }

    /// But not those in a room.
    public func except(_ room: String) -> Broadcast { broadcast.except([room]) }

    /// But not those in any of these rooms.
    public func except(_ rooms: [String]) -> Broadcast { broadcast.except(rooms) }

    /// Those connected to this process. Without an adapter that is everybody.
    public var local: Broadcast { broadcast.local }

    /// Nothing is compressed here, so there is nothing to switch off; for programs that do.
    public func compress(_ isOn: Bool) -> Self { self }
}

extension Namespace {
    /// Everybody, but those who can't be reached at once miss the event.
    public var volatile: Broadcast { broadcast.volatile }
}

extension SocketServer {
    /// Everybody, but those who can't be reached at once miss the event.
    public var volatile: Broadcast { broadcast.volatile }
}

extension Socket: BroadcastOrigin {
    /// Everybody in the namespace but this socket.
    public var broadcast: Broadcast { Broadcast(namespace: namespace, butNot: self) }
}
