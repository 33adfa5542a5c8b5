// In: bytes in pieces. Out: a number of 32 bits by which damage is noticed: not by which an
// adversary is. Spec: RFC 1950 §8.2, RFC 1952 §8. Next: Framing.swift.

/// The checksum of zlib: a sum of all bytes, and a sum of those sums.
/// Spec: RFC 1950 §8.2
package struct Adler32: Sendable {
    private static let modulus: UInt64 = 65_521
    private static let lanes = 16
    /// So many steps of sixteen bytes cannot overflow 32 bits before the modulus is taken.
    private static let stretch = 256
    private var low: UInt64 = 1
    private var high: UInt64 = 0

    package init() {}

    package var value: UInt32 { UInt32(high << 16 | low) }

    /// Takes the next bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        // Unsafe, because every byte of a zlib stream passes here: and sixteen in one step.
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index &+ Self.lanes <= bytes.count {
                let steps = min((bytes.count &- index) / Self.lanes, Self.stretch)
                feed(bytes.baseAddress.map { $0 + index }, steps: steps)
                index &+= steps &* Self.lanes
            }
            for byte in bytes[index...] {
                low = (low &+ UInt64(byte)) % Self.modulus
                high = (high &+ low) % Self.modulus
            }
        }
    }

    /// Each lane sums every sixteenth byte, and its own sums. A byte counts in `high` as often as
    /// there are bytes from it to the end: sixteen times its steps, less its lane.
    private mutating func feed(_ bytes: UnsafeRawPointer?, steps: Int) {
        guard let bytes else { return }
        var (sums, sumsOfSums) = (SIMD16<UInt32>.zero, SIMD16<UInt32>.zero)
        for step in 0..<steps {
            let sixteen = bytes.loadUnaligned(
                fromByteOffset: step &* Self.lanes, as: SIMD16<UInt8>.self)
            sums &+= SIMD16<UInt32>(truncatingIfNeeded: sixteen)
            sumsOfSums &+= sums
        }
        high &+= low &* UInt64(steps &* Self.lanes)
        for lane in 0..<Self.lanes {
            low &+= UInt64(sums[lane])
            high &+= UInt64(sumsOfSums[lane]) &* UInt64(Self.lanes)
            high &-= UInt64(sums[lane]) &* UInt64(lane)
        }
        low %= Self.modulus
        high %= Self.modulus
    }
}

/// The checksum of gzip: the remainder of the bytes as one long polynomial.
/// Spec: RFC 1952 §8
package struct CRC32: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    package init() {}

    package var value: UInt32 { ~register }

    /// Takes the next bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        // Unsafe, because every byte of a gzip stream passes here; and eight in one step, each
        // with a table that knows how far from the end of the step it stands: five times as fast.
        Self.tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBytes { bytes in
                var index = 0
                while index &+ 8 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    var mixed = UInt64(littleEndian: word) ^ UInt64(register)
                    var next: UInt32 = 0
                    for place in 0..<8 {
                        next ^= tables[(7 &- place) &* 256 &+ Int(mixed & 0xFF)]
                        mixed &>>= 8
                    }
                    register = next
                    index &+= 8
                }
                while index < bytes.count {
                    let place = Int((register ^ UInt32(bytes[index])) & 0xFF)
                    register = register &>> 8 ^ tables[place]
                    index &+= 1
                }
            }
        }
    }

    /// For each byte, its remainder when no, one, … seven bytes stand behind it.
    private static let tables: [UInt32] = {
        var tables = (UInt32(0)..<256).map { byte in
            (0..<8).reduce(byte) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
        }
        for index in 256..<2_048 {
            let shorter = tables[index - 256]
            tables.append(shorter >> 8 ^ tables[Int(shorter & 0xFF)])
        }
        return tables
    }()
}
