// In: good and bad UTF-8, cut everywhere. Out: the verdict, and the byte at which it falls: that
// is the first one after which no continuation can be valid. Next: LogEscapingTests.swift.

import EngineBytes
import Testing

@Suite("UTF8Validator", .heavy)
struct UTF8ValidatorTests {
    @Test(
        "valid text is accepted, however it is cut",
        arguments: [
            "", "chat message", "κόσμε", "Grüße", "日本語のテキスト", "👩‍👩‍👧‍👦 hello",
            "\u{0}\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}",
            "0123456é0123456é01234567", "1234567é", "12345678é", "123456789é",
        ])
    func valid(text: String) {
        for pieces in cuts(of: Array(text.utf8)) {
            var validator = UTF8Validator()
            let verdicts = pieces.map { validator.feed($0) }
            #expect(!verdicts.contains(false))
            #expect(validator.isComplete)
        }
        #expect(UTF8Validator.isValid(Array(text.utf8)[...]))
    }

    private static let refused: [(bytes: [UInt8], failsAt: Int)] = [
        ([0x80], 0), ([0xBF], 0), ([0xFE], 0), ([0xFF], 0), ([0xF5], 0),
        ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0),  // overlong, two bytes
        ([0xE0, 0x80, 0x80], 1), ([0xE0, 0x9F, 0xBF], 1),  // overlong, three bytes
        ([0xF0, 0x80, 0x80, 0x80], 1), ([0xF0, 0x8F, 0xBF, 0xBF], 1),  // overlong, four bytes
        ([0xED, 0xA0, 0x80], 1), ([0xED, 0xBF, 0xBF], 1),  // surrogates
        ([0xF4, 0x90, 0x80, 0x80], 1),  // over U+10FFFF
        ([0xC3, 0x28], 1), ([0xE2, 0x82, 0x28], 2), ([0xF0, 0x9F, 0x98, 0x28], 3),
        ([0xE2, 0xE2, 0x82, 0xAC], 1), ([0xC3, 0xA9, 0xA9], 2),
        (Array("0123456789abcdef".utf8) + [0x80], 16),
        (Array("κόσμε".utf8) + [0xED, 0xA0, 0x80] + Array("edited".utf8), 11),
    ]

    @Test("invalid text is refused at the first byte that makes it so", arguments: refused)
    func invalid(bytes: [UInt8], failsAt: Int) {
        var validator = UTF8Validator()
        let single = bytes.map { validator.feed([$0]) }
        #expect(single.firstIndex(of: false) == failsAt)
        for pieces in cuts(of: bytes) {
            var validator = UTF8Validator()
            let verdicts = pieces.map { validator.feed($0) }
            #expect(verdicts.last == false)
        }
    }

    @Test("a bad byte is seen at every place among ASCII, where eight are looked at in one step")
    func everyLane() {
        for position in 0..<40 {
            var bytes: [UInt8] = Array(repeating: UInt8(ascii: "a"), count: 40)
            bytes[position] = 0x80
            #expect(!UTF8Validator.isValid(bytes[...]), "position \(position)")
        }
    }

    @Test("a refused text stays refused and incomplete")
    func staysRefused() {
        var validator = UTF8Validator()
        let bytes: [UInt8] = [0xFF] + Array(0...255)
        let verdicts = bytes.map { validator.feed([$0]) }
        #expect(!verdicts.contains(true))
        #expect(!validator.isComplete)
    }

    @Test("text that ends inside a character is not complete")
    func incomplete() {
        for bytes: [UInt8] in [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x61, 0xF4]] {
            var validator = UTF8Validator()
            let verdict = validator.feed(bytes[...])
            #expect(verdict)
            #expect(!validator.isComplete)
            #expect(!UTF8Validator.isValid(bytes[...]))
        }
    }

    @Test("each sequence of two bytes gets the same verdict as from the standard library")
    func agreesWithTheLibrary() {
        var disagreements = 0
        for pair in UInt16.min...UInt16.max {
            let bytes = [UInt8(pair >> 8), UInt8(pair & 0xFF)]
            let expected = String(validating: bytes, as: UTF8.self) != nil
            if UTF8Validator.isValid(bytes[...]) != expected { disagreements += 1 }
        }
        #expect(disagreements == 0)
    }
}
