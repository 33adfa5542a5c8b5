// In: an array of bytes. Out: numbers and slices, read from front to back, nil when too few are
// left. A reader is a small value: a decoder parses on a copy and assigns it back once a whole
// unit was there, so that "not yet" needs no undoing.
// Network byte order is big endian. Next: UTF8Validator.swift.

/// A position in an array of bytes that moves forward as they are read.
package struct ByteReader: Sendable {
    /// All bytes, those already read included.
    package let bytes: [UInt8]

    /// The index of the next byte to be read.
    package private(set) var position: Int

    /// A reader that begins at `position`; a position outside the array reads nothing.
    package init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = min(max(position, 0), bytes.count)
    }

    /// How many bytes are left.
    package var remaining: Int { bytes.count - position }

    /// The next byte.
    package mutating func readByte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next two bytes as a number, the most significant first.
    package mutating func readUInt16() -> UInt16? {
        guard remaining >= 2 else { return nil }
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    /// The next eight bytes as a number, the most significant first.
    package mutating func readUInt64() -> UInt64? {
        guard remaining >= 8 else { return nil }
        var value: UInt64 = 0
        for byte in bytes[position..<position + 8] { value = value << 8 | UInt64(byte) }
        position += 8
        return value
    }

    /// The next `count` bytes, shared with the array and not copied.
    package mutating func read(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
