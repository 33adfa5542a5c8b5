// What a decoder takes at most, and the error when more comes, or nonsense.
// Next: MessagePackDecoder.swift.

/// Bounds for one message.
package struct MessagePackLimits: Sendable {
    /// Arrays and maps within each other: as many as JSON may have here.
    package var depth = 256
    /// Bytes of a whole message. What is announced within it cannot be more than it has bytes.
    package var size = 67_108_864
    /// Elements of all arrays and maps, keys included: a byte of a message can be one, and takes
    /// thirty times as much memory as a value.
    package var elements = 1_000_000

    package init() {}
}

/// Bytes that are no MessagePack, or too much of it.
package struct MessagePackError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
