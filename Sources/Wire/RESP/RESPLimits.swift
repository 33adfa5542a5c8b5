// What a decoder takes from a server at most, and the error when more comes, or nonsense.
// Next: RESPDecoder.swift.

/// Bounds for one value. A server that is trusted may still be another program on this port.
package struct RESPLimits: Sendable {
    /// Bytes of one bulk string. Redis's own bound is 512 MB; no message of ours is near it.
    package var bulk = 67_108_864
    /// Bytes of all bulk strings of one value: what a whole answer may cost in memory.
    package var total = 268_435_456
    /// Elements of one value, at all depths. A page of a stream with 100 entries has about 2,000.
    package var elements = 1_000_000
    /// Arrays, maps and the like within each other. Redis itself uses six or seven.
    package var depth = 32
    /// Bytes of a line: a short text, an error, a number.
    package var line = 65_536

    package init() {}
}

/// Bytes that are no value of the protocol. What follows them has no meaning: the connection has
/// to be closed.
package struct RESPProtocolError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
