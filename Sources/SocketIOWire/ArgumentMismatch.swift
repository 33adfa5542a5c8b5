// An argument that does not fit the handler's type: no handler runs, and the log says why.
// In: what was asked for and what came. Out: a sentence. Next: Arguments.swift.

import Bytes

/// An argument is not what the handler asks for.
public struct ArgumentMismatch: Error, CustomStringConvertible, Sendable {
    /// Counted from 1, as a person does.
    public let number: Int
    /// The type that the handler asks for.
    public let expected: String
    /// What came instead.
    public let arrived: String

    init(_ index: Int, expected: Any.Type, arrived: ArraySlice<UInt8>?) {
        number = index + 1
        self.expected = "\(expected)"
        self.arrived = arrived.map(Self.describe) ?? "nothing"
    }

    public var description: String {
        "argument \(number): expected \(expected), but \(arrived) arrived"
    }

    private static func describe(_ text: ArraySlice<UInt8>) -> String {
        let excerpt = escapedForLog(String(decoding: text.prefix(80), as: UTF8.self))
        let kind =
            switch text.first {
            case UInt8(ascii: "\""): "the string"
            case UInt8(ascii: "{"): "the object"
            case UInt8(ascii: "["): "the array"
            case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): "the value"
            default: "the number"
            }
        return "\(kind) \(excerpt)\(text.count > 80 ? "…" : "")"
    }
}
