// Where features come in that no stage needs: middlewares, other servers behind the same broker,
// clients that come back, rooms, further namespaces, listeners for everything. Hooks work as in
// EngineIO/EngineIOHooks.swift. Next: Socket.swift, More/Sockets/SocketExtras.swift.

import SocketIOEvents
import SocketIOWire

/// The hooks of a socket, in the order of its life.
protocol SocketHooks {}
extension Socket: SocketHooks {}

extension SocketHooks {
    /// Whether it may enter its namespace now. After false the hook calls `enter` or `refuse`.
    func mayEnter() -> Bool { true }
    /// An event has come before it has entered.
    func keep(_ arguments: Arguments, ackID: Int?) {}
    /// Something was sent to it before it has entered.
    func keep(_ message: OutgoingMessage) {}
    /// It has entered. What its CONNECT packet says beside its id: members of a JSON object, each
    /// with a comma in front.
    func welcome() -> String { "" }
    /// The CONNECT packet was sent.
    func welcomed() {}
    /// The connection handlers have run.
    func entered() {}

    /// An event is about to go out to it alone: as it shall go out. Nil: the hook sends it, later.
    func sending(_ event: OutgoingEvent) -> OutgoingEvent? { event }
    /// An event has come. True: a handler that hears all events has heard it.
    func isHeard(_ arguments: Arguments) -> Bool { false }
    /// Whether an event may go on to its handlers.
    func isAllowed(_ arguments: Arguments) -> Bool { true }
    /// No handler has heard an event of this name.
    func unheard(_ event: String) {}
    /// The client has answered an event.
    func acknowledged(_ id: Int, _ arguments: Arguments) {}

    /// It is about to leave: it is still in its rooms.
    func leaving(_ reason: DisconnectReason) {}
    /// It leaves the rooms that it has joined.
    func leaveRooms() {}
    /// It has left, or was not let in.
    func gone() {}
}

/// The hooks of a namespace.
protocol NamespaceHooks {}
extension Namespace: NamespaceHooks {}

extension NamespaceHooks {
    /// An event is about to go out to many: as it shall go out. Nil: the hook sends it, later.
    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent? { event }
    /// The id of a client that comes back with this CONNECT payload; nil: it is new.
    func returningID(_ payload: JSONText?) -> Socket.ID? { nil }
}

/// The hooks of a server.
protocol SocketServerHooks {}
extension SocketServer: SocketServerHooks {}

extension SocketServerHooks {
    /// The namespace of this name, beside the main one, that a client asks for, if there is one.
    func otherNamespace(_ name: String, for handshake: Handshake) -> Namespace? { nil }
}
