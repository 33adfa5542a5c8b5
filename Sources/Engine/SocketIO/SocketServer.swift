// `let io = SocketServer(app)`: Socket.IO on an app's port. In: an app, options. Out: sockets, by
// namespace. Next: Client.swift, Namespace.swift; EngineIO/EngineIOServer.swift below.

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
    var namespaces: [WireName: Namespace] = [:]
    let engineIO: EngineIOServer
    /// What More keeps with a server.
    var extras: AnyObject?

    /// Serves Socket.IO on the port of `app`, at `options.path`.
    public init(_ app: App, _ options: SocketServerOptions = SocketServerOptions()) {
        self.app = app
        engineIO = EngineIOServer(app: app, options: options)
        namespaces["/"] = sockets
        // The app holds the engine, and the engine this server, until they are closed: a program
        // needs no variable for it.
        engineIO.opened = { self.opened($0) }
    }

    private func opened(_ session: Session) {
        let client = Client(session: session, server: self)
        session.delegate = client
        // A client of Socket.IO 2 is in the main namespace unasked.
        if !session.speaksVersion4 { client.received(text: ArraySlice("0".utf8)) }
    }

    // MARK: - Namespaces

    /// The namespace of this name; it exists from the first call on. A slash in front goes
    /// without saying.
    public func of(_ name: String) -> Namespace {
        let name = name.utf8.first == UInt8(ascii: "/") ? name : "/" + name
        return namespaces[WireName(name)] ?? makeNamespace(name, for: nil) ?? make(name)
    }

    /// A new namespace. `setUp` comes before any client, and any hook, hears of it.
    func make(_ name: String, _ setUp: (Namespace) -> Void = { _ in }) -> Namespace {
        let namespace = Namespace(name: name)
        setUp(namespace)
        namespaces[WireName(name)] = namespace
        made(namespace)
        return namespace
    }

    /// The namespace that a client asks for, if there is one.
    func namespace(named name: String, for handshake: Handshake) -> Namespace? {
        namespaces[WireName(name)] ?? makeNamespace(name, for: handshake)
    }

    // MARK: - The main namespace

    /// Calls `handler` for each client that joins, before any event of it.
    public func onConnection(_ handler: @escaping (Socket) -> Void) {
        sockets.onConnection(handler)
    }

    /// All sockets in the main namespace.
    public var broadcast: Broadcast { sockets.broadcast }

    // MARK: - The end

    /// Disconnects all clients, with the reason "server shutting down", and closes the port.
    public func close() async {
        await app.close()
        // Last, since handlers of sockets that leave may have something to say to the others.
        closing()
    }
}
