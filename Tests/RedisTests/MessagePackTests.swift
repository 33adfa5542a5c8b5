// MessagePack both ways, and its way to JSON. Spec: MessagePack, spec.md.
// Next: VectorTests.swift, with what Node's servers send.

import MessagePackWire
import SocketIOWire
import TestSupport
import Testing

@Suite("MessagePack")
struct MessagePackTests {
    /// A value, and the smallest bytes for it.
    nonisolated static let values: [(MessagePackValue, [UInt8])] = [
        (.null, [0xC0]), (.bool(false), [0xC2]), (.bool(true), [0xC3]),
        (.int(0), [0]), (.int(127), [0x7F]), (.int(128), [0xCC, 0x80]), (.int(255), [0xCC, 0xFF]),
        (.int(256), [0xCD, 1, 0]), (.int(65_536), [0xCE, 0, 1, 0, 0]),
        (.int(1 << 32), [0xCF, 0, 0, 0, 1, 0, 0, 0, 0]),
        (.uint(.max), [0xCF] + [UInt8](repeating: 0xFF, count: 8)),
        (.int(-1), [0xFF]), (.int(-32), [0xE0]), (.int(-33), [0xD0, 0xDF]),
        (.int(-128), [0xD0, 0x80]), (.int(-129), [0xD1, 0xFF, 0x7F]),
        (.int(-32_769), [0xD2, 0xFF, 0xFF, 0x7F, 0xFF]),
        (.int(.min), [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        (.double(1.5), [0xCB, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]),
        (.string(""), [0xA0]), (.string("é"), [0xA2, 0xC3, 0xA9]),
        (.binary([]), [0xC4, 0]), (.binary([1, 2]), [0xC4, 2, 1, 2]),
        ([], [0x90]), ([1, nil], [0x92, 1, 0xC0]), ([:], [0x80]),
        (["b": 1, "a": true], [0x82, 0xA1, 0x62, 1, 0xA1, 0x61, 0xC3]),
        (.map([.init(1, 2), .init([], nil)]), [0x82, 1, 2, 0x90, 0xC0]),
        (.ext(5, [9]), [0xD4, 5, 9]), (.ext(-5, [1, 2, 3]), [0xC7, 3, 0xFB, 1, 2, 3]),
        (.timestamp(seconds: 1, nanoseconds: 0), [0xD6, 0xFF, 0, 0, 0, 1]),
        (.timestamp(seconds: 1, nanoseconds: 1), [0xD7, 0xFF, 0, 0, 0, 4, 0, 0, 0, 1]),
        (
            .timestamp(seconds: -1, nanoseconds: 5),
            [0xC7, 12, 0xFF, 0, 0, 0, 5] + [UInt8](repeating: 0xFF, count: 8)
        ),
    ]

    @Test("each type is read and written in its smallest form", arguments: values)
    func bothWays(value: MessagePackValue, bytes: [UInt8]) throws {
        #expect(MessagePackEncoder.encode(value) == bytes)
        #expect(try MessagePackDecoder.decode(bytes[...]) == value)
    }

    @Test("strings, bytes, arrays, maps and extensions take the length that they need")
    func lengths() throws {
        for count in [15, 16, 31, 32, 255, 256, 65_535, 65_536] {
            let number = Int64(count)
            let values: [MessagePackValue] = [
                .string(String(repeating: "x", count: count)),
                .binary([UInt8](repeating: 7, count: count)),
                .array([MessagePackValue](repeating: .int(number), count: count)),
                .map((0..<count).map { .init(.int(Int64($0)), nil) }),
                .ext(1, [UInt8](repeating: 0, count: count)),
            ]
            for value in values {
                let bytes = MessagePackEncoder.encode(value)
                #expect(try MessagePackDecoder.decode(bytes[...]) == value)
            }
        }
        let heads = [31, 32, 256, 65_536].map {
            MessagePackEncoder.encode(.string(String(repeating: "x", count: $0)))[0]
        }
        #expect(heads == [0xBF, 0xD9, 0xDA, 0xDB])
    }

    @Test("longer forms than needed are read as well")
    func longForms() throws {
        let forms: [([UInt8], MessagePackValue)] = [
            ([0xCC, 1], .int(1)), ([0xCF, 0, 0, 0, 0, 0, 0, 0, 1], .int(1)), ([0xD0, 1], .int(1)),
            ([0xD3, 0, 0, 0, 0, 0, 0, 0, 1], .int(1)), ([0xCA, 0x3F, 0xC0, 0, 0], .double(1.5)),
            ([0xD9, 1, 0x61], "a"), ([0xDB, 0, 0, 0, 1, 0x61], "a"),
            ([0xC6, 0, 0, 0, 1, 9], .binary([9])), ([0xDD, 0, 0, 0, 1, 0xC0], [nil]),
            ([0xDF, 0, 0, 0, 1, 0xA1, 0x61, 1], ["a": 1]), ([0xC7, 1, 5, 9], .ext(5, [9])),
            ([0xC7, 4, 0xFF, 0, 0, 0, 1], .timestamp(seconds: 1, nanoseconds: 0)),
        ]
        for (bytes, value) in forms { #expect(try MessagePackDecoder.decode(bytes[...]) == value) }
    }

    @Test("a text that is no UTF-8 is repaired, as in JavaScript")
    func repaired() throws {
        #expect(try MessagePackDecoder.decode([0xA2, 0x61, 0xFF]) == .string("a\u{FFFD}"))
    }

    // MARK: - What is refused

    @Test("each message that is cut anywhere is refused, and so is one with more behind it")
    func cut() {
        for (_, bytes) in Self.values {
            for end in 0..<bytes.count {
                #expect(throws: MessagePackError.self) {
                    try MessagePackDecoder.decode(bytes[..<end])
                }
            }
            #expect(throws: MessagePackError.self) {
                try MessagePackDecoder.decode((bytes + [0xC0])[...])
            }
        }
    }

    @Test("bytes without a meaning are refused with a reason")
    func refused() {
        let cases: [([UInt8], String)] = [
            ([0xC1], "0xC1"), ([0xD4, 0xFF, 0], "timestamp of 1"),
            ([0xD7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFC, 0, 0, 0, 0], "nanoseconds"),
            // Announced: four thousand million elements, in five bytes.
            ([0xDD, 0xFF, 0xFF, 0xFF, 0xFF], "announced"), ([0xDF, 0x7F, 0, 0, 0], "announced"),
            ([0xC6, 0xFF, 0xFF, 0xFF, 0xFF], "announced"),
        ]
        for (bytes, reason) in cases {
            let error = #expect(throws: MessagePackError.self) {
                try MessagePackDecoder.decode(bytes[...])
            }
            #expect(error?.description.contains(reason) == true, "\(bytes): \(error as Any)")
        }
    }

    @Test("depth, size and elements have limits")
    func limits() throws {
        var limits = MessagePackLimits()
        (limits.depth, limits.size, limits.elements) = (2, 6, 3)
        let good: [[UInt8]] = [
            [0x91, 0x91, 1], [0x81, 1, 0x90], [0x93, 1, 2, 3], [0xC4, 3, 1, 2, 3],
        ]
        for bytes in good {
            #expect(throws: Never.self) {
                try MessagePackDecoder.decode(bytes[...], limits: limits)
            }
        }
        let bad: [[UInt8]] = [[0x91, 0x91, 0x90], [0x94, 1, 2, 3, 4], [0xC4, 5, 1, 2, 3, 4, 5]]
        for bytes in bad {
            #expect(throws: MessagePackError.self) {
                try MessagePackDecoder.decode(bytes[...], limits: limits)
            }
        }
        let deep = [UInt8](repeating: 0x91, count: 256) + [0xC0]
        #expect(throws: Never.self) { try MessagePackDecoder.decode(deep[...]) }
        #expect(throws: MessagePackError.self) {
            try MessagePackDecoder.decode(([0x91] + deep)[...])
        }
    }

    @Test("no bytes end the process, and what is read is written in as many bytes or fewer")
    func anything() {
        var random = SeededGenerator(seed: 20)
        var readCount = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1..<20, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random) | (Bool.random(using: &random) ? 0x80 : 0)
            }
            guard let value = try? MessagePackDecoder.decode(bytes[...]) else { continue }
            readCount += 1
            _ = (value.json, value.jsonText, value.hasBinary)
            let again = MessagePackEncoder.encode(value)
            #expect((try? MessagePackDecoder.decode(again[...])).map { "\($0)" } == "\(value)")
        }
        #expect(readCount > 100)
    }
}
