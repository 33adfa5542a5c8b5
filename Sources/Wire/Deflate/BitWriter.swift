// In: numbers of some bits. Out: bytes that hold them, the lowest bit of each byte first.
// Spec: RFC 1951 §3.1.1. Next: BlockEncoder.swift, BitReader.swift.

/// Puts bits into bytes.
struct BitWriter: Sendable {
    private(set) var output: [UInt8] = []
    private var bits: UInt64 = 0
    /// How many bits wait for the rest of their byte: 0...7.
    private(set) var count = 0

    /// Adds the lowest `width` bits of `value`, at most 32. The others are zero.
    mutating func write(_ value: Int, width: Int) {
        bits |= UInt64(value) << UInt64(count)
        count += width
        while count >= 8 {
            output.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            count -= 8
        }
    }

    /// Fills a byte that has been begun with zeros.
    mutating func alignToByte() { if count > 0 { write(0, width: 8 - count) } }

    /// Adds whole bytes, at a byte boundary.
    mutating func append(_ bytes: some Collection<UInt8>) { output.append(contentsOf: bytes) }

    /// The bytes that are full.
    mutating func takeBytes() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Adds numbers that have `bitCount` bits all together, fast: the room for all of them is made
    /// once, and `body` writes without checks.
    mutating func write(bitCount: Int, _ body: (inout FastBits) -> Void) {
        let start = output.count
        // Eight bytes more, because they are always written eight at a time.
        output.append(contentsOf: repeatElement(0, count: (count + bitCount) / 8 + 8))
        var (bits, count, end) = (bits, count, start)
        output.withUnsafeMutableBytes { output in
            var fast = FastBits(output: output, end: start, bits: bits, count: count)
            body(&fast)
            (bits, count, end) = (fast.bits, fast.count, fast.end)
        }
        (self.bits, self.count) = (bits, count)
        output.removeSubrange(end...)
    }
}

/// Unsafe, because every symbol passes here: one store for each, instead of an append per byte.
struct FastBits {
    fileprivate let output: UnsafeMutableRawBufferPointer
    fileprivate var end: Int
    fileprivate var bits: UInt64
    fileprivate var count: Int

    /// Adds the lowest `width` bits of `value`, at most 56. The others are zero.
    @inline(__always)
    mutating func write(_ value: UInt64, width: Int) {
        bits |= value &<< UInt64(count)
        count &+= width
        output.storeBytes(of: bits.littleEndian, toByteOffset: end, as: UInt64.self)
        end &+= count &>> 3
        bits &>>= UInt64(count & 56)
        count &= 7
    }
}
