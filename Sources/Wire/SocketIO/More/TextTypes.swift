// Dates and addresses, which are strings in JSON, and decimal numbers, which lose nothing there.
// Without this file they would be what their own `Codable` makes of them.
// Next: ISO8601.swift, ../DirectType.swift.

import Foundation

extension Date: HasOwnJSON {
    static func value(of decoder: ValueDecoder) -> Date? {
        JSONReader.string(decoder.text).flatMap(ISO8601.date)
    }

    func append(to json: inout [UInt8], _: inout [[UInt8]]) {
        json.append(contentsOf: (ISO8601.text(of: self).map { "\"\($0)\"" } ?? "null").utf8)
    }
}

extension URL: HasOwnJSON {
    static func value(of decoder: ValueDecoder) -> URL? {
        JSONReader.string(decoder.text).flatMap { URL(string: $0) }
    }

    func append(to json: inout [UInt8], _: inout [[UInt8]]) {
        JSONWriter.append(absoluteString, to: &json)
    }
}

extension Decimal: HasOwnJSON {
    static func value(of decoder: ValueDecoder) -> Decimal? {
        guard JSONReader.isNumber(decoder.text) else { return nil }
        return Decimal(string: String(decoding: decoder.text, as: UTF8.self))
    }

    func append(to json: inout [UInt8], _: inout [[UInt8]]) {
        json.append(contentsOf: (isNaN ? "null" : description).utf8)
    }
}

extension JSON {
    /// The moment, if it is a text in ISO 8601, as JSON.stringify writes a Date.
    public var date: Date? { string.flatMap(ISO8601.date) }

    /// A moment, as JSON.stringify writes a Date: in UTC, with milliseconds; `.null` for one that
    /// JavaScript does not have.
    public static func date(_ date: Date) -> JSON {
        ISO8601.text(of: date).map { .string($0) } ?? .null
    }
}
