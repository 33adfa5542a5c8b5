// Further choices of sockets: `io.to("a").except("b").volatile.emit(…)`.
// In: rooms, flags. Out: another choice. Next: SocketIO/Broadcast.swift, NamespaceTools.swift.

extension BroadcastOrigin {
    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { to([room]) }

    /// The same as `to`.
    public func `in`(_ rooms: [String]) -> Broadcast { to(rooms) }

    /// But not the sockets in a room.
    public func except(_ room: String) -> Broadcast { except([room]) }

    /// But not the sockets in any of these rooms.
    public func except(_ rooms: [String]) -> Broadcast {
        var next = broadcast
        next.excludedRooms += rooms
        return next
    }

    /// The sockets connected to this process. Without an adapter these are all.
    public var local: Broadcast {
        var next = broadcast
        next.isLocal = true
        return next
    }

    /// Nothing is compressed here, so there is nothing to switch off; for programs that do.
    public func compress(_ isOn: Bool) -> Self { self }
}

extension Broadcast {
    /// Sockets that can't be reached at once miss the event: a poll is not there, a line is full.
    public var volatile: Broadcast {
        var next = self
        next.isVolatile = true
        return next
    }

    /// The sockets that are meant, each once.
    public var sockets: [Socket] {
        var list: [Socket] = []
        visit { list.append($0) }
        return list
    }

    /// The rooms that are left out; the sender is one of them, under its id.
    var excludedNames: [String] { excludedRooms + (sender.map { [$0.id] } ?? []) }
}

extension Namespace {
    /// All sockets, but those that can't be reached at once miss the event.
    public var volatile: Broadcast { broadcast.volatile }
}

extension SocketServer {
    /// All sockets of the main namespace, but those that can't be reached at once miss the event.
    public var volatile: Broadcast { broadcast.volatile }
}
