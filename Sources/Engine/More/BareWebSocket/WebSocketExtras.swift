// What a WebSocket's client and this side agree on: the name for what messages mean, and how they
// are compressed. In: a client's request. Out: fields of the 101; what is kept of them.
// Next: BareWebSockets.swift, ../Compression/MessageCompression.swift.

import HTTPWire
import WebSocketWire

/// What More keeps with a WebSocket.
final class WebSocketExtras {
    let subprotocol: String?
    let compression: MessageCompression?

    init(_ subprotocol: String?, _ compression: MessageCompression?) {
        self.subprotocol = subprotocol
        self.compression = compression
    }
}

extension App {
    func agree(
        _ request: Request, _ answer: inout HTTPResponse, _ limits: WebSocketLimits
    ) throws(HandshakeError) -> MessageExtension? {
        let subprotocol = try OpeningHandshake.addSubprotocol(to: &answer, for: request.head) {
            guard let choose = more.webSockets.handleProtocols else { return $0.first }
            return choose($0, request)
        }
        let compressed = try agreeOnCompression(request, &answer, limits)
        guard subprotocol != nil || compressed != nil else { return nil }
        return (compressed?.restorer, WebSocketExtras(subprotocol, compressed?.compression))
    }
}

extension WebSocketConnection {
    /// The subprotocol that was agreed upon: the client's first, or what `App.handleProtocols` has
    /// chosen; nil: none.
    public var subprotocol: String? { (extras as? WebSocketExtras)?.subprotocol }

    /// How messages are compressed; nil: they are not.
    var compression: MessageCompression? { (extras as? WebSocketExtras)?.compression }
}
