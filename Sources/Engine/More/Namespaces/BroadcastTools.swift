// Further choices of sockets: `io.to("a").except("b").volatile.emit(…)`.
// In: rooms, flags. Out: another choice. Next: SocketIO/Broadcast.swift, NamespaceTools.swift.

extension BroadcastOrigin {
    /// The sockets in any of these rooms, beside those of earlier calls, each once.
    public func to(_ rooms: [String]) -> Broadcast {
        var next = broadcast
        next.rooms += rooms
        return next
    }

    /// The same as `to`.
    public func `in`(_ room: String) -> Broadcast { to(room) }

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
}

extension Broadcast {
    /// Whether the event may be compressed on its way, where `perMessageDeflate` or
    /// `httpCompression` would have it so; true unless told.
    public func compress(_ isOn: Bool) -> Broadcast {
        var next = self
        next.isCompressible = isOn
        return next
    }

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

    /// All sockets; whether the event may be compressed on its way.
    public func compress(_ isOn: Bool) -> Broadcast { broadcast.compress(isOn) }
}

extension SocketServer {
    /// All sockets of the main namespace; whether the event may be compressed on its way.
    public func compress(_ isOn: Bool) -> Broadcast { broadcast.compress(isOn) }

    /// All sockets of the main namespace, but those that can't be reached at once miss the event.
    public var volatile: Broadcast { broadcast.volatile }
}
