// In: bytes that the scanner has found to be JSON. Out: the value. Strings, numbers and `JSON`
// take this way because it is several times shorter than the one through a general decoder.
// Spec: RFC 8259. Next: JSON.swift, Arguments.swift.

import Foundation

/// Builds values from valid JSON. What is valid and still cannot be represented is nil.
struct JSONParser {
    private let bytes: ArraySlice<UInt8>
    private let attachments: [[UInt8]]
    private var index: Int
    /// JSON knows no end of numbers, a Double does.
    private var sawNumberTooLarge = false

    private init(_ bytes: ArraySlice<UInt8>, _ attachments: [[UInt8]]) {
        self.bytes = bytes
        self.attachments = attachments
        index = bytes.startIndex
    }

    /// Any value. Nil: a number too large, or a placeholder without an attachment.
    static func value(_ text: ArraySlice<UInt8>, attachments: [[UInt8]]) -> JSON? {
        var parser = JSONParser(text, attachments)
        let value = parser.value()
        return parser.sawNumberTooLarge ? nil : value
    }

    /// Whether there is an attachment for each placeholder. Whether its numbers fit is another
    /// question, which the handler's type answers.
    static func placeholdersAreGood(in text: ArraySlice<UInt8>, _ attachments: [[UInt8]]) -> Bool {
        var parser = JSONParser(text, attachments)
        return parser.value() != nil
    }

    /// A string; nil when the text is something else.
    static func string(_ text: ArraySlice<UInt8>) -> String? {
        guard text.first == UInt8(ascii: "\""), text.count >= 2 else { return nil }
        let content = text.dropFirst().dropLast()
        guard content.contains(UInt8(ascii: "\\")) else {
            return String(decoding: content, as: UTF8.self)
        }
        return unescaped(content)
    }

    /// A whole number that fits, however it was written: 5, 5.0, 5e0. Nil when the text is
    /// something else.
    static func whole<Number: FixedWidthInteger>(_ text: ArraySlice<UInt8>) -> Number? {
        let isPlain = text.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
        if isPlain { return Number(String(decoding: text, as: UTF8.self)) }
        return double(text).flatMap { Number(exactly: $0) }
    }

    /// A whole number in plain digits that fits; nil when the text is something else.
    static func int(_ text: ArraySlice<UInt8>) -> Int? {
        var value = 0
        let isNegative = text.first == UInt8(ascii: "-")
        for byte in isNegative ? text.dropFirst() : text {
            guard byte &- 0x30 < 10 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, overflowToo) = tens.subtractingReportingOverflow(Int(byte &- 0x30))
            guard !overflow, !overflowToo else { return nil }
            value = next
        }
        // Counted below zero, where there is room for one more.
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// A number; nil when the text is something else, or too large.
    static func double(_ text: ArraySlice<UInt8>) -> Double? { floating(text) }

    static func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ text: ArraySlice<UInt8>
    ) -> Number? {
        guard isNumber(text), let value = Number(String(decoding: text, as: UTF8.self)),
            value.isFinite
        else { return nil }
        return value
    }

    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        text.first.map { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 } == true
    }

    // MARK: - Values

    private mutating func skipTo(_ isWanted: (UInt8) -> Bool) {
        while index < bytes.endIndex, !isWanted(bytes[index]) { index += 1 }
    }

    private mutating func skipSpace() {
        skipTo { $0 > 0x20 }
    }

    private mutating func value() -> JSON? {
        skipSpace()
        guard index < bytes.endIndex else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "\""): return JSONParser.string(takeString()).map { .string($0) }
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "t"): return word(.bool(true), 4)
        case UInt8(ascii: "f"): return word(.bool(false), 5)
        case UInt8(ascii: "n"): return word(.null, 4)
        default: return number()
        }
    }

    private mutating func word(_ value: JSON, _ length: Int) -> JSON {
        index += length
        return value
    }

    private mutating func number() -> JSON {
        let start = index
        skipTo { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 | 0x20 == UInt8(ascii: "}") }
        let text = bytes[start..<index]
        if let value = JSONParser.int(text) { return .int(value) }
        guard let value = JSONParser.double(text) else {
            sawNumberTooLarge = true
            return .double(.infinity)
        }
        return .double(value)
    }

    /// The string with its quotes, escapes untouched.
    private mutating func takeString() -> ArraySlice<UInt8> {
        let start = index
        index += 1
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index + 1, bytes.endIndex)
        return bytes[start..<index]
    }

    private mutating func array() -> JSON? {
        var elements: [JSON] = []
        index += 1
        skipSpace()
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "]") {
            guard let element = value() else { return nil }
            elements.append(element)
            skipComma()
        }
        index += 1
        return .array(elements)
    }

    private mutating func object() -> JSON? {
        var members = JSON.Members()
        index += 1
        skipSpace()
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "}") {
            guard let key = JSONParser.string(takeString()) else { return nil }
            skipTo { $0 == UInt8(ascii: ":") }
            index += 1
            guard let member = value() else { return nil }
            members[key] = member
            skipComma()
        }
        index += 1
        return resolved(members)
    }

    private mutating func skipComma() {
        skipSpace()
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ",") else { return }
        index += 1
        skipSpace()
    }

    /// An object that stands for an attachment becomes that attachment.
    private func resolved(_ members: JSON.Members) -> JSON? {
        guard !attachments.isEmpty, members["_placeholder"] == .bool(true) else {
            return .object(members)
        }
        guard let number = members["num"]?.int, attachments.indices.contains(number) else {
            return nil
        }
        return .binary(Data(attachments[number]))
    }

    // MARK: - Escapes

    /// Half of a surrogate pair, alone, is well-formed JSON and no character: it becomes U+FFFD.
    /// Spec: RFC 8259 §8.2
    private static func unescaped(_ content: ArraySlice<UInt8>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(content.count)
        var rest = content
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
                units.append(byte)
                continue
            }
            switch kind {
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "u"): units.append(contentsOf: character(&rest).utf8)
            default: units.append(kind)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    private static func character(_ rest: inout ArraySlice<UInt8>) -> String {
        let first = hex(rest.prefix(4))
        rest = rest.dropFirst(4)
        if let scalar = Unicode.Scalar(first) { return String(Character(scalar)) }
        let tail = rest.prefix(6)
        let second =
            tail.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
            ? hex(tail.dropFirst(2)) : 0
        guard first & 0xFC00 == 0xD800, second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
        rest = rest.dropFirst(6)
        let combined = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
        return Unicode.Scalar(combined).map { String(Character($0)) } ?? "\u{FFFD}"
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt32 {
        digits.reduce(0) { value, digit in
            let letter = UInt32((digit | 0x20) &- 0x61 &+ 10)
            return value << 4 | (digit &- 0x30 < 10 ? UInt32(digit &- 0x30) : letter)
        }
    }
}
