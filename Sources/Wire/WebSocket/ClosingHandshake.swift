// Each side sends one close frame, and then the server closes the TCP connection: so both know
// that nothing was lost. In: what happens at either end. Out: what to send, whether to hang up,
// and once, how it ended. Spec: RFC 6455 §7. Next: Engine/HTTP/WebSocketConnection.swift.

/// What the owner of a closing connection has to do.
package struct ClosingAction: Sendable {
    /// The payload of a close frame to send.
    package var closeFrame: [UInt8]?
    /// What to do with the TCP connection then.
    package var hangUp: HangUp = .no
    /// The connection is over for the application: how.
    package var ended: (code: CloseCode, reason: String)?

    package enum HangUp: Sendable {
        case no
        /// Both close frames are through: write what is queued and close.
        case now
        /// The peer may still be sending: half-close, drain, close.
        case drain
    }
}

/// The closing handshake, seen from one side.
package struct ClosingHandshake: Sendable {
    @usableFromInline enum State { case open, waiting, over }
    @usableFromInline var state: State = .open

    package init() {}

    /// Nothing has been said about an end.
    @inlinable package var isOpen: Bool { state == .open }

    /// Whether frames still mean something: a close frame is still to come.
    @inlinable package var acceptsInput: Bool { state != .over }

    /// We want to close. The connection is over for the application now; the peer has to answer.
    /// Spec: RFC 6455 §7.1.2
    package mutating func close(_ code: CloseCode, reason: String) -> ClosingAction {
        guard isOpen else { return ClosingAction() }
        state = .waiting
        let frame = FrameEncoder.closePayload(code, reason: reason)
        return ClosingAction(closeFrame: frame, ended: (code, reason))
    }

    /// The peer's close frame: answered with the same code, unless it answers ours.
    /// Spec: RFC 6455 §5.5.1
    package mutating func receiveClose(_ code: CloseCode?, reason: String) -> ClosingAction {
        let answer = code.map { FrameEncoder.closePayload($0, reason: "") } ?? []
        return end(code ?? .noStatus, reason, closeFrame: answer, hangUp: .now)
    }

    /// The peer has broken the protocol: it is told how, and its other frames are not looked at.
    /// Spec: RFC 6455 §7.1.7
    package mutating func fail(_ error: WebSocketError) -> ClosingAction {
        let reason = error.description
        let frame = FrameEncoder.closePayload(error.closeCode, reason: reason)
        return end(error.closeCode, reason, closeFrame: frame, hangUp: .drain)
    }

    /// The stream has ended, with or without a close frame before.
    /// Spec: RFC 6455 §7.1.5
    package mutating func streamEnded() -> ClosingAction {
        end(.abnormal, "", closeFrame: nil, hangUp: .now)
    }

    /// The connection ends. Only of an open one the peer and the application do not know it yet.
    private mutating func end(
        _ code: CloseCode, _ reason: String, closeFrame: [UInt8]?, hangUp: ClosingAction.HangUp
    ) -> ClosingAction {
        let wasOpen = isOpen
        state = .over
        guard wasOpen else { return ClosingAction(hangUp: hangUp) }
        return ClosingAction(closeFrame: closeFrame, hangUp: hangUp, ended: (code, reason))
    }
}
