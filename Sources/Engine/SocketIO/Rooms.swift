// Who is in which room. In: joins and leaves. Out: the members of a room, in O(1) each.
// A socket's own room is not kept here: its id finds it. Next: Namespace.swift.

/// The rooms of a namespace. An empty one leaves nothing behind.
struct Rooms {
    private var members: [String: [ObjectIdentifier: Socket]] = [:]

    mutating func add(_ socket: Socket, to room: String) {
        members[room, default: [:]][ObjectIdentifier(socket)] = socket
    }

    mutating func remove(_ socket: Socket, from room: String) {
        members[room]?[ObjectIdentifier(socket)] = nil
        if members[room]?.isEmpty == true { members[room] = nil }
    }

    /// The members of a room, in no order.
    func members(of room: String) -> some Collection<Socket> {
        (members[room] ?? [:]).values
    }

    /// The rooms that somebody is in.
    var names: Set<String> { Set(members.keys) }
}
