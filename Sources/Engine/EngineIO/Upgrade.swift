// From long-polling to WebSocket without losing, doubling or reordering a message: the new
// connection is tried beside the old one, and takes over when the client says so.
// In: a WebSocket for a session, and its packets. Out: a session that has changed its transport,
// or has not. Next: EngineIOWire/SessionState.swift, which decides; Session.swift.

import EngineIOWire
import EngineSockets

extension Session {
    /// A WebSocket comes to take over. False: there is nothing to take over.
    func beginUpgrade(_ connection: WebSocketConnection) -> Bool {
        guard phase != .over, state.beginUpgrade(now: EventLoop.shared.now) else { return false }
        let attempt = UpgradeAttempt(session: self, connection: connection)
        upgrade = attempt
        connection.handler = attempt
        server.scheduleUpgradeTimeout(of: self)
        return true
    }

    /// A packet over the connection that wants to take over.
    func receiveWhileUpgrading(_ packet: EngineIOPacket) {
        guard phase != .over else { return }
        let action = state.receiveWhileUpgrading(packet)
        if action == .abandonUpgrade {
            let came = packet.text.map { String(decoding: $0.prefix(60), as: UTF8.self) } ?? "bytes"
            Log.write(
                "a client's upgrade was given up: expected 2probe and then 5, but \"\(came)\" came "
                    + "(\(request.address))")
        }
        carryOut(action)
    }

    func upgradeDue(now: Int) {
        if phase != .over { carryOut(state.upgradeDue(now: now)) }
    }

    /// The reference ends the old poll from a timer; at once is sooner, and the client goes on.
    func answerProbe() {
        upgrade?.connection.send("3probe")
        answerPoll()
    }

    func completeUpgrade() {
        guard let connection = upgrade?.connection else { return }
        upgrade = nil
        webSocket = connection
        connection.handler = self
        for packet in waiting.take() { transmit(packet, over: connection) }
        // It was closed meanwhile, and the client has not come for the last packets until now.
        if phase == .closing { return giveUp() }
        // A client that did not wait for the end of its poll.
        answerPoll()
        for handler in upgradeHandlers { handler() }
    }

    func abandonUpgrade() {
        upgrade?.connection.close()
        upgrade = nil
    }

    func upgradeClosed() {
        upgrade = nil
        state.endUpgrade()
    }
}

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
