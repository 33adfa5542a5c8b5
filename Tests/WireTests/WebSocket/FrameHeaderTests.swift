// In: frames whose first bytes are wrong, each in one way. Out: the rule that was broken, and the
// close code for it. The bytes are literals: no encoder of ours could write most of them.
// Spec: RFC 6455 §5.1, §5.2, §5.5. Next: MessageTests.swift.

import Testing
import WebSocketWire

/// Bytes from a client, and what a server has to say about them.
struct BrokenFrame: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let error: WebSocketError

    init(_ description: String, _ bytes: [UInt8], _ error: WebSocketError) {
        testDescription = description
        self.bytes = bytes
        self.error = error
    }

    static let all: [BrokenFrame] =
        reservedBits + reservedOpcodes + controlFrames + lengths + [
            BrokenFrame("not masked", [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F], .notMasked),
            BrokenFrame("not masked and empty", [0x81, 0x00], .notMasked),
        ]

    private static let reservedBits: [BrokenFrame] = [
        BrokenFrame("RSV1", [0xC1, 0x80, 0, 0, 0, 0], .reservedBits),
        BrokenFrame("RSV2", [0xA1, 0x80, 0, 0, 0, 0], .reservedBits),
        BrokenFrame("RSV3", [0x91, 0x80, 0, 0, 0, 0], .reservedBits),
        BrokenFrame("all three, in a ping", [0xF9, 0x80, 0, 0, 0, 0], .reservedBits),
    ]

    private static let reservedOpcodes: [BrokenFrame] =
        [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { (opcode: UInt8) in
            BrokenFrame(
                "opcode \(opcode)", [0x80 | opcode, 0x80, 0, 0, 0, 0], .reservedOpcode(opcode))
        }

    private static let controlFrames: [BrokenFrame] = [
        BrokenFrame("fragmented close", [0x08, 0x80, 0, 0, 0, 0], .fragmentedControlFrame),
        BrokenFrame("fragmented ping", [0x09, 0x80, 0, 0, 0, 0], .fragmentedControlFrame),
        BrokenFrame("fragmented pong", [0x0A, 0x80, 0, 0, 0, 0], .fragmentedControlFrame),
        BrokenFrame("close of 126 bytes", [0x88, 0xFE, 0, 126], .controlFrameTooLong),
        BrokenFrame("ping of 126 bytes", [0x89, 0xFE, 0, 126], .controlFrameTooLong),
        BrokenFrame("pong, length in 8 bytes", [0x8A, 0xFF], .controlFrameTooLong),
    ]

    private static let lengths: [BrokenFrame] = [
        BrokenFrame(
            "0 in two bytes", [0x82, 0xFE, 0, 0, 0, 0, 0, 0], .lengthNotMinimal),
        BrokenFrame(
            "125 in two bytes", [0x82, 0xFE, 0, 125, 0, 0, 0, 0], .lengthNotMinimal),
        BrokenFrame(
            "126 in eight bytes",
            [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, 126, 0, 0, 0, 0], .lengthNotMinimal),
        BrokenFrame(
            "65,535 in eight bytes",
            [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0], .lengthNotMinimal),
        BrokenFrame(
            "the highest bit of the length",
            [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .lengthTooLarge),
    ]
}

@Suite("Frame header")
struct FrameHeaderTests {
    @Test(
        "a frame that breaks a rule of its header fails the connection with 1002",
        arguments: BrokenFrame.all)
    func brokenFrame(_ frame: BrokenFrame) {
        let outcome = decodeInEveryCut(frame.bytes)
        #expect(outcome == MessageOutcome(incoming: [], error: frame.error))
        #expect(frame.error.closeCode == .protocolError)
    }

    @Test("messages before a broken frame are delivered, nothing behind it is")
    func aroundABrokenFrame() {
        let bytes = masked(.text, "good") + [0xC1, 0x80, 0, 0, 0, 0] + masked(.text, "late")
        #expect(
            decodeInEveryCut(bytes)
                == MessageOutcome(incoming: [text("good")], error: .reservedBits))
    }

    @Test("a client refuses masked frames and takes those without a mask")
    func roles() {
        let hello: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        #expect(decodeInEveryCut(hello, role: .client).incoming == [text("Hello")])
        #expect(decodeInEveryCut(masked(.text, "Hello"), role: .client).error == .masked)
        #expect(WebSocketError.masked.closeCode == .protocolError)
    }

    @Test("an error is told by the first two bytes, not after the payload")
    func toldAtOnce() {
        #expect(decodeMessages([[0x83, 0xFF]]).error == .reservedOpcode(3))
        #expect(decodeMessages([[0x89, 0xFE]]).error == .controlFrameTooLong)
        #expect(decodeMessages([[0x81, 0x05]]).error == .notMasked)
    }

    @Test(
        "a payload comes out as it was, at each length where the header changes its form",
        arguments: [0, 1, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537])
    func lengthBoundaries(_ count: Int) {
        let payload = counting(count)
        let frame = masked(.binary, payload)
        #expect(decodeMessages([frame[...]]).incoming == [.binary(payload)])
        // All cuts of the header and around it; those inside the payload are all alike.
        for cut in 1..<min(20, frame.count) {
            #expect(decodeMessages([frame[..<cut], frame[cut...]]).incoming == [.binary(payload)])
        }
        let last = frame.count - 1
        #expect(decodeMessages([frame[..<last], frame[last...]]).incoming == [.binary(payload)])
    }

    @Test("a control frame may have 125 bytes")
    func longestControlFrame() {
        let payload = counting(125)
        #expect(decodeInEveryCut(masked(.ping, payload)).incoming == [.ping(payload)])
        #expect(decodeInEveryCut(masked(.pong, payload)).incoming == [.pong(payload)])
    }

    @Test("each error says what was wrong in words that fit into a close frame")
    func descriptions() {
        for error in BrokenFrame.all.map(\.error) {
            #expect(!error.description.isEmpty)
            #expect(error.description.utf8.count <= 123)
        }
    }
}
