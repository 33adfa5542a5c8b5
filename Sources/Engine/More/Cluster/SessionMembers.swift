// The rest of what the reference's `socket.conn` can be asked. Next: EngineIO/Session.swift.

extension Session {
    /// Closes the connection, with all its sockets: "forced close". Its client may come back.
    public func close() { close(.forcedClose) }

    /// The client's address. Behind a proxy that is the proxy's.
    public var remoteAddress: String { request.address }

    /// Whether WebSocket has taken over from polling.
    public var upgraded: Bool {
        request.query["transport"] == Transport.polling.rawValue && transport == .websocket
    }
}
