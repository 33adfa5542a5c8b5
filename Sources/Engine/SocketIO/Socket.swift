// One client in one namespace: what a stage's handlers are about. In: events and acknowledgements
// of the client. Out: calls of handlers; packets to this client alone.
// Next: SocketIOEvents/EventHandlers.swift (`on`) and Emitting.swift (`emit`), Broadcast.swift.

import Foundation
import SocketIOEvents
import SocketIOWire
import EngineSockets

/// A client, in one namespace.
public final class Socket {
    /// A socket's id is a string, and the name of a room that it is always in.
    public typealias ID = String

    /// The id that clients know: 20 characters. The session's own id is another, and a secret.
    public let id: ID
    /// What the client said when it came.
    public let handshake: Handshake
    /// The connection, which sockets in other namespaces share.
    public let client: Client
    /// The namespace that it has joined.
    public let namespace: Namespace
    /// Whatever the program wants to keep with a socket: `socket.data[User.self] = user`.
    public var data = SocketData()
    /// Whether it is in its namespace: false while middlewares are asked, and after the end.
    public private(set) var connected = false
    private var isLeaving = false
    /// Whether it has left, or was not let in.
    private(set) var isGone = false
    /// The rooms that it has joined, without the one of its own id.
    var joinedRooms: Set<WireName> = []
    /// What waits until it is in.
    private var doorway: Doorway? = Doorway()
    private var isCutOff = false
    /// Names of events that no handler has heard, as far as they were told.
    var unheardNames: Set<WireName> = []
    /// What the companion keeps with a socket.
    var extras: AnyObject?

    /// Who hears which event. Of a socket that has gone nobody will: its handlers would hold it, and
    /// it them, for ever.
    public var listeners = Listeners() {
        didSet { if isGone { listeners = Listeners() } }
    }
    var packetMiddlewares: [(IncomingPacket) throws -> Void] = []
    var errorHandlers: [(any Error) -> Void] = []
    private var disconnectHandlers: [(DisconnectReason) -> Void] = []
    private var disconnectingHandlers: [(DisconnectReason) -> Void] = []

    init(client: Client, namespace: Namespace, handshake: Handshake, id: ID = RandomID.next()) {
        self.id = id
        self.client = client
        self.namespace = namespace
        self.handshake = handshake
    }

    /// The connection underneath, with its transport and its upgrade.
    public var conn: Session { client.conn }

    /// The request that opened the connection.
    public var request: Request { handshake.request }

    // MARK: - Coming in

    /// Says welcome, and sends what was emitted to it meanwhile. False: it has gone by now.
    func entered(_ register: () -> Void) -> Bool {
        guard !isGone, let doorway else { return false }
        connected = true
        register()
        let more = namespace.companion?.entering(self) ?? Welcome()
        guard connected else { return false }  // somebody who heard of it has put it out
        let json = "{\"sid\":\"\(id)\"\(more.members)}"
        client.send(SocketIOPacketEncoder.connect(namespace: namespace.name, json: json))
        for message in doorway.outgoing where !(message.isKept && more.hasRepeated) {
            client.session.send(message)
        }
        return true
    }

    /// Its handlers are set: what it has sent meanwhile.
    func deliverEarlyEvents() {
        let early = doorway?.events ?? []
        doorway = nil
        for event in early { handle(event.arguments, ackID: event.ackID) }
    }

    /// A middleware has thrown this. Only a `ConnectError` was written for the client's eyes.
    func refused(_ error: any Error) {
        guard !isGone else { return }
        if !(error is ConnectError) {
            Log.write("a middleware refused a socket of \(namespace.name): \(error)")
        }
        let answer = error as? ConnectError ?? ConnectError("the server has refused the connection")
        client.send(
            SocketIOPacketEncoder.connectError(namespace: namespace.name, json: answer.json))
        leave()
    }

    // MARK: - Events

    /// An event. False: it came too early, and there was no more room to keep it.
    func received(_ arguments: Arguments, ackID: Int?) -> Bool {
        if doorway != nil {
            return doorway?.keep(arguments, ackID, limit: client.bytesBeforeEntry) == true
        }
        handle(arguments, ackID: ackID)
        return true
    }

    /// All handlers of an event run, in the order in which they were set.
    private func handle(_ arguments: Arguments, ackID: Int?) {
        guard connected else { return }
        let wasHeard = namespace.companion?.received(arguments, from: self) == true
        guard isAllowed(arguments) else { return }
        let event = arguments.eventName
        let called = listeners.take(event)
        if called.isEmpty, !wasHeard { tellUnheard(event) }
        called.run(event, arguments, Ack(self, id: ackID))
    }

    /// Sends a packet, or keeps it until the client is in.
    func send(_ message: OutgoingMessage) {
        if connected { return client.session.send(message) }
        let limit = client.session.server.options.outgoingQueueLimit
        guard !isGone, doorway?.keep(message, limit: limit) == false, !isCutOff else { return }
        isCutOff = true
        Log.write(
            "a client was disconnected: too much was sent to it before a middleware had let it in "
                + "(SocketServerOptions.outgoingQueueLimit)")
        // This may be in the middle of a broadcast.
        EventLoop.shared.runLater { [client] in client.close(.transportError) }
    }

    // MARK: - Acknowledgements

    /// Answers an event of the client's.
    package func sendAck(_ id: Int, _ arguments: EncodedArguments) {
        guard connected else { return }
        let name = namespace.name
        client.session.send(
            OutgoingMessage(arguments) { arguments, text in
                SocketIOPacketEncoder.appendAck(namespace: name, ackID: id, arguments, to: &text)
            })
    }

    /// The client has answered an event.
    func acknowledged(_ id: Int, _ arguments: Arguments) {
        namespace.companion?.acknowledged(id, arguments, by: self)
    }

    // MARK: - The end

    /// Calls `handler` once, when the socket is about to go: it is still in its rooms.
    public func onDisconnecting(_ handler: @escaping (DisconnectReason) -> Void) {
        if !isGone { disconnectingHandlers.append(handler) }
    }

    /// Calls `handler` once, when the socket is gone; nothing is sent to it any more.
    public func onDisconnect(_ handler: @escaping (DisconnectReason) -> Void) {
        if !isGone { disconnectHandlers.append(handler) }
    }

    /// Puts the client out of the namespace, or, with `close`, out of all its namespaces, and ends
    /// the connection. The disconnect handlers have run when this returns.
    public func disconnect(close: Bool = false) {
        if close { return client.disconnect() }
        if connected {
            client.send(SocketIOPacketEncoder.disconnect(namespace: namespace.name))
            left(.serverNamespaceDisconnect)
        } else {
            refused(ConnectError("the server has disconnected the socket"))
        }
    }

    /// The socket is gone, for whatever reason: said once, and only of who was in.
    func left(_ reason: DisconnectReason) {
        guard connected else { return leave() }
        guard !isLeaving else { return }  // a handler has called disconnect()
        isLeaving = true
        for handler in disconnectingHandlers { handler(reason) }
        run(local: "disconnecting", [reason.rawValue])
        namespace.companion?.leaving(self, reason)
        let after = disconnectHandlers
        let named = listeners.take("disconnect")
        leave()
        for handler in after { handler(reason) }
        named.run(local: "disconnect", [reason.rawValue])
    }

    private func leave() {
        guard !isGone else { return }
        isGone = true
        connected = false
        doorway = nil
        client.removed(self)
        for room in joinedRooms { leave(room.text) }
        namespace.left(self)
        // Handlers hold the socket, and it holds them: the circle ends here, also for a socket that
        // a middleware has given handlers and then refused.
        listeners = Listeners()
        disconnectingHandlers = []
        disconnectHandlers = []
        packetMiddlewares = []
        errorHandlers = []
    }
}

// MARK: - To the client

extension Socket: EventSource, AckSender, EventTarget {
    /// Sends an event to this client.
    public func deliver(_ event: OutgoingEvent) {
        let event = namespace.companion?.sending(event, to: self, mayRepeat: true) ?? event
        send(.event(event, namespace: namespace.name))
    }
}
