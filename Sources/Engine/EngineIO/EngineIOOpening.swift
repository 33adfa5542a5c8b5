// How a session begins, over either transport, and how a WebSocket comes to one that has begun.
// In: requests that were found good. Out: sessions, and the packet that each begins with.
// Next: Session.swift, Upgrade.swift.

import EngineIOWire
import HTTPWire
import WebSocketWire

extension EngineIOServer {
    /// A request that may open a session.
    func open(_ exchange: HTTPExchange, _ transport: Transport) {
        guard let companion else { return open(exchange, transport, sid: RandomID.next()) }
        companion.open(exchange) { self.open(exchange, transport, sid: $0) }
    }

    private func open(_ exchange: HTTPExchange, _ transport: Transport, sid: String) {
        switch transport {
        case .polling: openPolling(exchange, sid)
        case .websocket: openWebSocket(exchange, sid)
        }
    }

    private func openPolling(_ exchange: HTTPExchange, _ sid: String) {
        let request = exchange.request
        let session = session(sid, request, .polling)
        let body = session.body(of: [OutgoingPacket(text: handshake(of: session))])
        exchange.respond(pollResponse(body, request.head))
        opened?(session)
    }

    private func openWebSocket(_ exchange: HTTPExchange, _ sid: String) {
        guard let webSocket = app.upgrade(exchange, limits: webSocketLimits) else {
            companion?.refused(.badRequest, exchange)
            return
        }
        webSocket.stream.queueLimit = options.outgoingQueueLimit
        let session = session(sid, webSocket.request, .websocket)
        session.webSocket = webSocket
        webSocket.handler = session
        session.send(OutgoingPacket(text: handshake(of: session)))
        opened?(session)
        webSocket.start()
    }

    private func session(_ sid: String, _ request: Request, _ transport: Transport) -> Session {
        let session = Session(sid: sid, request: request, transport: transport, server: self)
        session.dialect = options.oldClients?.dialect(for: session)
        insert(session)
        return session
    }

    /// A WebSocket wants to take over a session from polling.
    func upgrade(_ exchange: HTTPExchange, _ session: Session) {
        guard options.allowUpgrades else { return refuse(.badRequest, exchange) }
        guard let webSocket = app.upgrade(exchange, limits: webSocketLimits) else { return }
        webSocket.stream.queueLimit = options.outgoingQueueLimit
        // A second one is let in and closed, as in the reference: clients expect no refusal.
        guard session.beginUpgrade(webSocket) else { return webSocket.close() }
        webSocket.start()
    }

    private var webSocketLimits: WebSocketLimits {
        var limits = WebSocketLimits()
        limits.message = options.maxHttpBufferSize
        return limits
    }

    private func handshake(of session: Session) -> [UInt8] {
        let canUpgrade = options.allowUpgrades && session.transport == .polling
        let upgrades: [EngineIOTransport] =
            canUpgrade && options.transports.contains(.websocket) ? [.websocket] : []
        return EngineIOHandshake(
            sid: session.sid, upgrades: upgrades, pingInterval: options.pingInterval,
            pingTimeout: options.pingTimeout,
            maxPayload: session.dialect == nil ? options.maxHttpBufferSize : nil
        ).packet
    }
}
