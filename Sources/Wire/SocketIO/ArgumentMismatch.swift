// An argument that does not fit the handler's type: no handler runs, and the log says why.
// In: what was asked for and what came. Out: a sentence. Next: Arguments.swift.

import EngineBytes

/// An argument is not what the handler asks for.
public struct ArgumentMismatch: Error, CustomStringConvertible, Sendable {
    /// Counted from 1, as a person does.
    public let number: Int
    /// The type that the handler asks for.
    public let expected: String
    /// What came instead.
    public let arrived: String
    /// Where in the argument it does not fit: `from.name`, `tags[1]`; nil: the whole does not.
    public let field: String?
    /// Why, in more words.
    private let reason: String

    init(
        _ index: Int, expected: Any.Type, arrived: ArraySlice<UInt8>?, _ error: (any Error)? = nil
    ) {
        number = index + 1
        self.expected = "\(expected)"
        self.arrived = arrived.map(Self.describe) ?? "nothing"
        var path: [any CodingKey] = []
        let sentence = Self.sentence(expected: "\(expected)", arrived: arrived)
        switch error {
        case DecodingError.keyNotFound(let key, let context)?:
            path = context.codingPath + [key]
            reason = context.debugDescription
        case DecodingError.typeMismatch(_, let context)?,
            DecodingError.valueNotFound(_, let context)?:
            path = context.codingPath
            reason = path.isEmpty ? sentence : context.debugDescription
        case DecodingError.dataCorrupted(let context)?:
            path = context.codingPath
            let why = context.debugDescription
            reason = path.isEmpty ? "\(sentence): \(why)" : why
        case let other?: reason = "\(sentence): \(other)"
        case nil: reason = sentence
        }
        field = path.isEmpty ? nil : Self.name(of: path)
    }

    public var description: String {
        "argument \(number): \(field.map { "field `\($0)`: " } ?? "")\(reason)"
    }

    /// `expected Int, but the string "text" arrived`
    static func sentence(expected: String, arrived: ArraySlice<UInt8>?) -> String {
        "expected \(expected), but \(arrived.map(describe) ?? "nothing") arrived"
    }

    /// `from.name`, `tags[1]`
    private static func name(of path: [any CodingKey]) -> String {
        path.reduce("") { name, key in
            if let index = key.intValue { return "\(name)[\(index)]" }
            return name.isEmpty ? key.stringValue : "\(name).\(key.stringValue)"
        }
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
