// An argument that does not fit the handler's type: no handler runs, and the log says why.
// In: what was asked for and what came. Out: a sentence. Next: Arguments.swift.

import EngineBytes

/// An argument is not what the handler asks for.
public struct ArgumentMismatch: Error, CustomStringConvertible, Sendable {
    /// Counted from 1, as a person does.
    public let number: Int
    /// Where in the argument it does not fit: `from.name`, `tags[1]`; nil: the whole does not.
    public let field: String?
    /// What was expected there, and what came.
    public let reason: String

    init(
        _ index: Int, expected: Any.Type, arrived: ArraySlice<UInt8>?, _ error: (any Error)? = nil
    ) {
        let sentence = Self.sentence(expected: "\(expected)", arrived: arrived)
        var path: [any CodingKey] = []
        var detail = error.map { "\(sentence): \($0)" }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?:
            path = context.codingPath + [key]
            detail = context.debugDescription
        case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
            path = context.codingPath
            detail = path.isEmpty ? nil : context.debugDescription
        case .dataCorrupted(let context)?:
            path = context.codingPath
            detail = (path.isEmpty ? "\(sentence): " : "") + context.debugDescription
        default: break
        }
        number = index + 1
        field = path.isEmpty ? nil : Self.name(of: path)
        reason = detail ?? sentence
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
            case "\""?: "the string"
            case "{"?: "the object"
            case "["?: "the array"
            case "t"?, "f"?, "n"?: "the value"
            default: "the number"
            }
        return "\(kind) \(excerpt)\(text.count > 80 ? "…" : "")"
    }
}
