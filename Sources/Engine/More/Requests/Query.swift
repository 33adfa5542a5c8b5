// The query of a request, by name. In: a request's head. Out: decoded names and values.
// Next: Sources/Wire/HTTP/HTTPRequestHead.swift.

import HTTPWire

/// The query of a request's target, parsed when asked for.
public nonisolated struct Query: Sendable {
    fileprivate let head: HTTPRequestHead

    /// The first value with this name, decoded; nil if there is none.
    public subscript(_ name: String) -> String? { head.queryValue(name) }

    /// All names and values, decoded, in their order.
    public var items: [(name: String, value: String)] { head.queryItems }
}

extension Request {
    /// The values of the query: `request.query["token"]`.
    public var query: Query { Query(head: head) }
}

extension Handshake {
    /// The query of the request: `handshake.query["token"]`. What stands in an address may be
    /// logged on the way; a secret is better kept in `auth`.
    public var query: Query { request.query }
}
