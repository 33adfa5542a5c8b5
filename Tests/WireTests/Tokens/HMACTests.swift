// In: the messages of the standards. Out: the codes that they print. Next: TokenTests.swift.

import EngineBytes
import Foundation
import Testing

@testable import TokenWire

private nonisolated func text(_ text: String) -> [UInt8] { Array(text.utf8) }

private nonisolated func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
    Array(repeating: byte, count: count)
}

@Suite("Codes and stretched passwords", .heavy)
struct HMACTests {
    @Test(
        "HMAC-SHA-256 gives the codes of RFC 4231",
        arguments: [
            (
                repeated(0x0B, 20), text("Hi There"),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                text("Jefe"), text("what do ya want for nothing?"),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                repeated(0xAA, 20), repeated(0xDD, 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                Array(1...25), repeated(0xCD, 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
            (
                repeated(0xAA, 131), text("Test Using Larger Than Block-Size Key - Hash Key First"),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                repeated(0xAA, 131),
                text(
                    "This is a test using a larger than block-size key and a larger than "
                        + "block-size data. The key needs to be hashed before being used by the "
                        + "HMAC algorithm."),
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            ),
        ] as [([UInt8], [UInt8], String)])
    func codes(key: [UInt8], message: [UInt8], code: String) {
        #expect(hex(HMAC(key: key).code(of: message)) == code)
    }

    @Test(
        "PBKDF2 gives the keys of RFC 7914 §11",
        arguments: [
            (
                "passwd", "salt", 1, 1 as UInt32,
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
            ),
            (
                "passwd", "salt", 1, 2,
                "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
            ),
            (
                "Password", "NaCl", 80_000, 1,
                "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
            ),
            (
                "Password", "NaCl", 80_000, 2,
                "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
            ),
        ])
    func stretching(password: String, salt: String, rounds: Int, block: UInt32, key: String) {
        let found = StoredPassword.stretched(text(password), text(salt), rounds, block: block)
        #expect(hex(found) == key)
    }

    @Test("a stored password knows its own and no other, also after it was written to a file")
    func passwords() throws {
        let stored = StoredPassword(of: "correct horse", salt: Array(0..<16), rounds: 100)
        let copy = try JSONDecoder().decode(
            StoredPassword.self, from: try JSONEncoder().encode(stored))
        #expect(copy == stored)
        #expect(copy.matches("correct horse"))
        for other in ["correct horse ", "Correct horse", "", "correct hors"] {
            #expect(!copy.matches(other))
        }
        #expect(StoredPassword(of: "correct horse", salt: [1], rounds: 100).digest != stored.digest)
    }

    @Test("what is no stored password is refused, and says which field")
    func damaged() {
        let json = Data(#"{"salt":"AA","rounds":1,"digest":"A+"}"#.utf8)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(StoredPassword.self, from: json)
        }
    }

    @Test("codes are compared as a whole")
    func comparison() {
        #expect(isSame([1, 2, 3], [1, 2, 3]))
        #expect(isSame([], []))
        for other: [UInt8] in [[1, 2], [1, 2, 4], [0, 2, 3], []] {
            #expect(!isSame([1, 2, 3], other))
        }
        let secret = SHA256.digest(text("secret"))
        for index in secret.indices {
            for bit in 0..<8 {
                var near = secret
                near[index] ^= 1 << UInt8(bit)
                #expect(!isSame(near, secret))
            }
        }
        for number in 0..<2_000 { #expect(!isSame(SHA256.digest(text("\(number)")), secret)) }
        #expect(isSameSecret("secret", "secret"))
        #expect(!isSameSecret("", "secret"))
    }
}
