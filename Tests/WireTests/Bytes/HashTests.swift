// In: the messages of the standards. Out: the digests that they print. Next: Base64Tests.swift.

import EngineBytes
import Testing

@Suite("Hashes")
struct HashTests {
    private let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

    @Test("SHA-1 gives the digests of FIPS 180-4")
    func sha1() {
        #expect(hex(SHA1.digest([])) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        #expect(hex(SHA1.digest(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex(SHA1.digest(Array(twoBlocks.utf8))) == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    }

    @Test("SHA-256 gives the digests of FIPS 180-4")
    func sha256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        #expect(hex(SHA256.digest([])) == empty)
        #expect(hex(SHA256.digest(Array("abc".utf8))) == abc)
        #expect(hex(SHA256.digest(Array(twoBlocks.utf8))) == blocks)
    }

    @Test(
        "the padding is right on both sides of a block's end",
        arguments: [
            (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
            (63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
            (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
            (1_000, "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
        ])
    func padding(length: Int, digest: String) {
        #expect(hex(SHA1.digest(Array(repeating: UInt8(ascii: "a"), count: length))) == digest)
    }

    @Test("the answer of RFC 6455 §1.3 comes out of SHA-1 and Base64")
    func handshake() {
        let text = "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        let answer = Base64.encode(SHA1.digest(Array(text.utf8))[...])
        #expect(String(decoding: answer, as: UTF8.self) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }
}
