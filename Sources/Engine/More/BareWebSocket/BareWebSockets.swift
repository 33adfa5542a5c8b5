// `app.webSocket("/echo") { connection in … }`: WebSockets without Socket.IO, for clients that
// know nothing else. In: a path and a closure. Out: connections, which the closure gets.
// Next: WebSocketCallbacks.swift, WebSocketHeartbeat.swift, WebSocketExtras.swift;
// HTTP/WebSocketConnection.swift below.

import HTTPWire
import WebSocketDeflate
import WebSocketWire

/// What can be set about an app's bare WebSockets.
final class BareWebSockets {
    fileprivate var limits = WebSocketLimits()
    fileprivate var cors: (any CrossOriginPolicy)?
    var handleProtocols: (@MainActor ([String], Request) -> String?)?
    var deflate: PerMessageDeflate?
    fileprivate let heartbeat = WebSocketHeartbeat()
}

extension App {
    /// Opens a WebSocket for each client that asks for one at `path`. Here as in all routes, `*` is
    /// any path that has no route of its own, and no file.
    public func webSocket(
        _ path: String, _ handler: @escaping @MainActor (WebSocketConnection) -> Void
    ) {
        routes[path, default: [:]]["GET"] = { [unowned self] exchange in
            let head = exchange.request.head
            guard Origin.isAllowed(head, webSocketCORS) else {
                Origin.logRefusal(of: head, option: "App.webSocketCORS")
                return exchange.respond(.status(.forbidden))
            }
            guard let connection = upgrade(exchange, limits: more.webSockets.limits) else { return }
            more.webSockets.heartbeat.watch(connection)
            handler(connection)
            connection.start()
        }
    }

    /// Which other sites' pages may open the WebSockets of `webSocket`; nil: none.
    public var webSocketCORS: (any CrossOriginPolicy)? {
        get { more.webSockets.cors }
        set { more.webSockets.cors = newValue }
    }

    /// Chooses one of the subprotocols that a client offers, for every WebSocket of this app,
    /// Socket.IO's included; nil: none of them. Unless it is set, the first one is taken.
    public var handleProtocols: (@MainActor ([String], Request) -> String?)? {
        get { more.webSockets.handleProtocols }
        set { more.webSockets.handleProtocols = newValue }
    }

    /// The longest message, in bytes, of WebSockets that `webSocket` opens; 1 MB unless told.
    public var webSocketMessageLimit: Int {
        get { more.webSockets.limits.message }
        set { more.webSockets.limits.message = newValue }
    }

    /// Whether messages of WebSockets that `webSocket` opens are compressed, where the client can
    /// do it; nil, the default: they are not. Counts for those that are opened from then on. What
    /// an attacker can add to messages that hold secrets must not be compressed: see SECURITY.md.
    public var webSocketPerMessageDeflate: PerMessageDeflate? {
        get { more.webSockets.deflate }
        set { more.webSockets.deflate = newValue }
    }

    /// Milliseconds from one ping to the next on WebSockets that `webSocket` opens, so that a peer
    /// that is gone is noticed; nil: none is sent. Counts for those that are opened from then on.
    public var webSocketPingInterval: Int? {
        get { more.webSockets.heartbeat.interval }
        set { more.webSockets.heartbeat.interval = newValue }
    }

    /// Milliseconds within which such a peer has to be heard after a ping. If it is not, its
    /// connection ends with code 1006 and the reason "ping timeout", and a line in the log.
    public var webSocketPingTimeout: Int {
        get { more.webSockets.heartbeat.timeout }
        set { more.webSockets.heartbeat.timeout = newValue }
    }
}
