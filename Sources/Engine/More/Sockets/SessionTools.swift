// The rest of what the reference's `socket.conn` can be asked. Next: EngineIO/Session.swift.

/// What More keeps with a session.
final class SessionExtras {
    /// How the client speaks, if that is not as today.
    var dialect: OldDialect?
    var upgradeHandlers: [() -> Void] = []
    var packetLimit: PacketLimit?
    /// See BackPressure.swift.
    var pressure: BackPressure?
    /// What the log has last said about it.
    var problem: String?
    /// Whether the next answer to a poll goes as it is.
    var isPollPlain = false
}

extension Session {
    /// What More keeps with it, from the first use on.
    var more: SessionExtras {
        if let known = extras as? SessionExtras { return known }
        let made = SessionExtras()
        extras = made
        return made
    }

    func began() {
        beginDialect()
        server.app.count(request, isNew: true)
        if let most = server.options.packetsPerSecond { more.packetLimit = PacketLimit(most: most) }
    }

    /// Calls `handler` when WebSocket has taken over from polling.
    public func onUpgrade(_ handler: @escaping @MainActor () -> Void) {
        more.upgradeHandlers.append(handler)
    }

    func hasUpgraded() {
        guard let extras = extras as? SessionExtras else { return }
        if extras.pressure?.isPaused == true { extras.pressure?.pause() }
        for handler in extras.upgradeHandlers { handler() }
    }

    func ended() {
        server.app.count(request, isNew: false)
        guard let extras = extras as? SessionExtras else { return }
        extras.upgradeHandlers = []
        extras.pressure?.end()
    }

    /// Closes the connection, with all its sockets: "forced close". Its client may come back.
    public func close() { close(.forcedClose) }

    /// The client's address. Behind a proxy that is the proxy's.
    public var remoteAddress: String { request.address }

    /// Whether WebSocket has taken over from polling.
    public var upgraded: Bool {
        request.query["transport"] == Transport.polling.rawValue && transport == .websocket
    }
}

extension Client {
    /// The connection underneath.
    public var conn: Session { session }

    /// How the client is connected at the moment: an upgrade changes it.
    public var transport: Transport { session.transport }
}
