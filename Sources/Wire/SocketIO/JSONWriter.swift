// In: plain values. Out: their JSON, appended to bytes. Nothing is escaped that need not be: a
// text in any language goes out as it is. Spec: RFC 8259 §7. Next: ArgumentsEncoder.swift.

import EngineBytes

/// Writes JSON.
package enum JSONWriter {
    /// A string in quotes.
    package static func append(_ text: consuming String, to json: inout [UInt8]) {
        json.append("\"")
        text.withUTF8 { text in
            var start = 0
            while true {
                let special = text.indexOfSpecial(from: start)
                json.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<special]))
                guard special < text.count else { break }
                appendEscape(of: text[special], to: &json)
                start = special + 1
            }
        }
        json.append("\"")
    }

    private static func appendEscape(of byte: UInt8, to json: inout [UInt8]) {
        json.append("\\")
        switch byte {
        case 0x08: json.append("b")
        case 0x0C: json.append("f")
        case .lf: json.append("n")
        case .cr: json.append("r")
        case .tab: json.append("t")
        case .quote, .backslash: json.append(byte)
        default:
            let digits = String(byte, radix: 16)
            json.append(contentsOf: (digits.count == 1 ? "u000" : "u00").utf8)
            json.append(contentsOf: digits.utf8)
        }
    }

    static func append(_ number: Int, to json: inout [UInt8]) {
        if number < 0 { json.append("-") }
        json.append(decimal: number.magnitude)
    }

    static func append(_ truth: Bool, to json: inout [UInt8]) {
        json.append(contentsOf: (truth ? "true" : "false").utf8)
    }

    /// A number; null for one that JSON does not have, as JSON.stringify writes it.
    package static func append<Number: BinaryFloatingPoint & CustomStringConvertible>(
        _ number: Number, to json: inout [UInt8]
    ) {
        guard number.isFinite else { return json.append(contentsOf: "null".utf8) }
        var text = number.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        json.append(contentsOf: text.utf8)
    }

    /// What is between two brackets, with commas between.
    static func appendList<Items: Collection>(
        _ items: Items, _ open: Unicode.Scalar, _ close: Unicode.Scalar, to json: inout [UInt8],
        _ append: (Items.Element, inout [UInt8]) -> Void
    ) {
        json.append(open)
        for (index, item) in items.enumerated() {
            if index > 0 { json.append(",") }
            append(item, &json)
        }
        json.append(close)
    }
}
