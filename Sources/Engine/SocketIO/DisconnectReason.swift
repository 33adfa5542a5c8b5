// Why a socket is gone, in the reference's words. Next: Client.swift, Socket.swift.

/// Why a socket was disconnected. Printed, it is the reference's text: `transport close`.
public nonisolated enum DisconnectReason: String, Sendable, CaseIterable, CustomStringConvertible {
    /// The client left the namespace: `socket.disconnect()` there.
    case clientNamespaceDisconnect = "client namespace disconnect"
    /// We put it out: `socket.disconnect()` here.
    case serverNamespaceDisconnect = "server namespace disconnect"
    /// The connection was closed: a tab, a program that ended.
    case transportClose = "transport close"
    /// A poll broke off, or the client did what its transport forbids, or stopped reading. (A
    /// WebSocket that breaks is "transport close", as in the reference.)
    case transportError = "transport error"
    /// The client did not answer a heartbeat in time.
    case pingTimeout = "ping timeout"
    /// The client sent something that is no packet.
    case parseError = "parse error"
    /// The connection was closed here, with all its namespaces.
    case forcedClose = "forced close"
    /// The client joined no namespace in time: it has no socket that could hear of it.
    case forcedServerClose = "forced server close"
    /// The server is going.
    case serverShuttingDown = "server shutting down"

    public var description: String { rawValue }
}
