// In: the text of a string or a number that the scanner has found to be JSON. Out: the value.
// Spec: RFC 8259 §6, §7. Next: DirectType.swift, Arguments.swift.

import EngineBytes

/// Reads the texts of single values. What is valid and still cannot be represented is nil.
enum JSONReader {
    /// A string; nil when the text is something else.
    static func string(_ text: ArraySlice<UInt8>, mayHaveEscapes: Bool = true) -> String? {
        guard text.first == "\"", text.count >= 2 else { return nil }
        let content = text[(text.startIndex + 1)..<(text.endIndex - 1)]
        return content.withUnsafeBufferPointer { bytes in
            mayHaveEscapes && bytes.indexOfSpecial(from: 0) < bytes.count
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

extension UnsafeBufferPointer<UInt8> {
    /// Where the next byte is that does not stand for itself in a JSON string: a quote, a backslash
    /// or a control character. `count`: nowhere.
    ///
    /// Eight bytes at a time: each byte of a message passes here three times. A byte's highest bit
    /// is set in `found` where the byte is below a blank, or is zero after its exclusive or. Behind
    /// the first such byte there may be false ones.
    func indexOfSpecial(from start: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(self)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let eight = UInt64(littleEndian: word)
            let low = eight &- 0x2020_2020_2020_2020
            let quotes = (eight ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
            let backslashes = (eight ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
            let found = (low | quotes | backslashes) & ~eight & 0x8080_8080_8080_8080
            if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < .space || byte == .quote || byte == .backslash { break }
            index &+= 1
        }
        return index
    }
}
