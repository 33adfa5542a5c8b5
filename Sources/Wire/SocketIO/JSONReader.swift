// In: the text of a string or a number that the scanner has found to be JSON. Out: the value.
// Spec: RFC 8259 §6, §7. Next: DirectType.swift, Arguments.swift.

import EngineBytes

/// Reads the texts of single values. What is valid and still cannot be represented is nil.
enum JSONReader {
    /// A string; nil when the text is something else.
    static func string(_ text: ArraySlice<UInt8>) -> String? {
        guard text.first == "\"", text.count >= 2 else { return nil }
        let content = text.dropFirst().dropLast()
        return content.contains(.backslash)
            ? unescaped(content) : String(decoding: content, as: UTF8.self)
    }

    /// A truth value; nil when the text is something else.
    static func bool(_ text: ArraySlice<UInt8>) -> Bool? {
        switch text.first {
        case "t"?: true
        case "f"?: false
        default: nil
        }
    }

    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        text.first.map { $0 == "-" || $0.isDigit } ?? false
    }

    /// A whole number in plain digits that fits; nil when the text is something else.
    static func plainInteger<Number: FixedWidthInteger>(_ text: ArraySlice<UInt8>) -> Number? {
        var value: Number = 0
        let isNegative = text.first == "-"
        for byte in isNegative ? text.dropFirst() : text {
            guard let digit = byte.digitValue else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, overflowToo) =
                isNegative
                ? tens.subtractingReportingOverflow(Number(digit))
                : tens.addingReportingOverflow(Number(digit))
            guard !overflow, !overflowToo else { return nil }
            value = next
        }
        return value
    }

    /// A whole number that fits, however it was written: 5, 5.0, 5e0. Nil when the text is
    /// something else.
    static func integer<Number: FixedWidthInteger>(_ text: ArraySlice<UInt8>) -> Number? {
        let isPlain = text.allSatisfy { $0 == "-" || $0.isDigit }
        if isPlain { return plainInteger(text) }
        return floating(text).flatMap { (number: Double) in Number(exactly: number) }
    }

    /// A number; nil when the text is something else, or too large.
    static func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ text: ArraySlice<UInt8>
    ) -> Number? {
        guard isNumber(text), let value = Number(String(decoding: text, as: UTF8.self)),
            value.isFinite
        else { return nil }
        return value
    }

    // MARK: - Escapes

    /// Half of a surrogate pair, alone, is well-formed JSON and no character: it becomes U+FFFD.
    /// Spec: RFC 8259 §8.2
    private static func unescaped(_ content: ArraySlice<UInt8>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(content.count)
        var rest = content
        while let byte = rest.popFirst() {
            guard byte == .backslash, let kind = rest.popFirst() else {
                units.append(byte)
                continue
            }
            switch kind {
            case "b": units.append(0x08)
            case "f": units.append(0x0C)
            case "n": units.append(.lf)
            case "r": units.append(.cr)
            case "t": units.append(.tab)
            case "u": units.append(contentsOf: String(character(&rest)).utf8)
            default: units.append(kind)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    private static func character(_ rest: inout ArraySlice<UInt8>) -> Character {
        let first = hex(rest.prefix(4))
        rest = rest.dropFirst(4)
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        let second = rest.prefix(2).equals("\\u") ? hex(rest.dropFirst(2).prefix(4)) : 0
        guard first & 0xFC00 == 0xD800, second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
        rest = rest.dropFirst(6)
        let combined = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
        return Unicode.Scalar(combined).map { Character($0) } ?? "\u{FFFD}"
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32($1.hexValue ?? 0) }
    }
}
