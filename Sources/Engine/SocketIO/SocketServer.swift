// `let io = SocketServer(app)`: Socket.IO on an app's port. In: an app, options. Out: sockets, by
// namespace. Next: Client.swift, Namespace.swift; EngineIO/EngineIOServer.swift below;
// More/Namespaces/ServerExtras.swift (`of`, `close`).

import SocketIOEvents
import SocketIOWire

/// A Socket.IO server. What it has of a namespace's is the main one's, `/`.
///
/// `io.onConnection { socket in socket.on("hi") { (name: String) in io.emit("hi", name) } }`
public final class SocketServer: EventTarget, BroadcastOrigin {
    /// The main namespace.
    public let sockets = Namespace(name: "/")
    /// The server that it stands on: its other routes, and what can be set about connections.
    public let app: App
    let engineIO: EngineIOServer
    /// What More keeps with a server.
    var extras: AnyObject?

    /// Serves Socket.IO on the port of `app`, at `options.path`.
    public init(_ app: App, _ options: SocketServerOptions = SocketServerOptions()) {
        self.app = app
        engineIO = EngineIOServer(app: app, options: options)
        // The app holds the engine, and the engine this server, until they are closed: a program
        // needs no variable for it.
        engineIO.opened = { session in
            let client = Client(session: session, server: self)
            session.delegate = client
            // A client of Socket.IO 2 is in the main namespace unasked.
            if !session.speaksVersion4 { client.received(text: ArraySlice("0".utf8)) }
        }
    }

    /// The namespace that a client asks for, if there is one.
    func namespace(named name: String, for handshake: Handshake) -> Namespace? {
        WireName.isSame(name, "/") ? sockets : otherNamespace(name, for: handshake)
    }

    /// Calls `handler` for each client that joins, before any event of it.
    public func onConnection(_ handler: @escaping @MainActor (Socket) -> Void) {
        sockets.onConnection(handler)
    }

    /// All sockets in the main namespace.
    public var broadcast: Broadcast { sockets.broadcast }
}
