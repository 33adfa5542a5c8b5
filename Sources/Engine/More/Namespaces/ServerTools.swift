// The rest of what a program may ask of a server and of its namespaces.
// Next: NamespaceTools.swift, SocketIO/SocketServer.swift.

import EngineSockets

extension Namespace {
    /// The names of all rooms that a socket has joined. A socket's own room is not among them.
    public var roomNames: Set<String> { Set(rooms.keys.lazy.map(\.text)) }

    /// The sockets in a room.
    public func sockets(in room: String) -> [Socket] { broadcast.to(room).sockets }

    /// `io.on("connection") { socket in … }`, as in JavaScript: the same as `onConnection`.
    public func on(_ event: String, _ handler: @escaping @MainActor (Socket) -> Void) {
        guard event == "connection" || event == "connect" else {
            let advice = event == "disconnect" ? "; socket.onDisconnect tells who leaves" : ""
            return Log.write("a namespace has no event \"\(event)\", only \"connection\"\(advice)")
        }
        onConnection(handler)
    }
}

extension SocketServer {
    /// Serves Socket.IO alone on a port, 0 for any that is free. Throws when the port is taken.
    public convenience init(
        port: Int, host: String? = nil, _ options: SocketServerOptions = SocketServerOptions()
    ) throws {
        let app = App()
        self.init(app, options)
        try app.listen(port: port, host: host)
    }

    /// The port it listens on; nil: it does not.
    public var port: Int? { app.port }

    /// How many clients are connected, in whatever namespaces, or in none yet.
    public var clientsCount: Int { engineIO.clientsCount }

    /// `io.on("connection") { socket in … }`, as in JavaScript: the same as `onConnection`.
    public func on(_ event: String, _ handler: @escaping @MainActor (Socket) -> Void) {
        sockets.on(event, handler)
    }
}
