// Whether a page of another site may read our answers: the browser asks, these fields answer.
// The options are those of the reference, which are those of the package `cors`.
// In: a request's Origin. Out: response fields. Spec: WHATWG Fetch "CORS protocol".

import HTTPWire
import EngineSockets

/// Which other sites' pages may connect, and what their browsers are told.
///
/// `options.cors = CORS(origins: ["https://chat.example.org"], credentials: true)`
public nonisolated struct CORS: CrossOriginPolicy {
    /// A choice of origins. An origin is a scheme, a host and a port if it is not the usual one:
    /// `https://chat.example.org`.
    public enum Origins: Sendable {
        /// Every page of every site. Browsers are told `*`, or, where cookies may come along, the
        /// origin that asks, since `*` is not allowed then.
        case any
        /// Every page of every site, and browsers are always told the origin that asks.
        case reflected
        /// These origins: scheme, host and port. Case, the scheme's usual port, and one slash or
        /// dot at the end make no difference; `ws` counts as `http`. A host of another script may
        /// be written as it is or as `xn--…`, which is what browsers send. What is no origin, such
        /// as `null`, is compared to the letter.
        case list([String])
        /// Those for which the closure says true, to which they come as the browser sends them. It
        /// may be asked several times for one request.
        case matching(@MainActor (String) -> Bool)

        /// Those that a pattern matches from the first to the last character: a pattern that need
        /// only occur somewhere would let `https://example.org.evil.net` in. (The reference looks
        /// anywhere in the origin.)
        @MainActor public static func pattern(_ pattern: some RegexComponent) -> Origins {
            .matching { $0.wholeMatch(of: pattern) != nil }
        }
    }

    /// The origins that are let in.
    public var origins: Origins { didSet { listed = origins.listed } }
    /// Those of a list, as they are compared.
    private var listed: [Origin]
    /// Whether pages may send cookies along.
    public var credentials: Bool
    /// The methods that a page may use.
    public var methods = ["GET", "POST"]
    /// The fields that a page may send; nil: all that the browser asks for.
    public var allowedHeaders: [String]?
    /// The fields of an answer that a page may read, beside those that it always may.
    public var exposedHeaders: [String] = []
    /// Seconds that a browser may keep the answer to its question; nil: as it likes (5, mostly).
    public var maxAge: Int?
    /// Whether the browser's question goes on, with its fields set, to the middlewares of
    /// `io.engine`. One of them has to answer it, by an `EngineRefusal`; if none does, the answer
    /// is 400, since a session is never opened by it.
    public var preflightContinue = false
    /// The status of the answer to the browser's question; some old ones choke on 204.
    public var optionsSuccessStatus: HTTPStatus = .noContent

    /// Lets in these origins, or, by nil, all.
    public init(origins: [String]? = nil, credentials: Bool = false) {
        self.init(allowing: origins.map { .list($0) } ?? .any, credentials: credentials)
    }

    /// Lets in the origins of this choice:
    /// `CORS(allowing: .pattern(/https:\/\/.*\.example\.org/))`.
    public init(allowing origins: Origins, credentials: Bool = false) {
        self.origins = origins
        listed = origins.listed
        self.credentials = credentials
    }

    /// Any page of any site.
    public static let any = CORS()

    /// Whether pages of this origin may connect.
    @MainActor public func isAllowed(_ origin: String) -> Bool {
        switch origins {
        case .any, .reflected: true
        case .list(let list):
            list.contains(origin) || Origin(origin).map(listed.contains) ?? false
        case .matching(let isAllowed): isAllowed(origin)
        }
    }

    /// Whether all browsers are told the same.
    private var answersAll: Bool {
        if case .any = origins { !credentials } else { false }
    }

    /// Adds what the browser wants to read. Errors get it as well: otherwise the browser would
    /// hide the reason and blame CORS for it.
    @MainActor public func apply(to response: inout HTTPResponse, for head: HTTPRequestHead) {
        guard head.hasOrigin, let origin = head.fields["Origin"] else { return }
        if !answersAll { response.fields.add("Vary", "Origin") }
        guard isAllowed(origin) else { return }
        response.fields.add("Access-Control-Allow-Origin", answersAll ? "*" : origin)
        if credentials { response.fields.add("Access-Control-Allow-Credentials", "true") }
        if !exposedHeaders.isEmpty {
            response.fields.add(
                "Access-Control-Expose-Headers", exposedHeaders.joined(separator: ", "))
        }
        if preflightContinue, head.hasMethod("OPTIONS") { applyPreflight(to: &response, for: head) }
    }

    /// The answer to the browser's question before the request itself; nil when others give it.
    @MainActor public func preflight(for head: HTTPRequestHead) -> HTTPResponse? {
        guard !preflightContinue else { return nil }
        var response = HTTPResponse(status: optionsSuccessStatus)
        apply(to: &response, for: head)
        applyPreflight(to: &response, for: head)
        return response
    }

    @MainActor private func applyPreflight(
        to response: inout HTTPResponse, for head: HTTPRequestHead
    ) {
        response.fields.add("Access-Control-Allow-Methods", methods.joined(separator: ", "))
        let wanted = head.fields["Access-Control-Request-Headers"]
        if let fields = allowedHeaders?.joined(separator: ", ") ?? wanted {
            response.fields.add("Access-Control-Allow-Headers", fields)
        }
        if let maxAge { response.fields.add("Access-Control-Max-Age", String(maxAge)) }
    }
}

nonisolated extension CORS.Origins {
    /// The origins of a list, as they are compared. What can't be one is said once.
    fileprivate var listed: [Origin] {
        guard case .list(let texts) = self else { return [] }
        return texts.compactMap { text in
            let origin = Authority.asBrowsersWrite(text).flatMap { Origin($0) }
            if origin == nil, text != "null" {
                Log.write(
                    "CORS: \"\(text)\" is no origin; https://chat.example.org would be one"
                        + (text == "*" ? ", and CORS.any is every site" : ""))
            }
            return origin
        }
    }
}
