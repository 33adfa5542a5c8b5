// In: each of the 256 bytes. Out: whether the tables and bit tricks agree with the RFC's lists.
// Next: LogEscapingTests.swift.

import EngineBytes
import Testing

@Suite("ASCII", .heavy)
struct ASCIITests {
    private let all: [UInt8] = Array(0...255)

    @Test("token characters are the ones that RFC 9110 §5.6.2 lists")
    func tokens() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        let listed: Set<UInt8> = Set((letters + "0123456789!#$%&'*+-.^_`|~").utf8)
        for byte in all { #expect(byte.isToken == listed.contains(byte), "byte \(byte)") }
    }

    @Test("digits are known by their value, hexadecimal ones in both cases")
    func digits() {
        for byte in all {
            let text = String(UnicodeScalar(byte))
            let isASCII = byte < 128
            #expect(byte.digitValue.map(Int.init) == (isASCII ? Int(text) : nil), "byte \(byte)")
            let isSign = byte == .plus || byte == .hyphen
            let expected = isASCII && !isSign ? Int(text, radix: 16) : nil
            #expect(byte.hexValue.map(Int.init) == expected, "byte \(byte)")
        }
    }

    @Test("only letters change their case")
    func lowercase() {
        for byte in all {
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            #expect(byte.lowercased == (isCapital ? byte + 32 : byte), "byte \(byte)")
        }
    }

    @Test("control characters end at the space and come back at 0x7F")
    func controls() {
        for byte in all { #expect(byte.isControl == (byte < 32 || byte == 127), "byte \(byte)") }
        #expect(all.filter(\.isBlank) == [9, 32])
    }

    @Test("decimal digits are those of a string, of numbers of every length")
    func decimals() {
        var numbers: [UInt] = [0, 9, .max, .max - 1]
        for power in 1...19 {
            let ten = (0..<power).reduce(UInt(1)) { number, _ in number * 10 }
            numbers += [ten - 1, ten, ten + 1]
        }
        for number in numbers {
            var bytes: [UInt8] = [.space]
            bytes.append(decimal: number)
            #expect(String(decoding: bytes, as: UTF8.self) == " \(number)")
        }
    }
}
