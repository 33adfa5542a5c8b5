// In: bytes in pieces. Out: bits, the lowest bit of each byte first, or bytes at byte boundaries.
// Several numbers are read from a copy, which is kept if all of them were there.
// Spec: RFC 1951 §3.1.1. Next: Inflater.swift, BitWriter.swift.

/// Takes bits from bytes.
struct BitReader: Sendable {
    private(set) var input: [UInt8] = []
    /// The next byte of `input` that is not in `bits`.
    private(set) var position = 0
    /// The next bits, lowest first, of which `count` are valid. What stands above them is zero, or
    /// the same as the bytes at `position`: taking those in again changes nothing.
    private(set) var bits: UInt64 = 0
    private(set) var count = 0

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if position == input.count {
            input = Array(bytes)
        } else {
            input.removeSubrange(..<position)
            input.append(contentsOf: bytes)
        }
        position = 0
    }

    /// Whether nothing at all is left.
    var isEmpty: Bool { position == input.count && count == 0 }

    /// How many bytes have been fed and not been taken in as bits.
    var unreadCount: Int { input.count - position }

    /// A number of `width` bits, at most 32; nil: they are not all there yet.
    mutating func take(_ width: Int) -> Int? {
        refill()
        guard width <= count else { return nil }
        let value = bits & (1 << UInt64(width) - 1)
        drop(width)
        return Int(value)
    }

    /// At least 48 bits, or all that are there; what is missing reads as zeros.
    mutating func peek() -> UInt64 {
        refill()
        return bits
    }

    mutating func drop(_ width: Int) {
        bits >>= UInt64(width)
        count -= width
    }

    /// Passes over what is left of a byte that has been begun.
    mutating func alignToByte() { drop(count & 7) }

    /// At most `longest` bytes. The reader is at a byte boundary.
    mutating func takeBytes(_ longest: Int) -> ArraySlice<UInt8> {
        guard count == 0 else {
            // Some have been taken in as bits.
            var bytes: ArraySlice<UInt8> = []
            while count >= 8, bytes.count < longest {
                bytes.append(UInt8(truncatingIfNeeded: bits))
                drop(8)
            }
            return bytes
        }
        bits = 0
        let bytes = input[position...].prefix(longest)
        position += bytes.count
        return bytes
    }

    /// Goes on from where the fast path has read `input` to.
    mutating func resume(position: Int, bits: UInt64, count: Int) {
        (self.position, self.bits, self.count) = (position, bits, count)
    }

    private mutating func refill() {
        while count <= 48, position < input.count {
            bits |= UInt64(input[position]) << UInt64(count)
            position += 1
            count += 8
        }
    }
}
