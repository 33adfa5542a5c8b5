// Any JSON value, for data whose shape is not known beforehand; bytes are one of its kinds, since
// Socket.IO can send them. In: literals, bytes, Codable. Out: the same.
// Next: JSONValues.swift.

import Foundation

/// Any value that an event can carry.
///
/// `let message: JSON = ["from": "Ana", "text": "hello"]`, `message["text"]?.string`
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(Members)
    /// Bytes. They travel beside the JSON, as an attachment.
    case binary(Data)

    /// The text, if it is one.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The truth value, if it is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The whole number, if it is one, however it was written: 5, 5.0, 5e0.
    public var int: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        case .null, .bool, .string, .array, .object, .binary: nil
        }
    }

    /// The number, whole or not.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        case .null, .bool, .string, .array, .object, .binary: nil
        }
    }

    /// The elements, if it is an array.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }

    /// The members, if it is an object. (Of two whose names are the same to Swift and not to the
    /// wire, one is in it; `members` has both.)
    public var object: [String: JSON]? { members?.dictionary }

    /// The members, if it is an object.
    public var members: Members? { if case .object(let value) = self { value } else { nil } }

    /// The bytes, if it is binary.
    public var binary: Data? { if case .binary(let value) = self { value } else { nil } }

    /// An object with these members.
    public static func object(_ members: [String: JSON]) -> JSON { .object(Members(members)) }

    /// A member of an object; nil if there is none, or no object.
    public subscript(_ key: String) -> JSON? { members?[key] }

    /// An element of an array; nil if there is none, or no array.
    public subscript(_ index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Members(elements))
    }
}

extension JSON {
    /// The members of an object. Names are compared byte by byte, as JavaScript does.
    public struct Members: Hashable, Sendable, Sequence, ExpressibleByDictionaryLiteral {
        private var values: [WireName: JSON] = [:]

        /// None yet.
        public init() {}

        /// Those of a dictionary.
        public init(_ members: [String: JSON]) { self.init(members.map { ($0.key, $0.value) }) }

        public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

        /// Of two with the same name the last one counts.
        fileprivate init(_ elements: [(String, JSON)]) {
            for (name, value) in elements { self[name] = value }
        }

        /// How many there are.
        public var count: Int { values.count }

        /// Whether there are none.
        public var isEmpty: Bool { values.isEmpty }

        /// The value of a member; nil if there is none.
        public subscript(_ name: String) -> JSON? {
            get { values[WireName(name)] }
            set { values[WireName(name)] = newValue }
        }

        /// The same as a dictionary of Swift.
        public var dictionary: [String: JSON] {
            Dictionary(map { ($0.key, $0.value) }) { _, last in last }
        }

        /// Walks over names and values, in no order.
        public func makeIterator() -> AnyIterator<(key: String, value: JSON)> {
            var rest = values.makeIterator()
            return AnyIterator { rest.next().map { ($0.key.text, $0.value) } }
        }
    }
}

/// For other coders, such as Foundation's. Socket.IO's own payloads don't come by here: their bytes
/// are attachments, and their names are kept as they came.
extension JSON: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value.dictionary)
        case .binary(let value): try container.encode(value)
        }
    }
}
