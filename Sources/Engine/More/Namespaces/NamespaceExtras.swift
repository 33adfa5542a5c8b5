// What More keeps with a namespace, and what its features do when something happens there.
// In: what happens in a namespace. Out: calls of the features that are in use.
// Next: More/Middleware/Middleware.swift, More/Cluster/Cluster.swift, RoomEvents.swift,
// More/Recovery/ConnectionStateRecovery.swift.

import SocketIOEvents
import SocketIOWire

/// What More keeps with a namespace; made when the first of its features is used.
final class NamespaceExtras {
    unowned let namespace: Namespace
    var middlewares: [SocketMiddleware] = []
    var roomEvents = RoomEvents()
    /// Remembers sessions and events for clients that come back; nil: it does not.
    var memory: SessionMemory?
    /// The namespace on other servers; nil: there are none.
    var cluster: Cluster?
    /// Whether it takes part where the server has an adapter.
    var usesAdapter = true
    /// Hear how the adapter is.
    var adapterStateHandlers: [(AdapterState) -> Void] = []
    /// What other servers say to this one.
    let serverSide = ServerSideEvents()
    /// Called when the last socket has left, and none waits to be let in.
    var whenEmpty: ((Namespace) -> Void)?
    /// Sockets that wait to be let in.
    var waiting: Set<ObjectIdentifier> = []
    /// How many sockets hear what is sent to them, before it goes.
    var outgoingListeners = 0
    /// Acknowledgements of broadcasts: above whatever a socket counts its own up to.
    private var nextBroadcastAck = 1 << 40

    init(_ namespace: Namespace) { self.namespace = namespace }

    /// An id for a broadcast that each socket answers.
    func broadcastAckID() -> Int {
        defer { nextBroadcastAck += 1 }
        return nextBroadcastAck
    }

    // MARK: - What goes out

    /// Nil: it is sent later.
    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent? {
        if let cluster, !cluster.mayPass(event, to: target) { return nil }
        tellOutgoing(event.arguments, to: target.sockets)
        guard let memory, !target.isVolatile, cluster?.ordersEvents != true else { return event }
        return memory.keep(event, rooms: target.rooms, except: target.excludedNames)
    }

    /// `mayRepeat`: whether a client that comes back is sent it again. Nil: it is sent later.
    func sending(_ event: OutgoingEvent, to socket: Socket, mayRepeat: Bool) -> OutgoingEvent? {
        if let cluster, cluster.ordersEvents, socket.connected {
            guard mayRepeat else { return event }
            cluster.publishOrdered(event, to: namespace.broadcast.to(socket.id))
            return nil
        }
        tellOutgoing(event.arguments, to: [socket])
        guard let memory, mayRepeat, cluster?.ordersEvents != true else { return event }
        return memory.keep(event, rooms: [socket.id], except: [])
    }

    // MARK: - Sockets that come and go

    /// What the CONNECT packet says beside the id.
    func entering(_ socket: Socket) -> String {
        waiting.remove(ObjectIdentifier(socket))
        roomEvents.joined(socket.id, socket, isNew: true)
        return memory?.welcome(socket) ?? ""
    }

    func leaving(_ socket: Socket, _ reason: DisconnectReason) {
        memory?.keep(socket, reason)
        roomEvents.left(socket.id, socket, isGone: true)
    }

    func gone(_ socket: Socket) {
        memory?.giveBack(socket)
        // They hold the socket, and it them.
        if socket.kept?.catchAll != nil { socket.catchAll = CatchAll() }
        waiting.remove(ObjectIdentifier(socket))
        if namespace.sockets.isEmpty, waiting.isEmpty { whenEmpty?(namespace) }
    }

    func joined(_ room: String, _ socket: Socket) {
        guard roomEvents.areHeard else { return }
        roomEvents.joined(room, socket, isNew: namespace.rooms[WireName(room)]?.count == 1)
    }

    func left(_ room: String, _ socket: Socket) {
        guard roomEvents.areHeard else { return }
        roomEvents.left(room, socket, isGone: namespace.rooms[WireName(room)] == nil)
    }
}

extension Namespace {
    /// What More keeps with it, if it keeps anything.
    var kept: NamespaceExtras? { extras.flatMap { $0 as? NamespaceExtras } }

    /// What More keeps with it, from the first use on.
    var more: NamespaceExtras {
        if let kept { return kept }
        let made = NamespaceExtras(self)
        extras = made
        return made
    }

    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent? {
        var event = event
        event.isCompressible = target.isCompressible
        guard let kept else { return event }
        return kept.sending(event, to: target)
    }

    /// Nil as well where the session may be with another server: see More/Cluster/Returns.swift.
    func returningID(_ payload: JSONText?) -> Socket.ID? {
        guard let kept, kept.cluster?.ordersEvents != true else { return nil }
        return kept.memory?.returningID(payload)
    }
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
