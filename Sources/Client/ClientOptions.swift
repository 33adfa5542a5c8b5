// The options of a client, with the names and defaults of the official one, and its errors.
// Next: Manager.swift.

import SocketIOWire
import WebSocketDeflate

/// A transport, by the name that the protocol has for it.
public nonisolated enum ClientTransportName: String, Sendable {
    /// HTTP long-polling: a GET waits for packets, a POST carries them.
    case polling
    /// One WebSocket; each packet is a message.
    case websocket
}

/// The options of a client. Times are in milliseconds, sizes in bytes.
public nonisolated struct ClientOptions: Sendable {
    /// The path of the server's Engine.IO endpoint; no namespace.
    public var path = "/socket.io/"
    /// The transports that may be used. The first one connects; if it fails, no other is tried.
    public var transports: [ClientTransportName] = [.polling, .websocket]
    /// Whether a connection that began with polling changes to WebSocket.
    public var upgrade = true
    /// Added to the query of every request; the server reads it as `handshake.query`.
    public var query: [String: String] = [:]
    /// Fields (headers) of every request, by name.
    public var extraHeaders: [String: String] = [:]
    /// Whether a socket connects as soon as it is made.
    public var autoConnect = true
    /// Milliseconds that an attempt to connect may take; 0 is no limit.
    public var timeout = 20_000
    /// Whether a lost or failed connection is tried again.
    public var reconnection = true
    /// The number of attempts to reconnect; then `onReconnectFailed` is called.
    public var reconnectionAttempts = Int.max
    /// Milliseconds before the first attempt to reconnect; they double with each further one.
    public var reconnectionDelay = 1_000
    /// Milliseconds before an attempt at most.
    public var reconnectionDelayMax = 5_000
    /// The random part of each delay: with 0.5 it is between 0.5 and 1.5 times as long.
    public var randomizationFactor = 0.5
    /// Milliseconds that each acknowledgement may take; nil is no limit.
    public var ackTimeout: Int?
    /// How often an event is sent again that is not acknowledged. Then events are sent one at a
    /// time, in order, and the server has to acknowledge each. Set `ackTimeout` too: without it, an
    /// event is sent again only after a lost connection. 0: each event is sent once, and at once.
    public var retries = 0
    /// Bytes that one message from the server may have; a larger one ends the connection.
    public var maxMessageSize = 100_000_000
    /// Whether messages over WebSocket are compressed, where the server agrees; nil: they are not.
    /// A single event goes as it is by `socket.compress(false)`.
    public var perMessageDeflate: PerMessageDeflate? = PerMessageDeflate()

    /// The defaults of the official client.
    public init() {}
}

/// Why a connection could not be made.
public nonisolated enum ClientError: Error, Equatable, CustomStringConvertible {
    /// The URL cannot be used: the URL, and what is wrong with it.
    case invalidURL(String, String)
    /// The connection could not be made, or broke before it was open: a text for a person.
    case transport(String)
    /// The attempt took longer than the option `timeout`.
    case timeout
    /// The server has refused, in a middleware for one: its message, and its data if it sent any.
    case refused(String, data: JSON?)
    /// The socket was disconnected before it was connected.
    case disconnected

    /// The error in words.
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

/// Why a socket was disconnected. The raw values are the official client's reasons.
public nonisolated enum ClientDisconnectReason: String, Sendable, CustomStringConvertible {
    /// The server has disconnected the socket. It reconnects only when `connect` is called.
    case serverDisconnect = "io server disconnect"
    /// The program has called `disconnect`. It reconnects only when `connect` is called.
    case clientDisconnect = "io client disconnect"
    /// No ping came in time.
    case pingTimeout = "ping timeout"
    /// The server, or something on the way, has closed the connection.
    case transportClose = "transport close"
    /// The connection broke, or a request failed.
    case transportError = "transport error"
    /// The server sent bytes that are no packet.
    case parseError = "parse error"
    /// The connection was closed at this side, by no call of `disconnect`.
    case forcedClose = "forced close"

    /// The raw value, which is the official client's reason.
    public var description: String { rawValue }
}
