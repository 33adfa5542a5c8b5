// A module of the user's own.

public struct Sockets {
    public init() {}
    public var name: String { "my Sockets" }
}
