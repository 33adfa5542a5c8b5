// One client in one namespace: what a stage's handlers are about. In: events of the client.
// Out: calls of handlers; packets to this client alone.
// Next: Sources/Events/EventHandlers.swift (`on`) and Emitting.swift (`emit`), Broadcast.swift.

import SocketIOEvents
import SocketIOWire

/// What a client said when it came: `socket.handshake`.
public nonisolated struct Handshake: Sendable {
    /// The request that opened the connection.
    public var request: Request { keptRequest.value }
    let keptRequest: KeptRequest
    /// The data of the CONNECT packet.
    let payload: JSONText?
    /// When the socket came, in milliseconds since 1970.
    public let issued: Int
}

/// A client, in one namespace. All its methods run on the main actor, one after the other.
public final class Socket {
    /// A socket's id is a string, and the name of a room that it is always in.
    public typealias ID = String

    /// The id that clients know: 20 characters. The session's own id is another, and a secret.
    /// It changes once at most, while the socket is entering: when its client comes back.
    public internal(set) var id: ID
    /// What the client said when it came.
    public let handshake: Handshake
    /// The connection, which sockets in other namespaces share.
    public let client: Client
    /// The namespace that it has joined.
    public let namespace: Namespace
    // No two accesses to what is unchecked here overlap: see EventLoop.
    @exclusivity(unchecked) private var phase = Phase.entering
    /// The rooms that it has joined, without the one of its own id.
    @exclusivity(unchecked) var joinedRooms: Set<WireName> = []
    /// Which handlers hear which event. A socket that is gone keeps none: they would hold it, and
    /// it them, for ever.
    @exclusivity(unchecked) public var listeners = Listeners() {
        didSet { if isGone { listeners = Listeners() } }
    }
    @exclusivity(unchecked) private var disconnectHandlers: [(DisconnectReason) -> Void] = []
    /// What More keeps with a socket.
    @exclusivity(unchecked) var extras: AnyObject?

    private enum Phase {
        /// Not in its namespace yet: middlewares may be asked about it.
        case entering
        case joined
        /// Its handlers hear that it leaves.
        case leaving
        case gone
    }

    init(client: Client, namespace: Namespace, handshake: Handshake, id: ID) {
        self.id = id
        self.client = client
        self.namespace = namespace
        self.handshake = handshake
    }
    nonisolated deinit {}  // See Ack.

    /// Whether it is in its namespace: false while middlewares are asked, and after the end.
    public var connected: Bool { phase == .joined || phase == .leaving }

    /// Whether it has left, or was not let in.
    var isGone: Bool { phase == .gone }

    // MARK: - Coming in

    /// Enters the namespace: the client hears of it, and the connection handlers run.
    func enter() {
        guard phase == .entering else { return }
        phase = .joined
        namespace.sockets[id] = self
        let members = welcome()
        guard connected else { return }  // a handler that heard of it has put it out
        client.send(
            SocketIOPacketEncoder.connect(namespace: namespace.name, sid: id, members: members))
        welcomed()
        for handler in namespace.connectionHandlers where !isGone { handler(self) }
        entered()
    }

    // MARK: - Events

    /// An event of the client's: all its handlers run, in the order in which they were set.
    func received(_ arguments: consuming Arguments, ackID: Int?) {
        guard connected else { return keep(arguments, ackID: ackID) }
        let wasHeard = isHeard(arguments)
        guard isAllowed(arguments) else { return }
        let called = listeners.take(arguments)
        if called.isEmpty, !wasHeard { unheard(arguments.eventName) }
        called.run(consume arguments, PendingAnswer(self, id: ackID))
    }

    /// Sends a packet to the client.
    func send(_ message: OutgoingMessage) {
        guard connected else { return keep(message) }
        client.session.send(message)
    }

    // MARK: - The end

    /// Calls `handler` once, when the socket is gone; nothing is sent to it any more.
    public func onDisconnect(_ handler: @escaping @MainActor (DisconnectReason) -> Void) {
        if !isGone { disconnectHandlers.append(handler) }
    }

    /// The socket leaves, for whatever reason. Its handlers hear of it once, and only if it was in.
    func socketLeft(_ reason: DisconnectReason) {
        guard connected else { return leave() }
        guard phase == .joined else { return }  // a handler has called disconnect()
        phase = .leaving
        leaving(reason)
        let handlers = disconnectHandlers
        leave()
        for handler in handlers { handler(reason) }
    }

    /// It is no longer there, whether it was in or was not let in.
    func leave() {
        guard !isGone else { return }
        phase = .gone
        client.sockets.removeAll { $0 === self }
        leaveRooms()
        if namespace.sockets[id] === self { namespace.sockets[id] = nil }
        gone()
        listeners = Listeners()
        disconnectHandlers = []
    }
}

// MARK: - To the client

extension Socket: EventSource, EventTarget, AckSender {
    /// Sends an event to this client. Without effect after the end.
    public func deliver(_ event: OutgoingEvent) {
        guard let event = sending(event) else { return }
        send(OutgoingMessage(event, namespace: namespace.name))
    }

    /// Answers an event of the client's.
    package func sendAck(_ id: Int, _ arguments: consuming EncodedArguments) {
        guard connected else { return }
        // Nearly no answer has attachments.
        if arguments.attachments.isEmpty {
            client.session.send(OutgoingPacket(ending: &arguments.json))
        } else {
            client.session.send(OutgoingMessage(ack: arguments))
        }
    }

    package func beginAck(_ id: Int, in text: inout [UInt8]) {
        OutgoingMessage.beginAck(id, namespace: namespace.name, in: &text)
    }
}
