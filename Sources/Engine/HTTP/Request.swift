// What a route gets to see of a request. In: a decoded request. Out: its parts, parsed when asked
// for. Next: App.swift.

import HTTPWire
import EngineSockets

/// A request, as a route sees it.
public struct Request {
    /// The request line and the fields.
    public let head: HTTPRequestHead
    /// The body's bytes; empty if there was none.
    public let body: [UInt8]
    private let peer: SocketAddress?

    init(_ request: HTTPRequest, peer: SocketAddress?) {
        head = request.head
        body = request.body
        self.peer = peer
    }

    /// The method: `GET`.
    public var method: String { head.method }

    /// The path without its query, percent-decoded: `/chat`.
    public var path: String { head.path }

    /// The fields (headers), by name in any case.
    public var fields: HTTPFields { head.fields }

    /// A value of the query: `request.query["token"]`.
    public var query: Query { Query(head: head) }

    /// The body as text, or nil when it is not UTF-8.
    public var text: String? { String(validating: body, as: UTF8.self) }

    /// The client's IP address. Behind a proxy that is the proxy's.
    public var address: String { peer?.host ?? "" }
}

/// The query of a request's target, parsed when asked for.
public struct Query {
    let head: HTTPRequestHead

    /// The first value with this name, decoded; nil if there is none.
    public subscript(_ name: String) -> String? { head.queryValue(name) }

    /// All names and values, in their order.
    public var items: [(name: String, value: String)] { head.queryItems }
}
