// In: frames of a client. Out: messages, put together from fragments with control frames between
// them, and the limits on their size.
// Spec: RFC 6455 §5.4, §5.5, §5.7. Next: UTF8Tests.swift.

import Testing
import WebSocketWire

@Suite("Messages")
struct MessageTests {
    // MARK: - The RFC's examples

    @Test("the RFC's masked Hello is the text Hello, and its pong a pong")
    func example() {
        let hello: [UInt8] = [
            0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58,
        ]
        #expect(decodeInEveryCut(hello) == MessageOutcome(incoming: [text("Hello")]))
        let pong: [UInt8] = [0x8A] + hello.dropFirst()
        #expect(decodeInEveryCut(pong).incoming == [.pong(Array("Hello".utf8))])
    }

    @Test("the RFC's fragments Hel and lo are the text Hello, and its ping a ping")
    func unmaskedExamples() {
        let bytes: [UInt8] =
            [0x01, 0x03, 0x48, 0x65, 0x6C] + [0x80, 0x02, 0x6C, 0x6F]
            + [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        let expected = [text("Hello"), .ping(Array("Hello".utf8))]
        #expect(decodeInEveryCut(bytes, role: .client) == MessageOutcome(incoming: expected))
    }

    // MARK: - Fragments

    @Test("fragments, empty ones among them, make one message")
    func fragments() {
        let bytes =
            masked(.binary, [], isFinal: false) + masked(.continuation, [1, 2], isFinal: false)
            + masked(.continuation, [], isFinal: false) + masked(.continuation, [3])
        #expect(decodeInEveryCut(bytes) == MessageOutcome(incoming: [.binary([1, 2, 3])]))
    }

    @Test("an empty message is a message, whole or in fragments")
    func emptyMessages() {
        let bytes =
            masked(.text, "") + masked(.binary, []) + masked(.text, "", isFinal: false)
            + masked(.continuation, "")
        #expect(decodeInEveryCut(bytes).incoming == [text(""), .binary([]), text("")])
    }

    @Test("control frames between fragments come out before the message, in their order")
    func interleaved() {
        let bytes =
            masked(.text, "one ", isFinal: false) + masked(.ping, [1]) + masked(.pong, [2])
            + masked(.continuation, "two ", isFinal: false) + masked(.ping, [3])
            + masked(.continuation, "three")
        let expected: [Incoming] = [.ping([1]), .pong([2]), .ping([3]), text("one two three")]
        #expect(decodeInEveryCut(bytes) == MessageOutcome(incoming: expected))
    }

    @Test("a message after a fragmented one begins anew")
    func oneAfterTheOther() {
        let fragmented = masked(.text, "ab", isFinal: false) + masked(.continuation, "c")
        let bytes = fragmented + masked(.binary, [9]) + fragmented
        #expect(decodeInEveryCut(bytes).incoming == [text("abc"), .binary([9]), text("abc")])
    }

    @Test("a continuation without a message fails the connection with 1002")
    func orphans() {
        #expect(decodeInEveryCut(masked(.continuation, "a")).error == .unexpectedContinuation)
        let late = masked(.text, "a") + masked(.continuation, "b", isFinal: false)
        let expected = MessageOutcome(incoming: [text("a")], error: .unexpectedContinuation)
        #expect(decodeInEveryCut(late) == expected)
        #expect(WebSocketError.unexpectedContinuation.closeCode == .protocolError)
    }

    @Test("a message inside a fragmented one fails the connection with 1002")
    func unfinished() {
        for opcode in [WebSocketOpcode.text, .binary] {
            let bytes = masked(.text, "a", isFinal: false) + masked(opcode, "b")
            #expect(decodeInEveryCut(bytes) == MessageOutcome(error: .unfinishedMessage))
        }
        #expect(WebSocketError.unfinishedMessage.closeCode == .protocolError)
    }

    // MARK: - Limits

    private func limits(message: Int = 10, fragments: Int = 3) -> WebSocketLimits {
        var limits = WebSocketLimits()
        limits.message = message
        limits.fragments = fragments
        return limits
    }

    @Test("the limits are a million bytes and 65,536 fragments, unless given")
    func defaults() {
        #expect(WebSocketLimits().message == 1_000_000)
        #expect(WebSocketLimits().fragments == 65_536)
    }

    @Test("a message at the limit passes, one byte more fails the connection with 1009")
    func messageLimit() {
        let fits = decodeInEveryCut(masked(.binary, counting(10)), limits: limits())
        #expect(fits == MessageOutcome(incoming: [.binary(counting(10))]))
        let tooLong = decodeInEveryCut(masked(.binary, counting(11)), limits: limits())
        #expect(tooLong == MessageOutcome(error: .messageTooBig(limit: 10)))
        #expect(WebSocketError.messageTooBig(limit: 10).closeCode == .messageTooBig)
    }

    @Test("a message that is too long is refused by its header, before the payload arrives")
    func refusedAtTheHeader() {
        // A million and one bytes are announced, and none of them is sent.
        let header: [UInt8] = [0x82, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41, 1, 2, 3, 4]
        #expect(decodeInEveryCut(header).error == .messageTooBig(limit: 1_000_000))
    }

    @Test("the longest length that a header can announce is refused and traps nothing")
    func longestLength() {
        let header: [UInt8] =
            [0x82, 0xFF, 0x7F] + Array(repeating: 0xFF, count: 7) + [1, 2, 3, 4]
        #expect(decodeInEveryCut(header).error == .messageTooBig(limit: 1_000_000))
        let inside = masked(.binary, [1], isFinal: false) + [0x80] + header.dropFirst()
        #expect(decodeInEveryCut(inside).error == .messageTooBig(limit: 1_000_000))
    }

    @Test("an empty fragment at the end is not counted, as some libraries send it; others are")
    func emptyEnd() {
        let three = (1...3).flatMap { number in
            masked(number == 1 ? .text : .continuation, [97], isFinal: false)
        }
        let fits = decodeInEveryCut(three + masked(.continuation, []), limits: limits())
        #expect(fits == MessageOutcome(incoming: [.text([97, 97, 97])]))
        let fourth = masked(.continuation, [], isFinal: false)
        let tooMany = decodeInEveryCut(three + fourth, limits: limits())
        #expect(tooMany.error == .tooManyFragments(limit: 3))
    }

    @Test("fragments count together, and the one that crosses the limit is refused by its header")
    func fragmentsTogether() {
        let six = masked(.binary, counting(6), isFinal: false)
        let fits = decodeInEveryCut(six + masked(.continuation, [1, 2, 3, 4]), limits: limits())
        #expect(fits == MessageOutcome(incoming: [.binary(counting(6) + [1, 2, 3, 4])]))
        let header: [UInt8] = [0x80, 0x85, 1, 2, 3, 4]
        let tooLong = decodeInEveryCut(six + header, limits: limits())
        #expect(tooLong == MessageOutcome(error: .messageTooBig(limit: 10)))
    }

    @Test("control frames between fragments do not count towards the size of the message")
    func controlFramesAreFree() {
        let bytes =
            masked(.binary, counting(10), isFinal: false) + masked(.ping, counting(125))
            + masked(.continuation, [])
        let expected: [Incoming] = [.ping(counting(125)), .binary(counting(10))]
        #expect(decodeInEveryCut(bytes, limits: limits()) == MessageOutcome(incoming: expected))
    }

    /// Looks into the decoder: what it holds is not part of what it says, but of what it costs.
    @Test("a peer whose pieces all end inside a header does not fill the memory")
    func piecesThatEndInsideAHeader() throws {
        let frame = masked(.binary, counting(100))
        let shifted = Array(frame[1...] + frame[..<1])
        var decoder = MessageDecoder(role: .server)
        decoder.feed(frame[..<1])
        for _ in 0..<1_000 {
            decoder.feed(shifted[...])
            #expect(try decoder.next() == .binary(counting(100)))
            #expect(try decoder.next() == nil)
        }
        #expect(decoder.bufferedCount <= frame.count + 1)
        decoder.feed(frame[1...])
        #expect(try decoder.next() == .binary(counting(100)))
        #expect(decoder.bufferedCount == 0)
    }

    @Test("fragments over their number fail the connection with 1009, however small they are")
    func fragmentLimit() {
        let first = masked(.binary, [], isFinal: false)
        let next = masked(.continuation, [], isFinal: false)
        let last = masked(.continuation, [])
        let fits = decodeInEveryCut(first + next + last, limits: limits())
        #expect(fits == MessageOutcome(incoming: [.binary([])]))
        let tooMany = decodeInEveryCut(first + next + next + next, limits: limits())
        #expect(tooMany == MessageOutcome(error: .tooManyFragments(limit: 3)))
        #expect(WebSocketError.tooManyFragments(limit: 3).closeCode == .messageTooBig)
    }

    @Test("fragments are counted per message, not per connection")
    func fragmentsOfEachMessage() {
        let two = masked(.binary, [1], isFinal: false) + masked(.continuation, [2])
        let outcome = decodeInEveryCut(two + two + two, limits: limits())
        #expect(outcome == MessageOutcome(incoming: Array(repeating: .binary([1, 2]), count: 3)))
    }
}
