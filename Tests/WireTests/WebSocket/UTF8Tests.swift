// In: text messages whose bytes are UTF-8, or stop being it somewhere. Out: the text, or a failure
// at the first byte that cannot be part of any text.
// Spec: RFC 6455 §5.6, §8.1; RFC 3629. Next: CloseFrameTests.swift.

import Testing
import WebSocketWire

@Suite("Text")
struct UTF8Tests {
    /// How many bytes of the payload a decoder needs, one at a time, until it fails.
    private func failsAfter(_ payload: [UInt8]) -> Int? {
        let frame = masked(.text, payload)
        for count in 0...payload.count {
            let outcome = decodeMessages(frame[..<(6 + count)].map { [$0][...] })
            if outcome.error == .invalidUTF8 { return count }
        }
        return nil
    }

    @Test("characters of one to four bytes pass, in every cut and over fragments")
    func valid() {
        let greeting = "aé€😀 Κόσμε"
        #expect(decodeInEveryCut(masked(.text, greeting)).incoming == [text(greeting)])
        let bytes = Array(greeting.utf8)
        for cut in 0...bytes.count {
            let frames =
                masked(.text, Array(bytes[..<cut]), isFinal: false)
                + masked(.continuation, Array(bytes[cut...]))
            #expect(
                decodeMessages([frames[...]]).incoming == [text(greeting)], "fragment of \(cut)")
        }
    }

    @Test(
        "text fails the connection with 1007 at the first impossible byte",
        arguments: [
            ([0xFF, 0x61], 1), ([0x61, 0x80, 0x61], 2), ([0xC0, 0xAF, 0x61], 1),
            ([0xE0, 0x9F, 0xBF], 2), ([0xED, 0xA0, 0x80], 2), ([0xF0, 0x8F, 0xBF, 0xBF], 2),
            ([0xF4, 0x90, 0x80, 0x80], 2), ([0xF5, 0x61], 1), ([0xE2, 0x82, 0x41, 0x61], 3),
        ] as [([UInt8], Int)])
    func failsFast(_ payload: [UInt8], _ position: Int) {
        #expect(failsAfter(payload) == position)
        #expect(decodeInEveryCut(masked(.text, payload)) == MessageOutcome(error: .invalidUTF8))
        #expect(WebSocketError.invalidUTF8.closeCode == .invalidPayload)
    }

    @Test("a bad byte early in a long frame fails before the rest of the frame has come")
    func failsInsideALongFrame() {
        let frame = masked(.text, [0xED, 0xA0] + counting(70_000))
        #expect(decodeMessages([frame[..<16]]).error == .invalidUTF8)
        #expect(decodeMessages([frame[..<15]]) == MessageOutcome())
    }

    @Test("a bad byte in the first fragment fails before the last one has come")
    func failsInAFragment() {
        let bytes = masked(.text, [0x61, 0xFF], isFinal: false)
        #expect(decodeInEveryCut(bytes) == MessageOutcome(error: .invalidUTF8))
    }

    @Test("a message that ends inside a character fails the connection with 1007")
    func truncated() {
        for character in ["é", "€", "😀"] {
            let bytes = Array(character.utf8.dropLast())
            #expect(decodeInEveryCut(masked(.text, bytes)) == MessageOutcome(error: .invalidUTF8))
            let fragments = masked(.text, bytes, isFinal: false) + masked(.continuation, [])
            #expect(decodeInEveryCut(fragments) == MessageOutcome(error: .invalidUTF8))
        }
    }

    @Test("a ping inside a character that is split over fragments does not disturb it")
    func pingInsideACharacter() {
        let bytes =
            masked(.text, [0xE2, 0x82], isFinal: false) + masked(.ping, [0xFF])
            + masked(.continuation, [0xAC])
        #expect(decodeInEveryCut(bytes) == MessageOutcome(incoming: [.ping([0xFF]), text("€")]))
    }

    @Test("binary messages, pings and pongs may hold any bytes")
    func binary() {
        let bytes: [UInt8] = [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80]
        let frames = masked(.binary, bytes) + masked(.ping, bytes) + masked(.pong, bytes)
        #expect(decodeInEveryCut(frames).incoming == [.binary(bytes), .ping(bytes), .pong(bytes)])
    }
}
