// Where features come in that no stage needs: middlewares, other servers behind the same broker,
// clients that come back, namespaces made on demand, listeners for everything.
// The core calls each of these hooks by name; here it does as a server without such features does.
// The folder More has methods of the same names, in extensions of Socket, Namespace and
// SocketServer. Swift prefers those of a type to those of a protocol, so that they take the place
// of these. Next: Socket.swift; More/Sockets/SocketExtras.swift.

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

    /// An event is about to go out to it alone: as it shall go out.
    func sending(_ event: OutgoingEvent) -> OutgoingEvent { event }
    /// An event has come. True: a handler that hears all events has heard it.
    func isHeard(_ arguments: Arguments) -> Bool { false }
    /// Whether an event may go on to its handlers.
    func isAllowed(_ arguments: Arguments) -> Bool { true }
    /// No handler has heard an event of this name.
    func unheard(_ event: String) {}
    /// The client has answered an event.
    func acknowledged(_ id: Int, _ arguments: Arguments) {}
    /// It has joined a room.
    func joined(room: String) {}
    /// It has left a room.
    func left(room: String) {}

    /// It is about to leave: it is still in its rooms.
    func leaving(_ reason: DisconnectReason) {}
    /// It has left, or was not let in.
    func gone() {}
}

/// The hooks of a namespace.
protocol NamespaceHooks {}
extension Namespace: NamespaceHooks {}

extension NamespaceHooks {
    /// An event is about to go out to many: as it shall go out.
    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent { event }
    /// The id of a client that comes back with this CONNECT payload; nil: it is new.
    func returningID(_ payload: JSONText?) -> Socket.ID? { nil }
}

/// The hooks of a server.
protocol SocketServerHooks {}
extension SocketServer: SocketServerHooks {}

extension SocketServerHooks {
    /// A client asks for a namespace that does not exist, or (nil) the program does.
    func makeNamespace(_ name: String, for handshake: Handshake?) -> Namespace? { nil }
    /// A namespace was made.
    func made(_ namespace: Namespace) {}
    /// The server closes.
    func closing() {}
}
