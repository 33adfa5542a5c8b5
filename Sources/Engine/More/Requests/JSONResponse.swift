// `.json(["ok": true])`: a value as a route's answer. In: a value. Out: a response.
// Next: HTTP/Response.swift.

import Foundation
import HTTPWire

extension HTTPResponse {
    /// A value as JSON, with dates as JavaScript writes them. Throws what the value's `encode`
    /// throws.
    public static func json(
        _ value: some Encodable, _ status: HTTPStatus = .ok
    ) throws -> HTTPResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(JSON.date(date))
        }
        return .bytes(Array(try encoder.encode(value)), type: "application/json", status)
    }
}
