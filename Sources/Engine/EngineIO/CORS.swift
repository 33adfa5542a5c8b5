// Whether a page of another site may read our answers: the browser asks, these fields answer.
// In: a request's Origin. Out: response fields. Spec: WHATWG Fetch "CORS protocol".

import HTTPWire

/// Which other sites' pages may connect.
public struct CORS {
    /// The origins that are let in, such as `https://chat.example.org`; nil: all.
    public var origins: [String]?
    /// Whether pages may send cookies along.
    public var credentials: Bool

    /// Lets in these origins, or all.
    public init(origins: [String]? = nil, credentials: Bool = false) {
        self.origins = origins
        self.credentials = credentials
    }

    /// Any page of any site.
    public static let any = CORS()

    /// Adds what the browser wants to read. Errors get it as well: otherwise the browser would
    /// hide the reason and blame CORS for it.
    func apply(to response: inout HTTPResponse, for head: HTTPRequestHead) {
        guard let origin = head.fields["Origin"] else { return }
        if origins != nil || credentials { response.fields.add("Vary", "Origin") }
        guard origins?.contains(origin) ?? true else { return }
        let answersAll = origins == nil && !credentials
        response.fields.add("Access-Control-Allow-Origin", answersAll ? "*" : origin)
        if credentials { response.fields.add("Access-Control-Allow-Credentials", "true") }
    }

    /// The answer to the browser's question before the request itself.
    func preflight(for head: HTTPRequestHead) -> HTTPResponse {
        var response = HTTPResponse(status: .noContent)
        apply(to: &response, for: head)
        response.fields.add("Access-Control-Allow-Methods", "GET, POST")
        if let wanted = head.fields["Access-Control-Request-Headers"] {
            response.fields.add("Access-Control-Allow-Headers", wanted)
        }
        return response
    }
}
