// The companion that all of More shares: it is made when the first of its features is used, and hands
// on what it hears. In: what happens in a namespace. Out: calls of the features that are in use.
// Next: Asking.swift, CatchAll.swift, RoomEvents.swift, ConnectionStateRecovery.swift, Cluster.swift.

import SocketIOEvents
import SocketIOWire

/// What More keeps with a namespace.
final class NamespaceExtras: NamespaceCompanion {
    unowned let namespace: Namespace
    var roomEvents = RoomEvents()
    /// Remembers sessions and events for clients that come back; nil: it does not.
    var memory: SessionMemory?
    /// The namespace on other servers; nil: there are none.
    var cluster: Cluster?
    /// What other servers say to this one.
    let serverSide = ServerSideEvents()
    /// Called when the last socket has left, and nobody waits to be let in.
    var whenEmpty: ((Namespace) -> Void)?
    private var waiting: Set<ObjectIdentifier> = []
    /// How many sockets hear what is sent to them, before it goes.
    var outgoingListeners = 0
    /// Acknowledgements of broadcasts: above whatever a socket counts its own up to.
    private var nextBroadcastAck = 1 << 40

    init(_ namespace: Namespace) { self.namespace = namespace }

    /// An id for a broadcast that all who get it answer.
    func broadcastAckID() -> Int {
        defer { nextBroadcastAck += 1 }
        return nextBroadcastAck
    }

    // MARK: - What goes out

    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent {
        if !target.isLocal { cluster?.publish(event, to: target) }
        tellOutgoing(event.arguments, to: target.sockets)
        guard let memory, !target.isVolatile else { return event }
        return memory.keep(event, rooms: target.rooms, except: target.excludedNames)
    }

    func sending(_ event: OutgoingEvent, to socket: Socket, mayRepeat: Bool) -> OutgoingEvent {
        tellOutgoing(event.arguments, to: [socket])
        guard let memory, mayRepeat else { return event }
        return memory.keep(event, rooms: [socket.id], except: [])
    }

    // MARK: - What comes in

    func received(_ arguments: Arguments, from socket: Socket) -> Bool {
        socket.tellIncoming(arguments)
    }

    func acknowledged(_ id: Int, _ arguments: Arguments, by socket: Socket) {
        (socket.extras as? SocketExtras)?.pendingAcks.take(id)?(.success(arguments))
    }

    func returningID(_ payload: JSONText?) -> Socket.ID? { memory?.returningID(payload) }

    func prepare(_ socket: Socket) -> Bool {
        waiting.insert(ObjectIdentifier(socket))
        return memory?.prepare(socket) ?? false
    }

    func admit(_ socket: Socket, _ enter: @escaping () -> Void) {
        guard let memory else { return enter() }
        memory.admit(socket, enter)
    }

    func entering(_ socket: Socket) -> Welcome {
        waiting.remove(ObjectIdentifier(socket))
        roomEvents.joined(socket.id, socket, isNew: true)
        return memory?.welcome(socket) ?? Welcome()
    }

    // MARK: - Coming and going

    func leaving(_ socket: Socket, _ reason: DisconnectReason) {
        memory?.keep(socket, reason)
        roomEvents.left(socket.id, socket, isGone: true)
    }

    func left(_ socket: Socket) {
        memory?.giveBack(socket)
        // They hold the socket, and it them.
        if socket.extras is SocketExtras { socket.catchAll = CatchAll() }
        waiting.remove(ObjectIdentifier(socket))
        if namespace.sockets.isEmpty, waiting.isEmpty { whenEmpty?(namespace) }
        (socket.extras as? SocketExtras)?.failPendingAcks()
    }

    func joined(_ room: String, _ socket: Socket) {
        guard roomEvents.areHeard else { return }
        roomEvents.joined(room, socket, isNew: namespace.rooms.members(of: room).count == 1)
    }

    func left(_ room: String, _ socket: Socket) {
        guard roomEvents.areHeard else { return }
        roomEvents.left(room, socket, isGone: namespace.rooms.members(of: room).isEmpty)
    }
}

extension Namespace {
    /// What More keeps with it, from the first use on.
    var more: NamespaceExtras {
        if let extras = companion as? NamespaceExtras { return extras }
        let extras = NamespaceExtras(self)
        companion = extras
        return extras
    }
}

/// What More keeps with a socket.
final class SocketExtras {
    var catchAll = CatchAll()
    var pendingAcks = PendingAcks()
    /// The id by which its client may come back; a secret, as the session's id is.
    var pid: String?
    var recovered = false
    /// The number of the first event that it may have heard.
    var start = 0
    /// The moment from which on it may be sent again what it has missed.
    var rested = 0
    var returning: SessionMemory.Returning?
}

extension Socket {
    /// What More keeps with it, from the first use on.
    var more: SocketExtras {
        if let known = extras as? SocketExtras { return known }
        let made = SocketExtras()
        extras = made
        return made
    }
}

extension Broadcast {
    /// The rooms that are left out; the sender is one of them, under its id.
    var excludedNames: [String] { excludedRooms + (sender.map { [$0.id] } ?? []) }
}

extension EncodedArguments {
    /// Bytes of JSON and attachments together.
    var byteCount: Int { attachments.reduce(json.count) { $0 + $1.count } }

    /// The payload with one more text at the end.
    func appending(_ text: String) -> EncodedArguments {
        let end = ",\"\(text)\"]".utf8
        var longer: [UInt8] = []
        // No more than it needs: it is kept for some minutes.
        longer.reserveCapacity(json.count + end.count)
        longer.append(contentsOf: json.dropLast())
        longer.append(contentsOf: end)
        return EncodedArguments(json: longer, attachments: attachments)
    }
}

extension Arguments {
    /// The same payload, ready to be sent.
    var encoded: EncodedArguments {
        EncodedArguments(json: Array(json), attachments: attachments)
    }
}
