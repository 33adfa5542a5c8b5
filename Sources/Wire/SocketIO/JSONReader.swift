// In: the text of a string or a number that the scanner has found to be JSON. Out: the value.
// Spec: RFC 8259 §6, §7. Next: DirectType.swift, Arguments.swift.

import EngineBytes

/// Reads the texts of single values. What is valid and still cannot be represented is nil.
enum JSONReader {
    /// A string; nil when the text is something else.
    static func string(_ text: ArraySlice<UInt8>) -> String? {
        guard text.first == "\"", text.count >= 2 else { return nil }
        let content = text[(text.startIndex + 1)..<(text.endIndex - 1)]
        // Over pointers: three instructions for a byte instead of eight.
        return content.withUnsafeBufferPointer { bytes in
            bytes.contains(.backslash)
                ? unescaped(content) : String(decoding: bytes, as: UTF8.self)
        }
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
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var rest = content
        while let byte = rest.popFirst() {
            guard byte == .backslash, let kind = rest.popFirst() else {
                text.append(byte)
                continue
            }
            switch kind {
            case "b": text.append(0x08)
            case "f": text.append(0x0C)
            case "n": text.append(.lf)
            case "r": text.append(.cr)
            case "t": text.append(.tab)
            case "u": text.append(contentsOf: characters(&rest).utf8)
            default: text.append(kind)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What escapes of the kind `\u0041` in a row spell; the first two bytes have been taken.
    private static func characters(_ rest: inout ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        while true {
            units.append(rest.prefix(4).reduce(0) { $0 << 4 | UInt16($1.hexValue ?? 0) })
            rest = rest.dropFirst(4)
            guard rest.prefix(2).equals("\\u") else { break }
            rest = rest.dropFirst(2)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
