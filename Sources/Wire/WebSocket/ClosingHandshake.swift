// Each side sends one close frame, and then the server closes the TCP connection: so both know
// that nothing was lost. In: what happens at either end. Out: what to send, whether to hang up,
// and once, how it ended. Spec: RFC 6455 §7. Next: Engine/HTTP/WebSocketConnection.swift.

/// What the owner of a closing connection has to do.
package struct ClosingAction: Equatable, Sendable {
    /// The payload of a close frame to send.
    package var closeFrame: [UInt8]?
    /// What to do with the TCP connection then.
    package var hangUp: HangUp = .no
    /// The connection is over for the application: how.
    package var ended: (code: CloseCode, reason: String)?

    package enum HangUp: Equatable, Sendable {
        case no
        /// Both close frames are through: write what is queued and close.
        case now
        /// The peer may still be sending: half-close, drain, close.
        case drain
    }

    package static func == (left: ClosingAction, right: ClosingAction) -> Bool {
        left.closeFrame == right.closeFrame && left.hangUp == right.hangUp
            && left.ended?.code == right.ended?.code && left.ended?.reason == right.ended?.reason
    }
}

/// The closing handshake, seen from one side.
package struct ClosingHandshake: Sendable {
    private enum State { case open, waiting, over }
    private var state: State = .open
    private var hasReported = false

    package init() {}

    /// Nothing has been said about an end.
    package var isOpen: Bool { state == .open }

    /// Whether frames still mean something: a close frame is still to come.
    package var acceptsInput: Bool { state != .over }

    /// We want to close. The connection is over for the application now; the peer has to answer.
    /// Spec: RFC 6455 §7.1.2
    package mutating func close(_ code: CloseCode, reason: String) -> ClosingAction {
        guard state == .open else { return ClosingAction() }
        state = .waiting
        var action = ClosingAction(closeFrame: FrameEncoder.closePayload(code, reason: reason))
        action.ended = report(code, reason)
        return action
    }

    /// The peer's close frame: answered with the same code, unless it answers ours.
    /// Spec: RFC 6455 §5.5.1
    package mutating func receiveClose(_ code: CloseCode?, reason: String) -> ClosingAction {
        var action = ClosingAction(hangUp: .now)
        if state == .open {
            action.closeFrame = code.map { FrameEncoder.closePayload($0, reason: "") } ?? []
        }
        state = .over
        action.ended = report(code ?? .noStatus, reason)
        return action
    }

    /// The peer has broken the protocol: it is told how, and its other frames are not looked at.
    /// Spec: RFC 6455 §7.1.7
    package mutating func fail(_ error: WebSocketError) -> ClosingAction {
        var action = ClosingAction(hangUp: .drain)
        if state == .open {
            let reason = error.description
            action.closeFrame = FrameEncoder.closePayload(error.closeCode, reason: reason)
        }
        state = .over
        action.ended = report(error.closeCode, error.description)
        return action
    }

    /// The stream has ended, with or without a close frame before.
    /// Spec: RFC 6455 §7.1.5
    package mutating func streamEnded() -> ClosingAction {
        var action = ClosingAction(hangUp: .now)
        state = .over
        action.ended = report(.abnormal, "")
        return action
    }

    private mutating func report(_ code: CloseCode, _ reason: String) -> (CloseCode, String)? {
        guard !hasReported else { return nil }
        hasReported = true
        return (code, reason)
    }
}
