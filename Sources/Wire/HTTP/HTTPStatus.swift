// The status code of a response, with the words that go beside it in the status line. The words are
// for people: clients must ignore them, so a code that is not in this list has none.
// Spec: RFC 9110 §15 (codes), RFC 9112 §4 (status line). Next: HTTPResponse.swift.

/// The status code of a response.
/// Spec: RFC 9110 §15
public struct HTTPStatus: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// Three digits, 100 … 999.
    public let code: Int
    /// The words beside the code; empty for a code that the engine does not know.
    public var reasonPhrase: String { Self.phrases[code] ?? "" }

    public static let switchingProtocols: HTTPStatus = 101
    public static let ok: HTTPStatus = 200
    public static let badRequest: HTTPStatus = 400
    public static let forbidden: HTTPStatus = 403
    public static let notFound: HTTPStatus = 404
    public static let methodNotAllowed: HTTPStatus = 405
    public static let requestTimeout: HTTPStatus = 408
    public static let contentTooLarge: HTTPStatus = 413
    public static let targetTooLong: HTTPStatus = 414
    public static let expectationFailed: HTTPStatus = 417
    public static let upgradeRequired: HTTPStatus = 426
    public static let headTooLarge: HTTPStatus = 431
    public static let internalServerError: HTTPStatus = 500
    public static let notImplemented: HTTPStatus = 501
    public static let serviceUnavailable: HTTPStatus = 503
    public static let versionNotSupported: HTTPStatus = 505

    private static let phrases: [Int: String] = [
        100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 204: "No Content",
        206: "Partial Content", 301: "Moved Permanently", 302: "Found", 303: "See Other",
        304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type",
        416: "Range Not Satisfiable", 417: "Expectation Failed", 426: "Upgrade Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
        505: "HTTP Version Not Supported",
    ]

    /// The status with this code. A number that does not have three digits can't be written in a
    /// status line; the server's mistake then shows as 500.
    public init(_ code: Int) { self.code = (100...999).contains(code) ? code : 500 }

    public init(integerLiteral code: Int) { self.init(code) }

    /// Whether a response with this status has a body and a length at all.
    /// Spec: RFC 9110 §6.4.1
    package var allowsBody: Bool { !isInterim && code != 204 && code != 304 }

    /// Whether the final response to the request is still to come, or never comes (101).
    /// Spec: RFC 9110 §15.2
    package var isInterim: Bool { code < 200 }
}
