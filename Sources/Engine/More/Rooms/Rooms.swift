// Which sockets are in which room. In: joins and leaves, in O(1) each. Out: the namespace's and the
// socket's list of it. A socket's own room is in neither: its id finds it.
// Next: SocketIO/Broadcast.swift, which sends to rooms; RoomEvents.swift.

import EngineSockets
import SocketIOWire

extension Socket {
    /// The rooms that it is in; its own id is always among them. (Names are told apart by their
    /// bytes; of two that Swift holds for equal, `é` in one character and in two, one is in this
    /// set.)
    public var rooms: Set<String> {
        isGone ? [] : Set(joinedRooms.lazy.map(\.text)).union([id])
    }

    /// Joins a room. Twice is once; after the end it has no effect. Over a limit of
    /// `SocketServerOptions` the socket does not join, and a line in the log says so.
    public func join(_ room: String) {
        guard !isGone, !WireName.isSame(room, id) else { return }
        let name = WireName(room)
        guard !joinedRooms.contains(name), mayJoin(room) else { return }
        joinedRooms.insert(name)
        namespace.rooms[name, default: [:]][ObjectIdentifier(self)] = self
        namespace.kept?.joined(room, self)
    }

    private func mayJoin(_ room: String) -> Bool {
        let options = client.session.server.options
        let (rooms, bytes) = (options.roomsPerSocket, options.bytesPerRoomName)
        if joinedRooms.count >= rooms {
            Log.write("a socket is in \(rooms) rooms and joins no more (roomsPerSocket)")
        } else if room.utf8.count > bytes {
            Log.write(
                "a socket did not join a room whose name has \(room.utf8.count) bytes; "
                    + "at most \(bytes) are allowed (bytesPerRoomName)")
        } else {
            return true
        }
        return false
    }

    /// Joins each of these rooms, as `join` does one.
    public func join(_ rooms: [String]) { rooms.forEach(join) }

    /// Leaves a room. Its own, the one of its id, cannot be left.
    public func leave(_ room: String) {
        let name = WireName(room)
        guard joinedRooms.remove(name) != nil else { return }
        // An empty room leaves nothing behind.
        namespace.rooms[name]?[ObjectIdentifier(self)] = nil
        if namespace.rooms[name]?.isEmpty == true { namespace.rooms[name] = nil }
        namespace.kept?.left(room, self)
    }

    func leaveRooms() {
        for room in joinedRooms { leave(room.text) }
    }
}
