// How a client connects, with the names and defaults of the official one.
// Next: Manager.swift.

import SocketIOWire

/// How packets may travel.
public enum ClientTransportName: String, Sendable {
    case polling
    case websocket
}

/// The options of a client.
public struct ClientOptions {
    /// The server's path.
    public var path = "/socket.io/"
    /// The transports, in the order in which they are tried: the first one connects.
    public var transports: [ClientTransportName] = [.polling, .websocket]
    /// Whether a connection that began with polling goes over to WebSocket.
    public var upgrade = true
    /// Names and values that go along with every request: the handshake's `query`.
    public var query: [String: String] = [:]
    /// Fields (headers) of every request.
    public var extraHeaders: [String: String] = [:]
    /// Whether a socket connects as soon as it is made.
    public var autoConnect = true
    /// Milliseconds that a connection may take to be made; 0 is no limit.
    public var timeout = 20_000
    /// Whether a lost connection comes back by itself.
    public var reconnection = true
    /// So many attempts, then it gives up.
    public var reconnectionAttempts = Int.max
    /// Milliseconds before the first attempt; before each further one, twice as many.
    public var reconnectionDelay = 1_000
    /// Milliseconds between two attempts at most.
    public var reconnectionDelayMax = 5_000
    /// By how much chance moves each delay: 0.5 is between half of it and one and a half.
    public var randomizationFactor = 0.5
    /// Milliseconds that each acknowledgement may take; nil is no limit.
    public var ackTimeout: Int?
    /// How often an event is sent again that is not acknowledged, in order, one at a time; 0: each
    /// is sent once, and at once. The server has to acknowledge each event; and without
    /// `ackTimeout`, only the end of a connection is a reason to send one again.
    public var retries = 0
    /// Bytes that one message from the server may have.
    public var maxMessageSize = 100_000_000

    /// The official client's defaults.
    public init() {}
}

/// Why a connection could not be made, or was lost.
public enum ClientError: Error, Equatable, CustomStringConvertible {
    /// The address of the server is none.
    case invalidURL(String, String)
    /// It could not be made, or broke: what was seen.
    case transport(String)
    /// It was not there in time.
    case timeout
    /// The server has refused: its message, and its data if it sent any.
    case refused(String, data: JSON?)
    /// The socket was disconnected while somebody waited for it.
    case disconnected

    public var description: String {
        switch self {
        case .invalidURL(let text, let reason): "\"\(text)\" can't be connected to: \(reason)"
        case .transport(let what): what
        case .timeout: "timeout"
        case .refused(let message, _): message
        case .disconnected: "the socket was disconnected"
        }
    }
}

/// Why a socket was disconnected, in the official client's words.
public enum ClientDisconnectReason: String, Sendable, CustomStringConvertible {
    /// The server has put the socket out: it does not come back by itself.
    case serverDisconnect = "io server disconnect"
    /// `disconnect()` here: it does not come back by itself.
    case clientDisconnect = "io client disconnect"
    /// The server has been silent for too long.
    case pingTimeout = "ping timeout"
    /// The connection was closed.
    case transportClose = "transport close"
    /// The connection broke.
    case transportError = "transport error"
    /// The server sent something that is no packet.
    case parseError = "parse error"
    /// The connection was closed here.
    case forcedClose = "forced close"

    public var description: String { rawValue }
}
