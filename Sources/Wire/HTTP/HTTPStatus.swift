// In: a number. Out: a status code with the words that go beside it in the status line. The words
// are for people: clients must ignore them, so an unknown code has none.
// Spec: RFC 9110 §15 (codes), RFC 9112 §4 (status line). Next: HTTPResponse.swift.

/// The status code of a response.
/// Spec: RFC 9110 §15
public struct HTTPStatus: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// Three digits, 100 … 999.
    public let code: Int

    /// The status with this code. A number that does not have three digits can't be written in a
    /// status line; the server's mistake then shows as 500.
    public init(_ code: Int) {
        self.code = code >= 100 && code <= 999 ? code : 500
    }

    public init(integerLiteral code: Int) { self.init(code) }

    /// Whether a response with this status has a body and a length at all.
    /// Spec: RFC 9110 §6.4.1
    package var allowsBody: Bool { !isInterim && code != 204 && code != 304 }

    /// Whether the final response to the request is still to come, or never comes (101).
    /// Spec: RFC 9110 §15.2
    package var isInterim: Bool { code < 200 }

    public static let `continue` = HTTPStatus(100)
    public static let switchingProtocols = HTTPStatus(101)
    public static let ok = HTTPStatus(200)
    public static let created = HTTPStatus(201)
    public static let noContent = HTTPStatus(204)
    public static let partialContent = HTTPStatus(206)
    public static let movedPermanently = HTTPStatus(301)
    public static let found = HTTPStatus(302)
    public static let seeOther = HTTPStatus(303)
    public static let notModified = HTTPStatus(304)
    public static let badRequest = HTTPStatus(400)
    public static let unauthorized = HTTPStatus(401)
    public static let forbidden = HTTPStatus(403)
    public static let notFound = HTTPStatus(404)
    public static let methodNotAllowed = HTTPStatus(405)
    public static let requestTimeout = HTTPStatus(408)
    public static let contentTooLarge = HTTPStatus(413)
    public static let targetTooLong = HTTPStatus(414)
    public static let unsupportedMediaType = HTTPStatus(415)
    public static let rangeNotSatisfiable = HTTPStatus(416)
    public static let expectationFailed = HTTPStatus(417)
    public static let upgradeRequired = HTTPStatus(426)
    public static let tooManyRequests = HTTPStatus(429)
    public static let headTooLarge = HTTPStatus(431)
    public static let internalServerError = HTTPStatus(500)
    public static let notImplemented = HTTPStatus(501)
    public static let serviceUnavailable = HTTPStatus(503)
    public static let versionNotSupported = HTTPStatus(505)

    /// The words beside the code; empty for a code that the engine does not know.
    /// Spec: RFC 9110 §15
    public var reasonPhrase: String {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
