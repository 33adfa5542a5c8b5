// What stands in front of compressed data and behind it, both ways. zlib: two bytes, Adler-32.
// gzip: ten bytes and optional fields, CRC-32 and the length.
// Spec: RFC 1950 §2.2, RFC 1952 §2.3. Next: Inflater.swift, Deflater.swift.

/// What a zlib or gzip stream says about its content at the end.
struct ContentCheck: Sendable {
    private enum Sum {
        case none
        case adler(Adler32)
        case crc(CRC32)
    }
    private var sum: Sum
    /// How many bytes the content has, modulo 2³².
    private var length: UInt32 = 0

    init(_ format: DeflateFormat) {
        switch format {
        case .raw, .messages: sum = .none
        case .zlib: sum = .adler(Adler32())
        case .gzip: sum = .crc(CRC32())
        }
    }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        length &+= UInt32(truncatingIfNeeded: bytes.count)
        switch sum {
        case .none: break
        case .adler(var adler):
            adler.feed(bytes)
            sum = .adler(adler)
        case .crc(var crc):
            crc.feed(bytes)
            sum = .crc(crc)
        }
    }

    /// The bytes behind the compressed data.
    var trailer: [UInt8] {
        switch sum {
        case .none: []
        case .adler(let adler): littleEndian(adler.value).reversed()
        case .crc(let crc): littleEndian(crc.value) + littleEndian(length)
        }
    }

    /// Compares with the bytes behind compressed data; nil: they are not all there.
    func isConfirmed(by reader: inout BitReader) throws(InflateError) -> Bool? {
        for (index, byte) in trailer.enumerated() {
            guard let next = reader.take(8) else { return nil }
            guard next == byte else { throw index < 4 ? .checksumMismatch : .lengthMismatch }
        }
        return true
    }
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
}

extension DeflateFormat {
    /// DEFLATE, as both formats number the methods of compression.
    private static let method = 8

    /// What stands in front of the compressed data.
    func header(windowBits: Int, level: DeflateLevel) -> [UInt8] {
        switch self {
        case .raw, .messages: return []
        case .zlib:
            let first = (windowBits - 8) << 4 | Self.method
            let flags = (level == .fast ? 0 : 2) << 6
            // Together a multiple of 31.
            return [UInt8(first), UInt8(flags + 31 - (first << 8 + flags) % 31)]
        case .gzip:
            // No flags, no time, and a system that is not said.
            return [0x1F, 0x8B, UInt8(Self.method), 0, 0, 0, 0, 0, level == .fast ? 4 : 0, 255]
        }
    }

    /// Reads what stands in front of the compressed data; false: it is not all there.
    func readHeader(_ reader: inout BitReader, windowBits: Int) throws(InflateError) -> Bool {
        switch self {
        case .raw, .messages: true
        case .zlib: try readZlibHeader(&reader, windowBits: windowBits)
        case .gzip: try readGzipHeader(&reader)
        }
    }

    /// Spec: RFC 1950 §2.2
    private func readZlibHeader(
        _ reader: inout BitReader, windowBits: Int
    ) throws(InflateError) -> Bool {
        guard let first = reader.take(8), let flags = reader.take(8) else { return false }
        guard (first << 8 | flags) % 31 == 0 else { throw .unknownFormat }
        guard first & 15 == Self.method else { throw .unknownMethod }
        let bits = first >> 4 + 8
        guard bits <= windowBits else { throw .windowTooLarge(bits: bits) }
        guard flags & 0x20 == 0 else { throw .presetDictionary }
        return true
    }

    /// Spec: RFC 1952 §2.3
    private func readGzipHeader(_ reader: inout BitReader) throws(InflateError) -> Bool {
        var fields = GzipHeader(reader)
        guard try readFields(&fields) else {
            guard reader.unreadCount <= GzipHeader.longest else {
                throw .headerTooLong(limit: GzipHeader.longest)
            }
            return false
        }
        reader = fields.reader
        return true
    }

    private func readFields(_ fields: inout GzipHeader) throws(InflateError) -> Bool {
        guard let header = fields.take(10) else { return false }
        guard header[0] == 0x1F, header[1] == 0x8B else { throw .unknownFormat }
        guard header[2] == Self.method else { throw .unknownMethod }
        let flags = header[3]
        guard flags & 0xE0 == 0 else { throw .reservedFlags }
        if flags & 4 != 0 {  // FEXTRA: fields of other programs, with their length in front
            guard let length = fields.take(2),
                fields.take(Int(length[0]) | Int(length[1]) << 8) != nil
            else { return false }
        }
        // FNAME and FCOMMENT: text that ends with a zero.
        if flags & 8 != 0, !fields.skipText() { return false }
        if flags & 16 != 0, !fields.skipText() { return false }
        if flags & 2 != 0 {  // FHCRC: the lower half of the checksum of all this
            let sum = littleEndian(fields.checksum.value)
            guard let check = fields.take(2) else { return false }
            guard check == Array(sum[..<2]) else { throw .headerChecksum }
        }
        return true
    }
}

/// The bytes of a gzip header, and their checksum so far.
private struct GzipHeader {
    /// It is read anew with each piece, until all of it is there: a name without an end must cost
    /// little. Real headers have some dozens of bytes.
    static let longest = 4_096

    var reader: BitReader
    var checksum = CRC32()

    init(_ reader: BitReader) { self.reader = reader }

    mutating func take(_ count: Int) -> [UInt8]? {
        var bytes = Array(reader.takeBytes(count))
        if bytes.count < count { bytes += reader.takeBytes(count - bytes.count) }
        guard bytes.count == count else { return nil }
        checksum.feed(bytes[...])
        return bytes
    }

    /// Passes over text that ends with a zero; false: the zero is not there yet.
    mutating func skipText() -> Bool {
        while let byte = take(1) {
            if byte[0] == 0 { return true }
        }
        return false
    }
}
