// In: what happens at either end of a connection, in every order. Out: one close frame at most, one
// report, and the right way to hang up.
// Spec: RFC 6455 §5.5.1, §7.1. Next: OpeningHandshakeTests.swift.

import Testing
import WebSocketWire

@Suite("Closing handshake")
struct ClosingHandshakeTests {
    /// Compares all parts of an action; those not given have to be absent.
    private func expect(
        _ action: ClosingAction, closeFrame: [UInt8]? = nil, hangUp: ClosingAction.HangUp = .no,
        ended: (code: CloseCode, reason: String)? = nil,
        from location: SourceLocation = #_sourceLocation
    ) {
        #expect(action.closeFrame == closeFrame, sourceLocation: location)
        #expect(action.hangUp == hangUp, sourceLocation: location)
        #expect(action.ended?.code == ended?.code, sourceLocation: location)
        #expect(action.ended?.reason == ended?.reason, sourceLocation: location)
    }

    @Test("a new connection is open and takes input")
    func open() {
        let closing = ClosingHandshake()
        #expect(closing.isOpen)
        #expect(closing.acceptsInput)
    }

    @Test("our close sends a frame and waits for the answer, then hangs up")
    func ours() {
        var closing = ClosingHandshake()
        let sent = closing.close(.goingAway, reason: "bye")
        let frame: [UInt8] = [0x03, 0xE9] + Array("bye".utf8)
        expect(sent, closeFrame: frame, ended: (.goingAway, "bye"))
        #expect(!closing.isOpen)
        #expect(closing.acceptsInput)
        expect(closing.receiveClose(.goingAway, reason: ""), hangUp: .now)
        #expect(!closing.acceptsInput)
    }

    @Test("the peer's close is answered with its code, reported, and ends the connection")
    func theirs() {
        var closing = ClosingHandshake()
        let answer = closing.receiveClose(CloseCode(rawValue: 4000), reason: "done")
        let ended = (code: CloseCode(rawValue: 4000), reason: "done")
        expect(answer, closeFrame: [0x0F, 0xA0], hangUp: .now, ended: ended)
        #expect(!closing.isOpen)
        #expect(!closing.acceptsInput)
    }

    @Test("a close without a code is answered without a code")
    func withoutCode() {
        var closing = ClosingHandshake()
        let answer = closing.receiveClose(nil, reason: "")
        expect(answer, closeFrame: [], hangUp: .now, ended: (.noStatus, ""))
    }

    @Test("a second close of ours does nothing")
    func twice() {
        var closing = ClosingHandshake()
        _ = closing.close(.normal, reason: "")
        expect(closing.close(.goingAway, reason: "again"))
    }

    @Test("our close after the peer's does nothing")
    func tooLate() {
        var closing = ClosingHandshake()
        _ = closing.receiveClose(.normal, reason: "")
        expect(closing.close(.normal, reason: ""))
    }

    @Test("a broken rule sends its close code, half-closes and drains")
    func failure() {
        var closing = ClosingHandshake()
        let error = WebSocketError.invalidUTF8
        let frame = FrameEncoder.closePayload(.invalidPayload, reason: error.description)
        let ended = (code: CloseCode.invalidPayload, reason: error.description)
        expect(closing.fail(error), closeFrame: frame, hangUp: .drain, ended: ended)
        #expect(frame.prefix(2) == [0x03, 0xEF])
        #expect(!closing.acceptsInput)
    }

    @Test("a rule broken after our close sends no second close frame and reports nothing new")
    func failureWhileClosing() {
        var closing = ClosingHandshake()
        _ = closing.close(.normal, reason: "")
        expect(closing.fail(.reservedBits), hangUp: .drain)
        #expect(!closing.acceptsInput)
    }

    @Test("a stream that ends without a close frame is reported as abnormal")
    func streamEnds() {
        var closing = ClosingHandshake()
        expect(closing.streamEnded(), hangUp: .now, ended: (.abnormal, ""))
        #expect(!closing.isOpen)
        #expect(!closing.acceptsInput)
    }

    @Test("a stream that ends after any other end reports nothing again")
    func reportedOnce() {
        var ours = ClosingHandshake()
        _ = ours.close(.normal, reason: "")
        expect(ours.streamEnded(), hangUp: .now)
        var theirs = ClosingHandshake()
        _ = theirs.receiveClose(.normal, reason: "")
        expect(theirs.streamEnded(), hangUp: .now)
        var failed = ClosingHandshake()
        _ = failed.fail(.notMasked)
        expect(failed.streamEnded(), hangUp: .now)
        #expect(failed.streamEnded().ended == nil)
    }
}
