// A module of the user's own.

public struct Grading {
    public init() {}
    public var name: String { "my Grading" }
}
