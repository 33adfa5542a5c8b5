// In: close frames of a peer, and codes and reasons of our own. Out: what they say, or the rule
// that they break.
// Spec: RFC 6455 §5.5.1, §7.4. Next: ClosingHandshakeTests.swift.

import Testing
import WebSocketWire

@Suite("Close frames")
struct CloseFrameTests {
    private func close(_ payload: [UInt8]) -> MessageOutcome {
        decodeInEveryCut(masked(.close, payload))
    }

    private func payload(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
        [UInt8(code >> 8), UInt8(code & 0xFF)] + reason
    }

    @Test("a close frame without a payload has no code")
    func empty() {
        #expect(close([]) == MessageOutcome(incoming: [.close(nil, reason: "")]))
    }

    @Test("a close frame has a code and a reason")
    func codeAndReason() {
        let bye = close([0x03, 0xE8] + Array("bye 👋".utf8))
        #expect(bye == MessageOutcome(incoming: [.close(.normal, reason: "bye 👋")]))
        #expect(close([0x03, 0xE9]).incoming == [.close(.goingAway, reason: "")])
    }

    @Test("a reason may have 123 bytes")
    func longestReason() {
        let reason = String(repeating: "x", count: 123)
        let outcome = close(payload(1000, Array(reason.utf8)))
        #expect(outcome.incoming == [.close(.normal, reason: reason)])
    }

    @Test("a close frame of one byte fails the connection with 1002")
    func oneByte() {
        #expect(close([0x03]) == MessageOutcome(error: .closePayloadOfOneByte))
        #expect(WebSocketError.closePayloadOfOneByte.closeCode == .protocolError)
    }

    @Test(
        "a code that may stand in a frame is taken",
        arguments: [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4999,
        ] as [UInt16])
    func goodCodes(_ code: UInt16) {
        let outcome = close(payload(code))
        #expect(outcome.incoming == [.close(CloseCode(rawValue: code), reason: "")])
    }

    @Test(
        "a code that must not stand in a frame fails the connection with 1002",
        arguments: [
            0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
        ] as [UInt16])
    func badCodes(_ code: UInt16) {
        #expect(close(payload(code)) == MessageOutcome(error: .invalidCloseCode(code)))
        #expect(WebSocketError.invalidCloseCode(code).closeCode == .protocolError)
    }

    @Test("a reason that is not UTF-8 fails the connection with 1007")
    func badReason() {
        #expect(close(payload(1000, [0xFF])) == MessageOutcome(error: .invalidUTF8))
        #expect(close(payload(1000, [0xE2, 0x82])) == MessageOutcome(error: .invalidUTF8))
    }

    @Test("a close frame may come between fragments")
    func betweenFragments() {
        let bytes = masked(.text, "a", isFinal: false) + masked(.close, payload(1001))
        #expect(decodeInEveryCut(bytes).incoming == [.close(.goingAway, reason: "")])
    }

    // MARK: - Our own

    @Test("the payload of our close frame is the code, high byte first, and the reason")
    func closePayload() {
        #expect(FrameEncoder.closePayload(.normal, reason: "") == [0x03, 0xE8])
        let reasoned = FrameEncoder.closePayload(.protocolError, reason: "no")
        #expect(reasoned == [0x03, 0xEA, 0x6E, 0x6F])
    }

    @Test("a reason over 123 bytes is cut between two characters")
    func cutReason() {
        let ascii = FrameEncoder.closePayload(.normal, reason: String(repeating: "x", count: 124))
        #expect(ascii.count == 125)
        // 41 euros are 123 bytes; with an x in front, 40 of them are left.
        let euros = String(repeating: "€", count: 42)
        #expect(FrameEncoder.closePayload(.normal, reason: euros).count == 2 + 123)
        let cut = FrameEncoder.closePayload(.normal, reason: "x" + euros)
        #expect(cut == [0x03, 0xE8] + Array(("x" + String(repeating: "€", count: 40)).utf8))
        let family = FrameEncoder.closePayload(
            .normal, reason: String(repeating: "x", count: 120) + "👩‍👩‍👧‍👦")
        #expect(family.count == 122)
    }

    @Test(
        "a code that must not stand in a frame is not written into one",
        arguments: [0, 999, 1004, 1005, 1006, 1015, 2999, 5000] as [UInt16])
    func unsendableCodes(_ code: UInt16) {
        #expect(FrameEncoder.closePayload(CloseCode(rawValue: code), reason: "x").isEmpty)
    }

    @Test("whatever we write, a peer can read")
    func roundTrip() {
        let reason = String(repeating: "😀", count: 100)
        let frame = FrameEncoder.encode(
            .close, FrameEncoder.closePayload(.policyViolation, reason: reason))
        let outcome = decodeInEveryCut(frame, role: .client)
        let expected = String(repeating: "😀", count: 30)
        #expect(outcome.incoming == [.close(.policyViolation, reason: expected)])
    }
}
