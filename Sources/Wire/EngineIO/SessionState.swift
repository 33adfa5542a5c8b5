// What a session is at: its transport, its heartbeat, and the upgrade that may be under way.
// In: packets and the time, as arguments. Out: one action for the owner to carry out.
// It owns no socket, no timer and no bytes, so every rule of it can be tested without waiting.
// Next: Engine/EngineIO/Session.swift, which carries the actions out.

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
    /// End the session: the client has closed it, with a close packet.
    case endByClient
    /// End the session: no pong came in time.
    case endByTimeout
    /// End the session: the client did what the protocol forbids.
    case fail(String)
}

/// The state machine of one session. Times are in milliseconds.
package struct SessionState: Sendable {
    package private(set) var transport: EngineIOTransport
    /// When the owner has to call `heartbeatDue`: a ping has to be sent, or a pong is missing.
    package private(set) var heartbeatDeadline: Int
    /// Whether a ping is out that the client has not answered yet.
    package private(set) var awaitsPong = false
    /// Whether the probe was answered and the client has not yet said which way it goes: polls
    /// are then answered at once, so that the client can leave them behind.
    package private(set) var isUpgrading = false
    /// When the upgrade that is under way has taken too long.
    private var upgradeDeadline: Int?
    private let pingInterval: Int
    private let pingTimeout: Int
    private let upgradeTimeout: Int

    /// A session that opens now. `pingInterval` is from the open packet, or the last pong, to the
    /// next ping; `pingTimeout` from a ping to the pong that must answer it; `upgradeTimeout` from
    /// a probing connection to the end of the upgrade.
    package init(
        transport: EngineIOTransport, pingInterval: Int, pingTimeout: Int, upgradeTimeout: Int,
        now: Int
    ) {
        self.transport = transport
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.upgradeTimeout = upgradeTimeout
        heartbeatDeadline = now &+ pingInterval
    }

    // MARK: - Packets over the session's transport

    package mutating func receive(_ packet: EngineIOPacket, now: Int) -> SessionAction {
        switch packet {
        case .text(let text):
            return .deliverText(text)
        case .binary(let bytes):
            return .deliverBinary(bytes)
        case .pong where awaitsPong:
            // Counted from the pong, as in the reference: a slow line carries fewer pings.
            awaitsPong = false
            heartbeatDeadline = now &+ pingInterval
            return .none
        case .close:
            return .endByClient
        case .ping:
            // In version 3 it was the client that pinged; a client of today does not.
            return .fail("the client sent a ping; in Engine.IO 4 it answers pings")
        case .open, .pong, .upgrade, .noop:
            return .none
        }
    }

    /// To be called at `heartbeatDeadline`; earlier it does nothing.
    ///
    /// Spec: Engine.IO v4 "Heartbeat"
    package mutating func heartbeatDue(now: Int) -> SessionAction {
        guard now >= heartbeatDeadline else { return .none }
        guard !awaitsPong else { return .endByTimeout }
        awaitsPong = true
        heartbeatDeadline = now &+ pingTimeout
        return .sendPing
    }

    // MARK: - The upgrade

    /// A second connection wants to take over. False: there is nothing to take over.
    ///
    /// Spec: Engine.IO v4 "Upgrade"
    package mutating func beginUpgrade(now: Int) -> Bool {
        guard transport == .polling, upgradeDeadline == nil else { return false }
        upgradeDeadline = now &+ upgradeTimeout
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

    /// To be called at the upgrade's deadline; earlier it does nothing.
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
