// How a session begins, over either transport, and how a WebSocket comes to one that has begun.
// In: requests that were found good. Out: sessions, and the packet that each begins with.
// Next: Session.swift; OverWebSocket.swift for the upgrade.

import EngineIOWire
import HTTPWire
import WebSocketWire

extension EngineIOServer {
    /// Opens a session. Its id is a secret: a client is known by it.
    func open(_ exchange: HTTPExchange, _ transport: Transport, sid: String = RandomID.next()) {
        let webSocket = transport == .websocket ? webSocket(exchange) : nil
        if transport == .websocket, webSocket == nil { return refused(.badRequest, exchange) }
        let request = webSocket?.keptRequest ?? KeptRequest(exchange.request)
        let session = Session(sid: sid, request: request, transport: transport, server: self)
        session.began()
        insert(session)
        if let webSocket {
            session.webSocket = webSocket
            webSocket.handler = session
            session.send(openPacket(of: session))
        } else {
            answer(exchange, session.body(of: [openPacket(of: session)]))
        }
        opened?(session)
        webSocket?.start()
    }

    /// A WebSocket wants to take over a session from polling.
    func upgrade(_ exchange: HTTPExchange, _ session: Session) {
        guard options.allowUpgrades else { return refuse(.badRequest, exchange) }
        guard let webSocket = webSocket(exchange) else { return }
        // A second one is let in and closed, as in the reference: clients expect no refusal.
        guard session.beginUpgrade(webSocket) else { return webSocket.close() }
        webSocket.start()
    }

    /// The connection of a request as a WebSocket; nil: it was answered why not.
    private func webSocket(_ exchange: HTTPExchange) -> WebSocketConnection? {
        var limits = WebSocketLimits()
        limits.message = options.maxHttpBufferSize
        let webSocket = app.upgrade(exchange, limits: limits)
        webSocket?.stream.queueLimit = options.outgoingQueueLimit
        return webSocket
    }

    private func openPacket(of session: Session) -> OutgoingPacket {
        let canUpgrade =
            session.transport == .polling && options.allowUpgrades
            && options.transports.contains(.websocket)
        let handshake = EngineIOPacket.handshake(
            sid: session.sid, canUpgrade: canUpgrade, pingInterval: options.pingInterval,
            pingTimeout: options.pingTimeout,
            maxPayload: session.speaksVersion4 ? options.maxHttpBufferSize : nil)
        return OutgoingPacket(text: handshake)
    }
}

/// Ids that cannot be guessed: 120 random bits as 20 characters that are safe in a URL.
nonisolated enum RandomID {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func next() -> String {
        let (first, second) = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))
        return String(unsafeUninitializedCapacity: 20) { text in
            for index in 0..<10 {
                text[index] = alphabet[Int(first &>> UInt64(6 * index) & 63)]
                text[index + 10] = alphabet[Int(second &>> UInt64(6 * index) & 63)]
            }
            return 20
        }
    }
}
