// In: a few bytes. Out: the numbers and slices they hold, and nil behind their end.
// Next: UTF8ValidatorTests.swift.

import EngineBytes
import Testing

@Suite("ByteReader")
struct ByteReaderTests {
    @Test("numbers are read with the most significant byte first")
    func bigEndian() {
        var reader = ByteReader([0x7F, 0x01, 0x02, 0xFF, 0, 0, 0, 0, 0, 0, 0x10])
        #expect(reader.readByte() == 0x7F)
        #expect(reader.readUInt16() == 0x0102)
        #expect(reader.readUInt64() == 0xFF00_0000_0000_0010)
        #expect(reader.remaining == 0)
        #expect(reader.readByte() == nil)
    }

    @Test("a number that is not whole moves nothing")
    func tooShort() {
        var reader = ByteReader([1, 2, 3], at: 2)
        #expect(reader.readUInt16() == nil)
        #expect(reader.readUInt64() == nil)
        #expect(reader.read(2) == nil)
        #expect(reader.position == 2)
        #expect(reader.readByte() == 3)
    }

    @Test("a slice is read if all of it is there, and a negative count reads nothing")
    func slices() {
        var reader = ByteReader([1, 2, 3, 4])
        #expect(reader.read(-1) == nil)
        #expect(reader.read(Int.max) == nil)
        #expect(reader.read(3) == [1, 2, 3])
        #expect(reader.read(0) == [])
        #expect(reader.remaining == 1)
    }

    @Test("a start outside the array reads nothing", arguments: [-5, 3, Int.max])
    func start(position: Int) {
        var reader = ByteReader([1, 2], at: position)
        #expect(reader.readByte() == (position < 0 ? 1 : nil))
    }
}
