// In: the vectors of RFC 4648 §10 and texts that are no Base64. Out: bytes, or nil.
// Next: UTF8ValidatorTests.swift.

import EngineBytes
import Testing

@Suite("Base64")
struct Base64Tests {
    private static let vectors: [(String, String)] = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test("the vectors of RFC 4648 §10 are encoded and decoded", arguments: vectors)
    func vector(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)[...]) == Array(encoded.utf8))
        #expect(Base64.decode(Array(encoded.utf8)[...]) == Array(plain.utf8))
    }

    @Test("padding may be left out as a whole", arguments: vectors)
    func unpadded(plain: String, encoded: String) {
        let text = encoded.utf8.filter { $0 != UInt8(ascii: "=") }
        #expect(Base64.decode(text[...]) == Array(plain.utf8))
    }

    @Test("every byte survives, in slices that do not begin at 0 too")
    func everyByte() {
        let bytes: [UInt8] = Array(0...255)
        for start in 0..<4 {
            for end in 250...256 {
                let encoded = Base64.encode(bytes[start..<end])
                let framed = [0, 0] + encoded
                #expect(Base64.decode(framed[2...]) == Array(bytes[start..<end]))
            }
        }
    }

    @Test(
        "what is no Base64 is refused",
        arguments: [
            "Z", "Zg=", "Zg===", "Z===", "=", "====", "Zm9v=", "Zm=v", "Zg==Zg==", "Zm 9v",
            "Zm9v\n", "Zm9-", "Zm9_", "Zm9é",
        ])
    func malformed(text: String) {
        #expect(Base64.decode(Array(text.utf8)[...]) == nil)
    }

    @Test("the key that RFC 6455 §4.1 shows is accepted, though its spare bits are not zero")
    func spareBits() {
        let key = Array("AQIDBAUGBwgJCgsMDQ4PEC==".utf8)
        #expect(Base64.decode(key[...]) == Array(1...16))
    }

    @Test("the URL-safe spelling has no plus, no slash and no padding")
    func urlSafe() {
        #expect(Base64.encodeURL([0xFB, 0xFF, 0xFE, 0xFF]) == "-__-_w")
        #expect(Base64.encodeURL(Array(repeating: 7, count: 15)).utf8.count == 20)
    }
}
