// Where the rest of the API looks in: other servers behind the same broker, clients that come back,
// namespaces made on demand, listeners for everything. Nothing of that stands here, and without a
// companion (the eight stages have none) nothing is asked.
// In: what happens in a namespace. Out: what a companion makes of it. Next: More/Extras.swift.

import SocketIOEvents
import SocketIOWire

/// Stands beside a namespace and hears what happens in it.
protocol NamespaceCompanion: AnyObject {
    /// An event goes out to many: as it shall go out.
    func sending(_ event: OutgoingEvent, to target: Broadcast) -> OutgoingEvent
    /// An event goes out to one: as it shall go out. `mayRepeat`: also to a client that comes back.
    func sending(_ event: OutgoingEvent, to socket: Socket, mayRepeat: Bool) -> OutgoingEvent
    /// An event has come, and no handler has seen it yet. True: one that hears all events has.
    func received(_ arguments: Arguments, from socket: Socket) -> Bool
    /// A client has answered an event that was sent with this id.
    func acknowledged(_ id: Int, _ arguments: Arguments, by socket: Socket)
    /// The id of a client that comes back with this CONNECT payload; nil: it is new.
    func returningID(_ payload: JSONText?) -> Socket.ID?
    /// A client that is new, or has come back. True: nobody needs to ask the middlewares.
    func prepare(_ socket: Socket) -> Bool
    /// It may come in. Calls `enter`, now or later, to let it in.
    func admit(_ socket: Socket, _ enter: @escaping () -> Void)
    /// The welcome is about to be sent.
    func entering(_ socket: Socket) -> Welcome
    /// The socket is about to leave: it is still in its rooms.
    func leaving(_ socket: Socket, _ reason: DisconnectReason)
    /// The socket has left, or was not let in.
    func left(_ socket: Socket)
    /// A socket has joined a room.
    func joined(_ room: String, _ socket: Socket)
    /// A socket has left a room.
    func left(_ room: String, _ socket: Socket)
}

/// What a welcome says beside the socket's id.
struct Welcome {
    /// Members of a JSON object, each with a comma in front.
    var members = ""
    /// Whether events that are kept for those who come back have been sent already.
    var hasRepeated = false
}

/// Stands beside a server and hears of its namespaces.
protocol ServerCompanion: AnyObject {
    /// A client asks for a namespace that nobody has made, or (nil) the program does.
    func makeNamespace(_ name: String, for handshake: Handshake?) -> Namespace?
    /// A namespace was made.
    func made(_ namespace: Namespace)
    /// The server closes.
    func closing()
}
