// What can be set about the connections of a Socket.IO server, with the reference's names and
// defaults. Next: EngineIOServer.swift; More/Namespaces/ServerOptions.swift for the others.

import EngineIOWire

/// How packets travel: `polling`, by HTTP requests, or `websocket`, each in a message.
public typealias Transport = EngineIOTransport

/// The options of a Socket.IO server.
public nonisolated struct SocketServerOptions: Sendable {
    /// The path that belongs to the server.
    public var path = "/socket.io/"
    /// Milliseconds from one heartbeat to the next.
    public var pingInterval = 25_000
    /// Milliseconds that a client may take to answer a heartbeat.
    public var pingTimeout = 20_000
    /// Milliseconds that an upgrade may take.
    public var upgradeTimeout = 10_000
    /// Milliseconds that a connection may last without joining a namespace.
    public var connectTimeout = 45_000
    /// Bytes that one message over WebSocket, or one body of a POST over long-polling, may have.
    /// Clients are told. Of a body all counts: each packet with the digit of its type, and one byte
    /// between two. Binary data is a `b` and base64 there, four bytes for three: of 1,000,000 at
    /// most 749,997 are left. Over it: close code 1009, or 413 with a line in the log.
    public var maxHttpBufferSize = 1_000_000
    /// Bytes that may wait for one client, however fast the program produces them; over it the
    /// client is disconnected, with a line in the log. A client that does not read is so sooner:
    /// when more than 1 MiB has been added since it took something.
    public var outgoingQueueLimit = 67_108_864
    /// The transports that are offered.
    public var transports: Set<Transport> = [.polling, .websocket]
    /// Whether a client may change from polling to WebSocket.
    public var allowUpgrades = true
    /// Whether the browser client is served, at `<path>socket.io.js`.
    public var serveClient = true
    /// Namespaces that one connection may join.
    public var namespacesPerClient = 100
    /// What More keeps with the options.
    var extras: (any Sendable)?

    /// The reference's defaults.
    public init() {}
}
