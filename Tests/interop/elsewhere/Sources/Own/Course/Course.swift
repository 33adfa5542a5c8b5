// A module of the user's own.

public struct Course {
    public init() {}
    public var name: String { "my Course" }
}
