// What a route answers, in the words of a stage: `.html(…)`, `.text(…)`, `.json(…)`, `.file(…)`.
// In: a value. Out: a response with its type and length. Next: App.swift.

import Foundation
import HTTPWire

/// The answer to a request.
public typealias Response = HTTPResponse

/// A status code with its phrase.
public typealias Status = HTTPStatus

extension HTTPResponse {
    /// A page of HTML, in UTF-8.
    public static func html(_ page: String, _ status: HTTPStatus = .ok) -> HTTPResponse {
        .bytes(Array(page.utf8), type: "text/html; charset=utf-8", status)
    }

    /// Plain text, in UTF-8.
    public static func text(_ text: String, _ status: HTTPStatus = .ok) -> HTTPResponse {
        .bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status)
    }

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

    /// A file in the folder Public, by its path there: `.file("step1/index.html")`. Throws when it
    /// cannot be read. (An app's `pages` are served without a route, and checked for changes.)
    public static func file(_ path: String) throws -> HTTPResponse {
        let url = try PublicFolder.find().appending(path: path)
        let body = Array(try Data(contentsOf: url))
        let type = MediaType.of(url.lastPathComponent)
        var response = bytes(body, type: type)
        response.fields.add("Accept-Ranges", "bytes")
        if type.hasPrefix("text/html") {
            response.fields.add("Content-Security-Policy", ContentSecurityPolicy.forPage(body))
        }
        return response
    }

    /// A status, with its phrase for a person to read.
    public static func status(_ status: HTTPStatus) -> HTTPResponse {
        .text("\(status.code) \(status.reasonPhrase)\n", status)
    }

    /// Any bytes, with their media type.
    public static func bytes(
        _ body: [UInt8], type: String, _ status: HTTPStatus = .ok
    ) -> HTTPResponse {
        var response = HTTPResponse(status: status, body: body)
        response.fields.add("Content-Type", type)
        response.fields.add("X-Content-Type-Options", "nosniff")
        return response
    }
}
