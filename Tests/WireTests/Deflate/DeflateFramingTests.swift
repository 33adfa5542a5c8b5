// In: zlib and gzip streams, right and wrong. Out: their content, or the rule that was broken.
// Next: DeflaterTests.swift.

import DeflateWire
import Testing

@Suite("Deflate: zlib and gzip", .heavy)
struct DeflateFramingTests {
    private static let body = unhex("cb 48 cd c9 c9 57 c8 40 27 01")
    private static let text = Array("hello hello hello hello".utf8)
    private static let zlib = unhex("78 9c") + body + unhex("68 03 08 b1")
    /// The CRC-32 of the text, and its length.
    private static let gzipEnd: [UInt8] = {
        var sum = CRC32()
        sum.feed(text[...])
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: sum.value >> $0) } + [23, 0, 0, 0]
    }()
    private static func gzip(flags: UInt8, _ fields: [UInt8]) -> [UInt8] {
        [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3] + fields + body + gzipEnd
    }
    /// FHCRC behind a header without other fields.
    private static func headerSum(_ flags: UInt8, _ fields: [UInt8]) -> [UInt8] {
        var sum = CRC32()
        sum.feed(([0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3] + fields)[...])
        return [UInt8(sum.value & 0xFF), UInt8(sum.value >> 8 & 0xFF)]
    }

    @Test("the checksums are those of the standards")
    func checksums() {
        for pieces in cuts(of: Array("123456789".utf8)) {
            var crc = CRC32()
            for piece in pieces { crc.feed(piece) }
            #expect(crc.value == 0xCBF4_3926)
        }
        for pieces in cuts(of: Array("Wikipedia".utf8)) {
            var adler = Adler32()
            for piece in pieces { adler.feed(piece) }
            #expect(adler.value == 0x11E6_0398)
        }
        #expect(CRC32().value == 0)
        #expect(Adler32().value == 1)
    }

    @Test("sums of long data do not overflow, and are the same in pieces")
    func longChecksums() {
        let bytes = [UInt8](repeating: 255, count: 20_000)
        var (low, high) = (1, 0)
        for byte in bytes {
            low = (low + Int(byte)) % 65_521
            high = (high + low) % 65_521
        }
        var (adler, crc, pieces) = (Adler32(), CRC32(), CRC32())
        adler.feed(bytes[...])
        crc.feed(bytes[...])
        for start in stride(from: 0, to: 20_000, by: 37) {
            pieces.feed(bytes[start..<min(start + 37, 20_000)])
        }
        #expect(Int(adler.value) == high << 16 | low)
        #expect(crc.value == pieces.value)
    }

    private static let allFields: [UInt8] = [1, 0, 9, 97, 0, 0]

    private static let good: [(DeflateFormat, [UInt8], [UInt8])] = [
        (.zlib, zlib, text),
        (.gzip, gzip(flags: 0, []), text),
        (.gzip, gzip(flags: 1, []), text),  // FTEXT
        (.gzip, gzip(flags: 4, [3, 0, 7, 7, 7]), text),  // FEXTRA
        (.gzip, gzip(flags: 8, Array("page.html\u{0}".utf8)), text),  // FNAME
        (.gzip, gzip(flags: 16, Array("made by hand\u{0}".utf8)), text),  // FCOMMENT
        (.gzip, gzip(flags: 2, headerSum(2, [])), text),  // FHCRC
        (.gzip, gzip(flags: 0x1E, allFields + headerSum(0x1E, allFields)), text),
        (.gzip, gzip(flags: 0, []) + gzip(flags: 8, [97, 0]), text + text),  // two members
    ]

    @Test("a stream gives its content, however it is cut", arguments: good)
    func contents(format: DeflateFormat, stream: [UInt8], content: [UInt8]) throws {
        for pieces in cuts(of: stream) {
            let whole = try format.inflated(pieces)
            #expect(whole == content)
        }
    }

    private static func changed(_ bytes: [UInt8], at index: Int, to byte: UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[index < 0 ? bytes.count + index : index] = byte
        return bytes
    }

    private static let bad: [(DeflateFormat, [UInt8], InflateError)] = [
        (.zlib, changed(zlib, at: 1, to: 0x9D), .unknownFormat),
        (.zlib, unhex("79 18") + body, .unknownMethod),
        (.zlib, unhex("88 1c") + body, .windowTooLarge(bits: 16)),
        (.zlib, unhex("78 bb 00 00 00 01") + body, .presetDictionary),
        (.zlib, changed(zlib, at: -1, to: 0), .checksumMismatch),
        (.zlib, changed(zlib, at: -4, to: 0), .checksumMismatch),
        (.zlib, zlib + [0], .bytesAfterEnd),
        (.zlib, zlib.dropLast(), .truncated),
        (.gzip, changed(gzip(flags: 0, []), at: 0, to: 0x1E), .unknownFormat),
        (.gzip, changed(gzip(flags: 0, []), at: 1, to: 0), .unknownFormat),
        (.gzip, changed(gzip(flags: 0, []), at: 2, to: 7), .unknownMethod),
        (.gzip, gzip(flags: 0x20, []), .reservedFlags),
        (.gzip, gzip(flags: 2, [0, 0]), .headerChecksum),
        (.gzip, changed(gzip(flags: 0, []), at: -5, to: 0), .checksumMismatch),
        (.gzip, changed(gzip(flags: 0, []), at: -4, to: 24), .lengthMismatch),
        (.gzip, gzip(flags: 0, []) + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], .unknownFormat),
        (.gzip, gzip(flags: 0, []) + [0x1F], .truncated),
        (.gzip, gzip(flags: 8, []).prefix(15) + [97], .truncated),
    ]

    @Test("a wrong frame has its error, however it is cut", arguments: bad)
    func errors(format: DeflateFormat, stream: [UInt8], error: InflateError) {
        for pieces in cuts(of: Array(stream)) {
            #expect(throws: error) { try format.inflated(pieces) }
        }
        #expect(!error.description.isEmpty)
    }

    @Test("a header that does not end is refused")
    func endlessHeader() {
        let name = [[UInt8]](repeating: [UInt8](repeating: 97, count: 50), count: 200)
        var inflater = Inflater(.gzip, limit: 100)
        #expect(throws: InflateError.headerTooLong(limit: 4_096)) {
            for piece in [Self.gzip(flags: 8, []).prefix(10)[...]] + name.map({ $0[...] }) {
                inflater.feed(piece)
                let content = try inflater.nextPiece()
                #expect(content == nil)
            }
        }
        #expect(inflater.heldCount < 5_000)
    }

    @Test("a window that is larger than the agreed one is refused by the header")
    func window() {
        #expect(throws: InflateError.windowTooLarge(bits: 15)) {
            try DeflateFormat.zlib.inflated([Self.zlib[...]], windowBits: 14)
        }
    }

    @Test("the header tells the window and the level, and is a multiple of 31", arguments: 8...15)
    func header(windowBits: Int) throws {
        for level in DeflateLevel.allCases {
            let stream = DeflateFormat.zlib.deflated(
                Self.text, level: level, windowBits: windowBits)
            #expect(Int(stream[0]) == (windowBits - 8) << 4 | 8)
            #expect(stream[1] >> 6 == (level == .fast ? 0 : 2))
            #expect((Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0)
            let content = try DeflateFormat.zlib.inflated([stream[...]], windowBits: windowBits)
            #expect(content == Self.text)
        }
    }

    @Test("short streams are, byte by byte, what they should be")
    func literalBytes() {
        // "hello ", then seventeen bytes from six bytes back: one symbol less than in `zlib`.
        let body = unhex("cb 48 cd c9 c9 57 c0 20 01")
        #expect(
            DeflateFormat.zlib.deflated(Self.text)
                == unhex("78 9c") + body + unhex("68 03 08 b1"))
        #expect(DeflateFormat.raw.deflated([]) == [0x03, 0x00])
        #expect(DeflateFormat.zlib.deflated([]) == unhex("78 9c 03 00 00 00 00 01"))
        let gzip = DeflateFormat.gzip.deflated(Self.text)
        #expect(gzip == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + body + Self.gzipEnd)
    }
}
