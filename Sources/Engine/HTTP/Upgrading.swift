// How a request becomes a WebSocket. In: an exchange. Out: a connection that waits for its
// handler, or an answer that says why not. Next: WebSocketConnection.swift,
// WebSocketWire/OpeningHandshake.swift.

import HTTPWire
import EngineSockets
import WebSocketWire

extension App {
    /// Whether an address may open one more session in this second.
    func mayShake(_ address: SocketAddress?) -> Bool {
        guard connectionLimits.handshakesPerSecond != nil, let address else { return true }
        return admission.shake(address.host, now: EventLoop.shared.now, connectionLimits)
    }

    /// Turns a request's connection into a WebSocket, or answers why not. The caller sets a
    /// handler and calls `start`.
    func upgrade(_ exchange: HTTPExchange, limits: WebSocketLimits) -> PendingWebSocket? {
        let request = Request(exchange.request, peer: exchange.peer)
        var accept: HTTPResponse
        do {
            accept = try OpeningHandshake.accept(request.head) { offered in
                guard let handleProtocols else { return offered.first }
                return handleProtocols(offered, request)
            }
        } catch {
            exchange.respond(error.response)
            return nil
        }
        exchange.decoration?.decorate(&accept)
        guard let (stream, remainder) = exchange.takeStream() else { return nil }
        stream.write(
            accept.encode(isHead: false, keepsAlive: true, minorVersion: 1, date: dateField))
        let connection = WebSocketConnection(stream: stream, request: request, limits: limits) {
            [weak self] in self?.webSockets[ObjectIdentifier($0)] = nil
        }
        webSockets[ObjectIdentifier(connection)] = connection
        return PendingWebSocket(
            connection: connection, subprotocol: accept.fields["Sec-WebSocket-Protocol"],
            remainder: remainder)
    }
}
