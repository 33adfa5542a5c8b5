// Which compression a client can read, and likes best. In: the field Accept-Encoding. Out: a
// coding, or none. Spec: RFC 9110 §8.4.1, §12.4.2, §12.5.3.
// Next: Engine/More/Compression/HTTPCompression.swift.

import EngineBytes

/// A compression of bodies, by its name in the fields.
/// Spec: RFC 9110 §8.4.1
package enum ContentCoding: String, CaseIterable, Sendable {
    case gzip
    /// In the format of zlib.
    case deflate

    /// The coding that a client likes best, gzip where it likes both; nil: the body goes as it is,
    /// also where the client has ruled that out.
    /// Spec: RFC 9110 §12.5.3
    package static func preferred(by field: String) -> ContentCoding? {
        var named: [ContentCoding: Int] = [:]
        var (others, identity): (Int, Int?) = (0, nil)
        for element in Array(field.utf8).split(separator: .comma) {
            let parts = element.split(
                separator: .semicolon, maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first?.trimmed else { continue }
            let weight = parts.count > 1 ? Self.weight(parts[1].trimmed) : 1_000
            if name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip") {
                named[.gzip] = weight
            } else if name.equalsIgnoringCase("deflate") {
                named[.deflate] = weight
            } else if name.equalsIgnoringCase("identity") {
                identity = weight
            } else if name.equals("*") {
                others = weight
            }
        }
        let weights = allCases.map { (coding: $0, weight: named[$0] ?? others) }
        let best = weights.reduce(weights[0]) { $1.weight > $0.weight ? $1 : $0 }
        return best.weight > 0 && best.weight >= identity ?? 0 ? best.coding : nil
    }

    /// `q=0.8` is 800. What is no weight rules its coding out.
    /// Spec: RFC 9110 §12.4.2
    private static func weight(_ parameter: ArraySlice<UInt8>) -> Int {
        guard parameter.count >= 3, parameter.prefix(2).equalsIgnoringCase("q=") else { return 0 }
        let value = parameter.dropFirst(2)
        guard let first = value.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"),
            value.count <= 5, value.count == 1 || value.dropFirst().first == UInt8(ascii: "."),
            value.dropFirst(2).allSatisfy(\.isDigit)
        else { return 0 }
        let digits = value.dropFirst(2) + [UInt8](repeating: UInt8(ascii: "0"), count: 3)
        let thousandths = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return min(1_000, Int(first - UInt8(ascii: "0")) * 1_000 + thousandths)
    }
}
