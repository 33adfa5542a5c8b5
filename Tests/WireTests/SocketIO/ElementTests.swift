// Where strings end, and where the elements of an array lie: eight bytes are looked at in one go,
// and up to three elements are kept without memory of their own.

import Foundation
import TestSupport
import Testing

@testable import SocketIOWire

@Suite("Elements of an array")
struct ElementTests {
    @Test("the next byte that does not stand for itself is found, wherever it lies")
    func specialBytes() {
        func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }
        // Each byte at each place of three times eight, behind and before bytes of every kind.
        for byte in UInt8.min ... .max {
            for (place, around) in zip((0..<24), [0x21, 0x7F, 0x80, 0xA2, 0xDC, 0xFF, 0x20, 0x5D]) {
                for place in [place, place + 8, place + 16] {
                    var text = [UInt8](repeating: UInt8(around), count: 26)
                    text[place] = byte
                    let expected = isSpecial(byte) ? place : 26
                    text.withUnsafeBufferPointer { #expect($0.indexOfSpecial(from: 0) == expected) }
                }
            }
        }
        var random = SeededGenerator(seed: 24)
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                UInt8.random(in: 0x18...0x60, using: &random)
            }
            let start = Int.random(in: 0...text.count, using: &random)
            let expected = text[start...].firstIndex(where: isSpecial) ?? text.count
            text.withUnsafeBufferPointer { #expect($0.indexOfSpecial(from: start) == expected) }
        }
    }

    @Test("each element is found by its number, however many there are", arguments: 0...6)
    func elements(count: Int) throws {
        let texts = (0..<count).map { "[\($0),\"a\",{}]" }
        let source = " [\(texts.joined(separator: " ,\t"))]\r\n"
        let event = try arguments("2[\"x\"\(texts.map { ", \($0)" }.joined())]")
        let places = try JSONScanner.elements(in: bytes(source), depthLimit: 3)
        #expect(places.count == UInt32(count))
        #expect(event.count == count)
        for (index, expected) in texts.enumerated() {
            #expect(bytes(source).element(index, places).map { text($0) } == expected)
            #expect(event.text(at: index).map { text($0) } == expected)
        }
        #expect(bytes(source).element(count, places) == nil)
        #expect(bytes(source).element(-1, places) == nil)
        #expect(event.text(at: count) == nil)
    }

    @Test(
        "the bytes of an event's name, as they came, with escapes, or of a number",
        arguments: [
            ("\"chat message\"", "chat message"), ("\"\"", ""), ("\"é\"", "é"), ("12", "12"),
            ("\"\\u0065cho\"", "echo"), ("\"a\\\\b\"", "a\\b"),
        ])
    func names(json: String, name: String) throws {
        for event in [try arguments("2[\(json)]"), try arguments("2 [ \(json) ,\"\\n\" ]")] {
            #expect(text(event.nameBytes) == name)
            #expect(event.eventName == name)
            #expect(WireName(name).hasBytes(event.nameBytes))
            #expect(!WireName(name + "x").hasBytes(event.nameBytes))
        }
        let local = Arguments(event: name, strings: ["a\n", "b"])
        #expect(text(local.nameBytes) == name)
        #expect(try local.decode(String.self, at: 1) == "b")
    }

    @Test("an escape anywhere in a text is seen by all of its strings")
    func escapes() throws {
        let event = try arguments("2[\"x\",\"plain\",{\"k\":\"\\t\"},\"\\\"quoted\\\"\"]")
        #expect(try event.decode(String.self, at: 0) == "plain")
        #expect(try event.decode(String.self, at: 2) == "\"quoted\"")
    }
}
