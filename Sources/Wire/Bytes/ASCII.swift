// Names for the ASCII characters that the wire formats are made of, and the few questions that
// decoders ask about bytes: is it a token character, a digit, the same word in another case?
// Everything here is inlinable: decoders in other modules ask these questions once per byte.
// Spec: RFC 9110 §5.6 (tokens, whitespace). Next: UTF8Validator.swift.

extension UInt8 {
    @inlinable package static var tab: UInt8 { 0x09 }
    @inlinable package static var lf: UInt8 { 0x0A }
    @inlinable package static var cr: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }
    @inlinable package static var quote: UInt8 { 0x22 }
    @inlinable package static var percent: UInt8 { 0x25 }
    @inlinable package static var ampersand: UInt8 { 0x26 }
    @inlinable package static var plus: UInt8 { 0x2B }
    @inlinable package static var comma: UInt8 { 0x2C }
    @inlinable package static var hyphen: UInt8 { 0x2D }
    @inlinable package static var slash: UInt8 { 0x2F }
    @inlinable package static var colon: UInt8 { 0x3A }
    @inlinable package static var semicolon: UInt8 { 0x3B }
    @inlinable package static var equals: UInt8 { 0x3D }
    @inlinable package static var questionMark: UInt8 { 0x3F }
    @inlinable package static var backslash: UInt8 { 0x5C }
    @inlinable package static var delete: UInt8 { 0x7F }

    /// Whether this byte may stand in a token: a method, a field name, a protocol name.
    /// Spec: RFC 9110 §5.6.2
    @inlinable package var isToken: Bool {
        // One bit per ASCII character, as a lookup in two registers is faster than six ranges.
        if self < 64 { return 0x03FF_6CFA_0000_0000 as UInt64 &>> UInt64(self) & 1 == 1 }
        if self < 128 { return 0x57FF_FFFF_C7FF_FFFE as UInt64 &>> UInt64(self &- 64) & 1 == 1 }
        return false
    }

    /// Whether this byte is `0` … `9`.
    @inlinable package var isDigit: Bool { self &- 0x30 < 10 }

    /// The value of a decimal digit, or nil for any other byte.
    @inlinable package var digitValue: UInt8? { isDigit ? self &- 0x30 : nil }

    /// The value of a hexadecimal digit in either case, or nil for any other byte.
    @inlinable package var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = self | 0x20
        return letter >= 0x61 && letter <= 0x66 ? letter &- 0x57 : nil
    }

    /// This byte with `A` … `Z` turned into `a` … `z`; every other byte as it is.
    @inlinable package var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// Whether this byte is optional whitespace around a field value: a space or a tab.
    /// Spec: RFC 9110 §5.6.3
    @inlinable package var isBlank: Bool { self == .space || self == .tab }

    /// Whether this byte is an ASCII control character; a tab counts as one.
    @inlinable package var isControl: Bool { self < 0x20 || self == .delete }
}

// Bytes beside characters, for text formats: `byte == "{"`, `case "a"`, `bytes.append("[")`.

@inlinable package func == (byte: UInt8, character: Unicode.Scalar) -> Bool {
    UInt32(byte) == character.value
}

@inlinable package func == (byte: UInt8?, character: Unicode.Scalar) -> Bool {
    byte.map { $0 == character } ?? false
}

@inlinable package func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool { byte == character }

extension [UInt8] {
    /// Adds the bytes of a literal.
    @inlinable package mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Adds an ASCII character.
    @inlinable package mutating func append(_ character: Unicode.Scalar) {
        append(UInt8(ascii: character))
    }

    /// Adds the decimal digits of a number; no string is made. Eight at a time, the last one in the
    /// highest byte: to add them one by one takes 30 instructions for each.
    @inlinable package mutating func append(decimal number: UInt) {
        var (rest, digits, count) = (number, UInt64(0), 0)
        repeat {
            digits = digits << 8 | UInt64(0x30 + rest % 10)
            rest /= 10
            count += 1
        } while rest > 0 && count < 8
        if rest > 0 { append(decimal: rest) }
        Swift.withUnsafeBytes(of: digits.littleEndian) {
            append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
    }
}

extension Collection<UInt8> {
    /// Whether these are the bytes of a literal.
    @inlinable package func equals(_ literal: StaticString) -> Bool {
        matches(literal) { $0 == $1 }
    }

    /// Whether these are the bytes of a literal in small letters, in whatever case they came.
    @inlinable package func equalsIgnoringCase(_ lowercased: StaticString) -> Bool {
        matches(lowercased) { $0.lowercased == $1 }
    }

    @inlinable func matches(_ literal: StaticString, by isSame: (UInt8, UInt8) -> Bool) -> Bool {
        guard count == literal.utf8CodeUnitCount else { return false }
        return literal.withUTF8Buffer { letters in
            var index = startIndex
            for letter in letters {
                if !isSame(self[index], letter) { return false }
                formIndex(after: &index)
            }
            return true
        }
    }

    /// Whether these are the same bytes, but for the case of ASCII letters.
    @inlinable package func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count && elementsEqual(other) { $0.lowercased == $1.lowercased }
    }
}

extension ArraySlice<UInt8> {
    /// These bytes without the spaces and tabs around them.
    /// Spec: RFC 9110 §5.6.3
    @inlinable package var trimmed: ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isBlank { start &+= 1 }
        while start < end, self[end &- 1].isBlank { end &-= 1 }
        return self[start..<end]
    }

    /// The number that these bytes spell in decimal digits; nil if they are none, or not digits
    /// alone. Far over every limit it stays where it is: it cannot overflow, and is refused.
    package var decimalNumber: Int? {
        var number = 0
        for byte in self {
            guard let digit = byte.digitValue else { return nil }
            if number < 1 << 50 { number = number * 10 + Int(digit) }
        }
        return isEmpty ? nil : number
    }
}
