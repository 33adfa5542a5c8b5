// In: plain values. Out: their JSON, appended to bytes. Nothing is escaped that need not be: a
// text in any language goes out as it is. Spec: RFC 8259 §7. Next: ArgumentsEncoder.swift.

import Foundation

/// Writes JSON.
package enum JSONWriter {
    /// A string in quotes.
    package static func append(_ text: String, to json: inout [UInt8]) {
        var text = text
        json.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                json.append(contentsOf: bytes[start..<index])
                appendEscape(of: byte, to: &json)
                start = index + 1
            }
            json.append(contentsOf: bytes[start...])
        }
        json.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(of byte: UInt8, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: json.append(UInt8(ascii: "b"))
        case 0x0C: json.append(UInt8(ascii: "f"))
        case 0x0A: json.append(UInt8(ascii: "n"))
        case 0x0D: json.append(UInt8(ascii: "r"))
        case 0x09: json.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): json.append(byte)
        default:
            json.append(contentsOf: "u00".utf8)
            json.append(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 0xF
            json.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    static func append(_ number: Int, to json: inout [UInt8]) {
        json.append(contentsOf: String(number).utf8)
    }

    static func append(_ truth: Bool, to json: inout [UInt8]) {
        json.append(contentsOf: (truth ? "true" : "false").utf8)
    }

    /// A number; null for one that JSON does not have, as JSON.stringify writes it.
    static func append<Number: BinaryFloatingPoint & CustomStringConvertible>(
        _ number: Number, to json: inout [UInt8]
    ) {
        guard number.isFinite else { return json.append(contentsOf: "null".utf8) }
        var text = number.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        json.append(contentsOf: text.utf8)
    }

    /// What stands for the attachment with this number.
    static func append(placeholder number: Int, to json: inout [UInt8]) {
        json.append(contentsOf: "{\"_placeholder\":true,\"num\":\(number)}".utf8)
    }

    /// Any value; its bytes become attachments. Members are in the order of their names.
    static func append(_ value: JSON, to json: inout [UInt8], attachments: inout [[UInt8]]) {
        switch value {
        case .null: json.append(contentsOf: "null".utf8)
        case .bool(let truth): append(truth, to: &json)
        case .int(let number): append(number, to: &json)
        case .string(let text): append(text, to: &json)
        case .double(let number): append(number, to: &json)
        case .array(let elements): append(elements, to: &json, attachments: &attachments)
        case .object(let members): append(members, to: &json, attachments: &attachments)
        case .binary(let data):
            append(placeholder: attachments.count, to: &json)
            attachments.append(Array(data))
        }
    }

    private static func append(
        _ elements: [JSON], to json: inout [UInt8], attachments: inout [[UInt8]]
    ) {
        json.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            append(element, to: &json, attachments: &attachments)
        }
        json.append(UInt8(ascii: "]"))
    }

    private static func append(
        _ members: JSON.Members, to json: inout [UInt8], attachments: inout [[UInt8]]
    ) {
        json.append(UInt8(ascii: "{"))
        for (index, member) in members.sorted(by: { isBefore($0.key, $1.key) }).enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            append(member.key, to: &json)
            json.append(UInt8(ascii: ":"))
            append(member.value, to: &json, attachments: &attachments)
        }
        json.append(UInt8(ascii: "}"))
    }

    /// The order of members: by the bytes of their names.
    static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
