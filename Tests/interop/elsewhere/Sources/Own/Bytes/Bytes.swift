// A module of the user's own.

public struct Bytes {
    public init() {}
    public var name: String { "my Bytes" }
}
