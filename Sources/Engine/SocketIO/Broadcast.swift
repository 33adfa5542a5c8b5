// An event to many: `io.to("a").to("b").emit(…)`. Each step is a value of its own; `emit` sends.
// In: rooms. Out: one encoded packet, in the queue of each socket that is meant.
// Next: OutgoingMessage.swift, EngineIO/Session.swift; More/Namespaces/BroadcastTools.swift.

import SocketIOEvents
import SocketIOWire

/// Some of the sockets of a namespace.
public struct Broadcast: EventTarget, BroadcastOrigin {
    let namespace: Namespace
    /// A socket that is left out, whatever rooms it is in.
    var sender: Socket?
    var rooms: [String] = []
    var excludedRooms: [String] = []
    /// Whether sockets are left out that cannot be reached at once.
    var isVolatile = false
    /// Whether only sockets are meant that are connected to this process.
    var isLocal = false
    /// Whether the event may be compressed on its way.
    var isCompressible = true

    /// The sockets that are meant so far.
    public var broadcast: Broadcast { self }

    /// Sends an event to all sockets that are meant. It is encoded once; every queue holds a
    /// reference to the same bytes.
    public func deliver(_ event: OutgoingEvent) {
        if let event = namespace.sending(event, to: self) { send(event) }
    }

    /// Puts an event into the queues of all sockets that are meant.
    func send(_ event: OutgoingEvent) {
        let message = OutgoingMessage(event, namespace: namespace.name)
        visit { socket in
            if isVolatile, !socket.client.session.isWritable { return }
            socket.send(message)
        }
    }

    /// Calls `action` once for each socket that is meant.
    func visit(_ action: (Socket) -> Void) {
        guard !rooms.isEmpty else {
            let all = excludedRooms.isEmpty
            for socket in namespace.sockets.values where all || isMeant(socket) {
                if socket !== sender { action(socket) }
            }
            return
        }
        var met: Set<ObjectIdentifier> = []
        for room in rooms {
            for socket in members(of: room) where isMeant(socket) {
                // With one room no socket can be met twice.
                if rooms.count > 1, !met.insert(ObjectIdentifier(socket)).inserted { continue }
                action(socket)
            }
        }
    }

    private func members(of room: String) -> [Socket] {
        let joined = Array((namespace.rooms[WireName(room)] ?? [:]).values)
        guard let owner = namespace.sockets[room], WireName.isSame(room, owner.id) else {
            return joined
        }
        return joined + [owner]
    }

    private func isMeant(_ socket: Socket) -> Bool {
        if socket === sender { return false }
        // A loop: a closure would be asked for its actor at each room.
        for room in excludedRooms
        where WireName.isSame(room, socket.id) || socket.joinedRooms.contains(WireName(room)) {
            return false
        }
        return true
    }
}

/// Where a choice of sockets begins: a server, a namespace, a socket, or another choice.
public protocol BroadcastOrigin {
    /// All sockets that are meant without choosing further. A socket means all but itself.
    var broadcast: Broadcast { get }
}

extension BroadcastOrigin {
    /// Sends an event to all sockets that are meant.
    public func deliver(_ event: OutgoingEvent) { broadcast.deliver(event) }

    /// The sockets in a room, beside those of earlier calls, each once; a socket's id is a room
    /// with one member. Without any room all sockets are meant.
    public func to(_ room: String) -> Broadcast {
        var next = broadcast
        next.rooms.append(room)
        return next
    }
}

extension Socket: BroadcastOrigin {
    /// All sockets in the namespace but this one.
    public var broadcast: Broadcast { Broadcast(namespace: namespace, sender: self) }
}
