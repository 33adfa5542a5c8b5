// The status code of a response, with the words that go beside it in the status line. The words are
// for people: clients must ignore them, so a code that is not in this list has none.
// Spec: RFC 9110 §15 (codes), RFC 9112 §4 (status line). Next: HTTPResponse.swift.

/// The status code of a response.
/// Spec: RFC 9110 §15
public struct HTTPStatus: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// Three digits, 100 … 999.
    public let code: Int
    /// The words beside the code; empty for a code that the engine does not know.
    public let reasonPhrase: String

    public static let `continue` = HTTPStatus(100, "Continue")
    public static let switchingProtocols = HTTPStatus(101, "Switching Protocols")
    public static let ok = HTTPStatus(200, "OK")
    public static let created = HTTPStatus(201, "Created")
    public static let noContent = HTTPStatus(204, "No Content")
    public static let partialContent = HTTPStatus(206, "Partial Content")
    public static let movedPermanently = HTTPStatus(301, "Moved Permanently")
    public static let found = HTTPStatus(302, "Found")
    public static let seeOther = HTTPStatus(303, "See Other")
    public static let notModified = HTTPStatus(304, "Not Modified")
    public static let badRequest = HTTPStatus(400, "Bad Request")
    public static let unauthorized = HTTPStatus(401, "Unauthorized")
    public static let forbidden = HTTPStatus(403, "Forbidden")
    public static let notFound = HTTPStatus(404, "Not Found")
    public static let methodNotAllowed = HTTPStatus(405, "Method Not Allowed")
    public static let requestTimeout = HTTPStatus(408, "Request Timeout")
    public static let contentTooLarge = HTTPStatus(413, "Content Too Large")
    public static let targetTooLong = HTTPStatus(414, "URI Too Long")
    public static let unsupportedMediaType = HTTPStatus(415, "Unsupported Media Type")
    public static let rangeNotSatisfiable = HTTPStatus(416, "Range Not Satisfiable")
    public static let expectationFailed = HTTPStatus(417, "Expectation Failed")
    public static let upgradeRequired = HTTPStatus(426, "Upgrade Required")
    public static let tooManyRequests = HTTPStatus(429, "Too Many Requests")
    public static let headTooLarge = HTTPStatus(431, "Request Header Fields Too Large")
    public static let internalServerError = HTTPStatus(500, "Internal Server Error")
    public static let notImplemented = HTTPStatus(501, "Not Implemented")
    public static let serviceUnavailable = HTTPStatus(503, "Service Unavailable")
    public static let versionNotSupported = HTTPStatus(505, "HTTP Version Not Supported")

    private static let known: [HTTPStatus] = [
        .continue, .switchingProtocols, .ok, .created, .noContent, .partialContent,
        .movedPermanently, .found, .seeOther, .notModified, .badRequest, .unauthorized,
        .forbidden, .notFound, .methodNotAllowed, .requestTimeout, .contentTooLarge,
        .targetTooLong, .unsupportedMediaType, .rangeNotSatisfiable, .expectationFailed,
        .upgradeRequired, .tooManyRequests, .headTooLarge, .internalServerError,
        .notImplemented, .serviceUnavailable, .versionNotSupported,
    ]

    private init(_ code: Int, _ reasonPhrase: String) {
        self.code = code
        self.reasonPhrase = reasonPhrase
    }

    /// The status with this code. A number that does not have three digits can't be written in a
    /// status line; the server's mistake then shows as 500.
    public init(_ code: Int) {
        let code = (100...999).contains(code) ? code : 500
        self = Self.known.first { $0.code == code } ?? HTTPStatus(code, "")
    }

    public init(integerLiteral code: Int) { self.init(code) }

    /// Whether a response with this status has a body and a length at all.
    /// Spec: RFC 9110 §6.4.1
    package var allowsBody: Bool { !isInterim && code != 204 && code != 304 }

    /// Whether the final response to the request is still to come, or never comes (101).
    /// Spec: RFC 9110 §15.2
    package var isInterim: Bool { code < 200 }
}
