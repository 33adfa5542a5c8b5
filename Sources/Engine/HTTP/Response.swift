// What a route answers, in the words of a stage: `.html(…)`, `.text(…)`, `.status(…)`.
// In: a value. Out: a response with its type. Next: Program/Pages.swift (`.file(…)`),
// More/Requests/JSONResponse.swift (`.json(…)`), Sources/Wire/HTTP/HTTPResponse.swift.

import HTTPWire

/// What a route returns: a status, fields (headers) and a body in bytes. Its length, its date and
/// what becomes of the connection are added to it.
public typealias Response = HTTPResponse

extension HTTPResponse {
    /// A page of HTML, in UTF-8.
    public static func html(_ page: String, _ status: HTTPStatus = .ok) -> HTTPResponse {
        .bytes(Array(page.utf8), type: "text/html; charset=utf-8", status)
    }

    /// Plain text, in UTF-8.
    public static func text(_ text: String, _ status: HTTPStatus = .ok) -> HTTPResponse {
        .bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status)
    }

    /// A status, with its phrase for a person to read.
    public static func status(_ status: HTTPStatus) -> HTTPResponse {
        .text("\(status.code) \(status.reasonPhrase)\n", status)
    }

    /// The path is known, the method is not.
    /// Spec: RFC 9110 §15.5.6
    static func methodNotAllowed(_ allowed: [String]) -> HTTPResponse {
        var response = HTTPResponse.status(.methodNotAllowed)
        response.fields.add("Allow", allowed.joined(separator: ", "))
        return response
    }

    /// Any bytes, with their media type, such as `image/png`; browsers guess no other.
    public static func bytes(
        _ body: [UInt8], type: String, _ status: HTTPStatus = .ok
    ) -> HTTPResponse {
        var response = HTTPResponse(status: status, body: body)
        response.fields.add("Content-Type", type)
        response.fields.add("X-Content-Type-Options", "nosniff")
        return response
    }
}
