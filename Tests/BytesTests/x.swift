import Testing
import Bytes
@Test func x() { #expect(SHA1.digest(Array("abc".utf8)).count == 20) }
