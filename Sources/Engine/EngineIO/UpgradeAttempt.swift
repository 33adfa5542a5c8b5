// The WebSocket of an upgrade that is under way. In: its packets. Out: the same, to the session's
// state machine, which alone decides what they mean. Next: Session.swift.

import EngineIOWire

/// A WebSocket that has not taken over yet: its packets are the state machine's business.
final class UpgradeAttempt: WebSocketHandler {
    private let session: Session
    let connection: WebSocketConnection

    init(session: Session, connection: WebSocketConnection) {
        self.session = session
        self.connection = connection
    }

    func received(text: [UInt8]) {
        // What is no packet ends the attempt as any other wrong packet does.
        let packet = try? EngineIOPacket.decode(text: text[...])
        session.receiveWhileUpgrading(packet ?? .noop)
    }

    func received(binary: [UInt8]) { session.receiveWhileUpgrading(.binary(binary)) }

    func webSocketClosed(_ end: WebSocketEnd) { session.upgradeClosed() }
}
