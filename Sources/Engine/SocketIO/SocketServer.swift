// `let io = SocketServer(app)`: Socket.IO on an app's port. In: an app, options. Out: sockets, by
// namespace. Next: Namespace.swift, Client.swift; EngineIO/EngineIOServer.swift below.

import SocketIOEvents
import Foundation
import EngineSockets
import SocketIOWire

/// A Socket.IO server. What it has of a namespace's is the main one's, `/`.
///
/// `io.onConnection { socket in socket.on("hi") { (name: String) in io.emit("hi", name) } }`
public final class SocketServer: EventTarget, BroadcastOrigin {
    /// The main namespace.
    public let sockets = Namespace(name: "/")
    /// The server that it stands on: its other routes, and what can be set about connections.
    public let app: App
    private(set) var namespaces: [WireName: Namespace] = [:]
    /// Who stands beside it; mostly nobody.
    var companion: (any ServerCompanion)?
    var unheardEvents = UnheardEvents()
    let engineIO: EngineIOServer

    /// Serves Socket.IO on the port of `app`, at `options.path`.
    public init(_ app: App, _ options: SocketServerOptions = SocketServerOptions()) {
        self.app = app
        engineIO = EngineIOServer(app: app, options: options)
        namespaces["/"] = sockets
        // The app holds the engine, and the engine this server, until they are closed: nobody has
        // to keep a variable for it.
        engineIO.opened = { self.opened($0) }
        engineIO.joinTimedOut = { self.joinTimedOut($0) }
    }

    /// Serves Socket.IO alone on a port, 0 for any that is free.
    public convenience init(
        port: Int, host: String? = nil, _ options: SocketServerOptions = SocketServerOptions()
    ) throws {
        let app = App()
        self.init(app, options)
        try app.listen(port: port, host: host)
    }

    /// The port it listens on.
    public var port: Int? { app.port }

    /// The connections, in whatever namespaces.
    public var clientsCount: Int { engineIO.clientsCount }

    // MARK: - Sessions

    private func opened(_ session: Session) {
        let client = Client(session: session, server: self)
        session.delegate = client
        // A client of Socket.IO 2 is in the main namespace unasked; see More/OldClients.swift.
        if session.dialect != nil { client.received(text: ArraySlice("0".utf8)) }
    }

    private func joinTimedOut(_ sid: String) {
        guard let client = engineIO.session(withID: sid)?.delegate as? Client, client.isIdle else {
            return
        }
        client.close(.forcedServerClose)
    }

    // MARK: - Namespaces

    /// The namespace of this name; it exists from the first call on. A slash in front goes
    /// without saying.
    public func of(_ name: String) -> Namespace {
        let name = name.utf8.first == UInt8(ascii: "/") ? name : "/" + name
        return namespaces[WireName(name)] ?? companion?.makeNamespace(name, for: nil) ?? make(name)
    }

    /// A new namespace. `setUp` comes before anybody hears of it.
    func make(_ name: String, _ setUp: (Namespace) -> Void = { _ in }) -> Namespace {
        let namespace = Namespace(name: name)
        setUp(namespace)
        namespaces[WireName(name)] = namespace
        companion?.made(namespace)
        return namespace
    }

    /// The namespace that a client asks for, if there is one.
    func namespace(named name: String, for handshake: Handshake) -> Namespace? {
        namespaces[WireName(name)] ?? companion?.makeNamespace(name, for: handshake)
    }

    /// Forgets a namespace that nobody is in.
    func forget(_ namespace: Namespace) {
        let name = WireName(namespace.name)
        if namespaces[name] === namespace { namespaces[name] = nil }
    }

    /// Calls `handler` for each client that joins, before any event of it.
    public func onConnection(_ handler: @escaping (Socket) -> Void) {
        sockets.onConnection(handler)
    }

    /// `io.on("connection") { socket in … }`, as in JavaScript: the same as `onConnection`.
    public func on(_ event: String, _ handler: @escaping (Socket) -> Void) {
        sockets.on(event, handler)
    }

    /// Sends an event to everybody in the main namespace.
    public func deliver(_ event: OutgoingEvent) { sockets.deliver(event) }

    /// Everybody in the main namespace.
    public var broadcast: Broadcast { sockets.broadcast }

    // MARK: - The end

    /// Disconnects everybody, with the reason "server shutting down", and closes the port.
    public func close() async {
        await app.close()
        // Last, since handlers of those who leave may have something to say to everybody.
        companion?.closing()
    }
}
