// In: nothing. Out: how much of everything a client may send in one request, each number with its
// reason. The decoder refuses as soon as a limit is known to be crossed, so that no client can make
// the server hold more than these few kilobytes per connection.
// Next: HTTPRequestDecoder.swift.

/// The limits of one request.
public struct HTTPLimits: Sendable {
    /// The longest request target, in bytes. RFC 9110 §4.1 asks for 8,000 at least; a Socket.IO
    /// client needs about 100. Over it: 414.
    public var target = 8 * 1_024

    /// The longest head, in bytes, the request line and the final empty line included: a full
    /// target and as much again for fields. Browsers keep a site's cookies below 8 KiB or so.
    /// Over it: 431.
    public var head = 16 * 1_024

    /// The most field lines. A browser sends about 15, a chain of proxies adds ten. Over it: 431.
    public var fields = 100

    /// The longest body, in bytes: Engine.IO's maxPayload, as long-polling sends its packets in
    /// bodies. Over it: 413.
    public var body = 1_000_000

    /// The most empty lines in front of a request. Old clients send one behind a body.
    /// Over it: 400.
    public var leadingEmptyLines = 4

    /// What More keeps with them.
    package var extras: (any Sendable)?

    /// The limits as they stand above.
    public init() {}
}
