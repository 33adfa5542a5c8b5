// A module of the user's own.

public struct CSystem {
    public init() {}
    public var name: String { "my CSystem" }
}
