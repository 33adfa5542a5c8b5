// In: bytes and the ways in which a network may cut them. Out: the same bytes in pieces. A decoder
// must give one result, however its input was cut. Next: Bytes/UTF8ValidatorTests.swift.

/// The bytes whole, byte by byte, and in two pieces, cut at every position.
func cuts(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var cuts: [[ArraySlice<UInt8>]] = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
    for position in bytes.indices.dropFirst() {
        cuts.append([bytes[..<position], bytes[position...]])
    }
    return cuts
}

/// A digest as the standards print it.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }.joined()
}
