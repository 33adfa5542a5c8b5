// Frames of compressed messages, and what must not be one. In: bytes of a client, in every cut.
// Out: messages, or the close code. Spec: RFC 7692 §6, §7.2.3.
// Next: Sources/Wire/WebSocketDeflate/MessageRestorer.swift.

import DeflateWire
import Testing
import WebSocketDeflate
import WebSocketWire

@Suite("Compressed messages", .heavy)
struct CompressedMessageTests {
    /// What a client and a server have agreed on, by the client's offer.
    private static func agreement(
        _ offer: String = "permessage-deflate"
    ) throws -> MessageDeflateAgreement {
        try #require(try MessageDeflateAgreement.accept(offer, MessageDeflateOptions()))
    }

    /// Decodes in every cut: always the same.
    private func decode(
        _ bytes: [UInt8], limit: Int = 1_000_000, offer: String = "permessage-deflate"
    ) throws -> MessageOutcome {
        let agreement = try Self.agreement(offer)
        var limits = WebSocketLimits()
        limits.message = limit
        var outcomes: [MessageOutcome] = []
        for pieces in cuts(of: bytes) {
            var decoder = MessageDecoder(role: .server, limits: limits)
            decoder.restorer = MessageRestorer(agreement, isServer: true, limit: limit)
            var outcome = MessageOutcome()
            do throws(WebSocketError) {
                for piece in pieces {
                    decoder.feed(piece)
                    while let next = try decoder.next() { outcome.incoming.append(next) }
                }
            } catch {
                outcome.error = error
            }
            outcomes.append(outcome)
        }
        let first = try #require(outcomes.first)
        #expect(outcomes.allSatisfy { $0 == first })
        return first
    }

    private func marked(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true
    ) -> [UInt8] {
        var frame = masked(opcode, payload, isFinal: isFinal)
        FrameEncoder.mark(&frame)
        return frame
    }

    // MARK: - The standard's examples

    private let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

    @Test("the standard's Hello is read, in one frame and in two; Spec: RFC 7692 §7.2.3.1")
    func example() throws {
        let frames =
            marked(.text, hello)
            + marked(.text, Array(hello.prefix(3)), isFinal: false)
            + masked(.continuation, Array(hello.dropFirst(3)))
        #expect(try decode(frames).incoming == [text("Hello"), text("Hello")])
    }

    @Test("a message copies from the one before it; Spec: RFC 7692 §7.2.3.2")
    func context() throws {
        let again: [UInt8] = [0xF2, 0x00, 0x11, 0x00, 0x00]
        let frames = marked(.text, hello) + marked(.text, again)
        #expect(try decode(frames).incoming == [text("Hello"), text("Hello")])
        let alone = try decode(
            frames, offer: "permessage-deflate; client_no_context_takeover")
        #expect(alone.incoming == [text("Hello")])
        #expect(alone.error?.closeCode == .invalidPayload)
    }

    @Test("stored blocks, a final block and an empty message are read; Spec: RFC 7692 §7.2.3.3-6")
    func blocks() throws {
        let stored: [UInt8] = [0, 5, 0, 0xFA, 0xFF] + Array("Hello".utf8) + [0]
        let final: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]
        let frames =
            marked(.text, stored) + marked(.text, final) + marked(.text, [0])
            + marked(.binary, [])
        #expect(
            try decode(frames).incoming
                == [text("Hello"), text("Hello"), text(""), .binary([])])
    }

    @Test("messages that are not marked stand between compressed ones, and control frames within")
    func between() throws {
        let frames =
            marked(.text, Array(hello.prefix(2)), isFinal: false) + masked(.ping, "?")
            + masked(.continuation, [], isFinal: false)
            + masked(.continuation, Array(hello.dropFirst(2))) + masked(.text, "plain")
            + marked(.binary, hello)
        #expect(
            try decode(frames).incoming
                == [.ping([0x3F]), text("Hello"), text("plain"), .binary(Array("Hello".utf8))])
    }

    // MARK: - What must not be

    @Test("only the first frame of a message is marked, no control frame, and by RSV1 alone")
    func marks() throws {
        for frame in [
            marked(.ping, []), marked(.close, []), marked(.pong, []),
            masked(.text, [], isFinal: false) + marked(.continuation, []),
        ] {
            #expect(try decode(frame).error == .reservedBits)
        }
        for bits: UInt8 in [0x20, 0x10, 0x60, 0x50, 0x70] {
            var frame = masked(.text, hello)
            frame[0] |= bits
            #expect(try decode(frame).error == .reservedBits)
        }
        #expect(decodeInEveryCut(marked(.text, hello)).error == .reservedBits)
    }

    @Test("what is wrong inside a compressed message ends the connection with its code")
    func wrong() throws {
        let code = { (payload: [UInt8], type: WebSocketOpcode) in
            try self.decode(self.marked(type, payload)).error?.closeCode
        }
        #expect(try code([0x07], .binary) == .invalidPayload)
        #expect(try code(Array(hello.prefix(3)), .binary) == .invalidPayload)
        var deflater = Deflater(.messages)
        let notUTF8 = deflater.endMessage([0xC0, 0xAF])
        #expect(try code(notUTF8, .text) == .invalidPayload)
        #expect(try code(notUTF8, .binary) == nil)
    }

    @Test("a bomb of one to a thousand costs the limit, and is told so")
    func bomb() throws {
        var deflater = Deflater(.messages)
        let bomb = deflater.endMessage([UInt8](repeating: 0, count: 10_000_000)[...])
        #expect(bomb.count < 11_000)
        var limits = WebSocketLimits()
        limits.message = 100_000
        var decoder = MessageDecoder(role: .server, limits: limits)
        decoder.restorer = MessageRestorer(
            try Self.agreement(), isServer: true, limit: limits.message)
        decoder.feed(marked(.text, bomb)[...])
        #expect(throws: WebSocketError.messageTooBig(limit: 100_000)) {
            while try decoder.next() != nil {}
        }
        #expect(WebSocketError.messageTooBig(limit: 1).closeCode == .messageTooBig)
        // In fragments as well: it is the message that counts.
        deflater = Deflater(.messages)
        let small = deflater.endMessage([UInt8](repeating: 0, count: 100_000)[...])
        let (first, rest) = (Array(small.prefix(20)), Array(small.dropFirst(20)))
        let frames = marked(.binary, first, isFinal: false) + masked(.continuation, rest)
        #expect(try decode(frames, limit: 40_000).error == .messageTooBig(limit: 40_000))
    }

    @Test("a message of exactly the limit is read, and one byte more is not")
    func limit() throws {
        for (count, isRead) in [(5_000, true), (5_001, false)] {
            var deflater = Deflater(.messages)
            let message = deflater.endMessage([UInt8](repeating: 7, count: count)[...])
            let outcome = try decode(marked(.binary, message), limit: 5_000)
            #expect((outcome.error == nil) == isRead)
        }
    }

    // MARK: - Sending

    @Test("a short message goes as it is, and so does one that would be longer alone")
    func threshold() throws {
        var options = PerMessageDeflate()
        var compressor = MessageCompressor(try Self.agreement(), options, isServer: true)
        var result = compressor.compress([UInt8](repeating: 0, count: 1_023)[...])
        #expect(result == nil)
        #expect(compressor.heldCount == 0)
        result = compressor.compress([UInt8](repeating: 0, count: 1_024)[...])
        #expect(result != nil)
        options.threshold = 0
        let alone = try Self.agreement("permessage-deflate; server_no_context_takeover")
        var other = MessageCompressor(alone, options, isServer: true)
        result = other.compress([1, 2, 3])
        #expect(result == nil)
        result = other.compress([UInt8](repeating: 1, count: 50)[...])
        #expect(result != nil)
    }

    @Test("a context that is dropped comes back, and the other side need not know")
    func dropped() throws {
        var options = PerMessageDeflate()
        options.threshold = 0
        let agreement = try Self.agreement()
        var compressor = MessageCompressor(agreement, options, isServer: true)
        var restorer = MessageRestorer(agreement, isServer: false, limit: 10_000)
        let message = counting(600)
        var sizes: [Int] = []
        for round in 0..<4 {
            if round == 2 {
                compressor.dropContext()
                #expect(compressor.heldCount == 0)
            }
            let compressed = compressor.compress(message[...])
            var payload = try #require(compressed)
            sizes.append(payload.count)
            try restorer.restore(&payload, endsMessage: true)
            #expect(payload == message)
        }
        #expect(sizes[1] < sizes[0] && sizes[2] == sizes[0] && sizes[3] == sizes[1])
    }

    @Test("what a connection holds is what the option's text says")
    func memory() throws {
        for (offer, most) in [
            ("permessage-deflate", 264), ("permessage-deflate; server_max_window_bits=10", 84),
        ] {
            let agreement = try Self.agreement(offer)
            var compressor = MessageCompressor(
                agreement, PerMessageDeflate(), isServer: true)
            var restorer = MessageRestorer(agreement, isServer: false, limit: 1_000_000)
            for round in 1...4 {
                let message = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* round >> 3) }
                let compressed = compressor.compress(message[...])
                var payload = try #require(compressed)
                try restorer.restore(&payload, endsMessage: true)
                #expect(payload.count == 200_000)
                #expect(compressor.heldCount <= most * 1_024)
                #expect(restorer.heldCount <= 65 * 1_024)
            }
        }
    }
}
