// The parts of a request that routes ask for most. In: a request. Out: strings.
// Next: HTTP/Request.swift, Query.swift.

import HTTPWire

extension Request {
    /// The method: `GET`.
    public var method: String { head.method }

    /// The path without its query, percent-decoded: `/chat`.
    public var path: String { head.path }

    /// The fields (headers), by name in any case.
    public var fields: HTTPFields { head.fields }

    /// The body as text, or nil when it is not UTF-8.
    public var text: String? { String(validating: body, as: UTF8.self) }
}

extension HTTPExchange {
    /// Whether the client is still there to read an answer.
    var isOpen: Bool { connection?.stream.isOpen == true }
}
