// What a session is at: its transport, its heartbeat, and the upgrade that may be under way.
// In: packets and the time, as arguments. Out: one action for the owner to carry out.
// It owns no socket, no timer and no bytes, so every rule of it can be tested without waiting.
// Next: Engine/EngineIO/Session.swift, which carries the actions out.

/// The time limits of a session, in milliseconds.
package struct SessionTiming: Equatable, Sendable {
    /// From the open packet, or the last pong, to the next ping.
    package var pingInterval: Int
    /// From a ping to the pong that must answer it.
    package var pingTimeout: Int
    /// From a probing connection to the end of the upgrade.
    package var upgradeTimeout: Int

    package init(pingInterval: Int, pingTimeout: Int, upgradeTimeout: Int) {
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.upgradeTimeout = upgradeTimeout
    }
}

/// What the owner of a session has to do.
package enum SessionAction: Equatable, Sendable {
    case none
    /// Hand a text to the application.
    case deliverText(ArraySlice<UInt8>)
    /// Hand bytes to the application.
    case deliverBinary([UInt8])
    /// Send a ping, and call again at `heartbeatDeadline`.
    case sendPing
    /// Answer the probe on the new transport, and end the poll that waits on the old one.
    case answerProbe
    /// From now on everything goes over the new transport, what is queued first.
    case completeUpgrade
    /// Close the new transport; the session goes on over the old one.
    case abandonUpgrade
    /// The session is over.
    case end(SessionEnd)
}

/// Why a session is over, in terms of its protocol.
package enum SessionEnd: Equatable, Sendable {
    /// The client said so, with a close packet.
    case closedByClient
    /// The client did what the protocol forbids.
    case protocolViolation(String)
    /// No pong came in time.
    case pingTimeout
}

/// The state machine of one session.
package struct SessionState: Sendable {
    package private(set) var transport: EngineIOTransport
    /// When the owner has to call `heartbeatDue`: a ping has to be sent, or a pong is missing.
    package private(set) var heartbeatDeadline: Int
    /// When an upgrade that is under way has taken too long.
    package private(set) var upgradeDeadline: Int?

    /// Whether a ping is out that the client has not answered yet.
    package private(set) var awaitsPong = false

    /// Whether the probe was answered and the client has not yet said which way it goes: polls
    /// are then answered at once, so that the client can leave them behind.
    package private(set) var isUpgrading = false

    private let timing: SessionTiming

    package init(transport: EngineIOTransport, timing: SessionTiming, now: Int) {
        self.transport = transport
        self.timing = timing
        heartbeatDeadline = now &+ timing.pingInterval
    }

    // MARK: - Packets over the session's transport

    package mutating func receive(_ packet: EngineIOPacket, now: Int) -> SessionAction {
        switch packet {
        case .text(let text):
            return .deliverText(text)
        case .binary(let bytes):
            return .deliverBinary(bytes)
        case .pong:
            receivePong(now)
            return .none
        case .close:
            return .end(.closedByClient)
        case .ping:
            // In version 3 it was the client that pinged; a client of today does not.
            return .end(
                .protocolViolation("the client sent a ping; in Engine.IO 4 it answers pings"))
        case .open, .upgrade, .noop:
            return .none
        }
    }

    /// The next ping is counted from the pong, as in the reference: a slow line carries fewer.
    ///
    /// Spec: Engine.IO v4 "Heartbeat"
    private mutating func receivePong(_ now: Int) {
        guard awaitsPong else { return }
        awaitsPong = false
        heartbeatDeadline = now &+ timing.pingInterval
    }

    /// To be called at `heartbeatDeadline`; earlier it does nothing.
    package mutating func heartbeatDue(now: Int) -> SessionAction {
        guard now >= heartbeatDeadline else { return .none }
        guard !awaitsPong else { return .end(.pingTimeout) }
        awaitsPong = true
        heartbeatDeadline = now &+ timing.pingTimeout
        return .sendPing
    }

    // MARK: - The upgrade

    /// A second connection wants to take over. False: there is nothing to take over.
    ///
    /// Spec: Engine.IO v4 "Upgrade"
    package mutating func beginUpgrade(now: Int) -> Bool {
        guard transport == .polling, upgradeDeadline == nil else { return false }
        upgradeDeadline = now &+ timing.upgradeTimeout
        return true
    }

    /// A packet over the connection that wants to take over.
    package mutating func receiveWhileUpgrading(_ packet: EngineIOPacket) -> SessionAction {
        switch packet {
        case .ping(EngineIOPacket.probe) where !isUpgrading:
            isUpgrading = true
            return .answerProbe
        case .upgrade where isUpgrading:
            transport = .websocket
            endUpgrade()
            return .completeUpgrade
        case .open, .close, .ping, .pong, .text, .binary, .upgrade, .noop:
            endUpgrade()
            return .abandonUpgrade
        }
    }

    /// To be called at `upgradeDeadline`; earlier it does nothing.
    package mutating func upgradeDue(now: Int) -> SessionAction {
        guard let deadline = upgradeDeadline, now >= deadline else { return .none }
        endUpgrade()
        return .abandonUpgrade
    }

    /// The new connection was closed before it took over: the session stays where it is.
    package mutating func endUpgrade() {
        upgradeDeadline = nil
        isUpgrading = false
    }
}
