// In: opcodes and payloads. Out: frames, compared with the bytes that the RFC prints, so that the
// other tests may use the encoder.
// Spec: RFC 6455 §5.2, §5.3, §5.7. Next: FrameHeaderTests.swift.

import Testing
import WebSocketWire

@Suite("Frame encoder")
struct FrameEncoderTests {
    private let hello: [UInt8] = Array("Hello".utf8)

    /// The key of the RFC's examples, 37 fa 21 3d, its first byte lowest.
    private let key: UInt32 = 0x3D21_FA37

    @Test("a server's text frame is the RFC's unmasked Hello")
    func unmaskedText() {
        let frame = FrameEncoder.encode(.text, hello)
        #expect(frame == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
    }

    @Test("a client's text frame is the RFC's masked Hello")
    func maskedText() {
        let frame = FrameEncoder.encodeMasked(.text, hello[...], key: key)
        #expect(frame == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("a client's fragments are the RFC's Hel and lo, masked")
    func fragments() {
        let first = FrameEncoder.encodeMasked(.text, hello[..<3], key: key, isFinal: false)
        #expect(first == [0x01, 0x83, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D])
        let second = FrameEncoder.encodeMasked(.continuation, hello[3...], key: key)
        #expect(second == [0x80, 0x82, 0x37, 0xFA, 0x21, 0x3D, 0x5B, 0x95])
    }

    @Test("ping and pong are the RFC's")
    func control() {
        let ping = FrameEncoder.encode(.ping, hello)
        #expect(ping == [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        let pong = FrameEncoder.encodeMasked(.pong, hello[...], key: key)
        #expect(pong == [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("256 bytes and 64 KiB have the RFC's headers")
    func longHeaders() {
        #expect(FrameEncoder.encode(.binary, counting(256)).prefix(4) == [0x82, 0x7E, 0x01, 0x00])
        let long = FrameEncoder.encode(.binary, counting(65_536))
        #expect(long.prefix(10) == [0x82, 0x7F, 0, 0, 0, 0, 0, 0x01, 0, 0])
    }

    @Test(
        "a length is written in as few bytes as possible",
        arguments: [
            (0, [0x82, 0]), (125, [0x82, 125]), (126, [0x82, 126, 0, 126]),
            (127, [0x82, 126, 0, 127]), (65_535, [0x82, 126, 255, 255]),
            (65_536, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])])
    func lengths(_ count: Int, _ header: [UInt8]) {
        let payload = counting(count)
        #expect(FrameEncoder.encode(.binary, payload) == header + payload)
        var alone: [UInt8] = []
        FrameEncoder.appendHeader(.binary, length: count, to: &alone)
        #expect(alone == header)
    }

    @Test("a header is appended behind what is there")
    func appendedHeader() {
        var bytes: [UInt8] = [0xAA]
        FrameEncoder.appendHeader(.text, length: 3, to: &bytes)
        #expect(bytes == [0xAA, 0x81, 0x03])
    }

    @Test("a payload that is a slice is taken from its own start")
    func slice() {
        let bytes = counting(20)
        let frame = FrameEncoder.encodeMasked(.binary, bytes[7..<10], key: 0)
        #expect(frame == [0x82, 0x83, 0, 0, 0, 0] + bytes[7..<10])
    }
}

@Suite("Masking")
struct MaskingTests {
    /// The RFC's algorithm, letter by letter: octet i of the payload with octet i MOD 4 of the key.
    private func maskedByTheRFC(_ payload: [UInt8], _ key: [UInt8]) -> [UInt8] {
        payload.enumerated().map { index, byte in byte ^ key[index % 4] }
    }

    @Test("eight bytes at a time give what one at a time gives", arguments: 0...40)
    func everyLength(_ count: Int) {
        let payload = counting(count)
        let frame = FrameEncoder.encodeMasked(.binary, payload[...], key: 0x0804_0201)
        #expect(Array(frame[2..<6]) == [1, 2, 4, 8])
        #expect(Array(frame[6...]) == maskedByTheRFC(payload, [1, 2, 4, 8]))
    }

    @Test("a masked payload cut into two or three at any place is unmasked in phase")
    func everySplit() {
        let payload = counting(40)
        let frame = [0x82, 0x80 | 40, 1, 2, 4, 8] + maskedByTheRFC(payload, [1, 2, 4, 8])
        for first in 1..<frame.count {
            for second in first..<frame.count {
                let pieces = [frame[..<first], frame[first..<second], frame[second...]]
                #expect(
                    decodeMessages(pieces).incoming == [.binary(payload)], "\(first), \(second)")
            }
        }
    }

    @Test("a frame at any place of a larger buffer is unmasked as well")
    func everyAlignment() {
        let payload = counting(33)
        let frame = masked(.binary, payload)
        for offset in 0..<9 {
            let bytes = counting(offset) + frame
            #expect(decodeMessages([bytes[offset...]]).incoming == [.binary(payload)])
        }
    }

    @Test("a key of zeros changes nothing, and a key of ones every bit")
    func extremeKeys() {
        let payload = counting(11)
        let zeros = FrameEncoder.encodeMasked(.binary, payload[...], key: 0)
        #expect(Array(zeros.suffix(11)) == payload)
        let ones = FrameEncoder.encodeMasked(.binary, payload[...], key: .max)
        #expect(Array(ones.suffix(11)) == payload.map { ~$0 })
        #expect(
            decodeMessages([zeros[...], ones[...]]).incoming == [
                .binary(payload), .binary(payload),
            ])
    }
}
