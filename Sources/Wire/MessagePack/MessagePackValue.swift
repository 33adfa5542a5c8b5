// One value of MessagePack, with its members in the order in which they came.
// In: what the decoder has read, or a program's literal. Out: the same, to the encoder.
// `JSON` would not do: its members have no order, and what Redis carries is compared by bytes.
// Spec: MessagePack, spec.md (github.com/msgpack/msgpack).
// Next: MessagePackDecoder.swift, MessagePackJSON.swift.

/// Any value that MessagePack can carry.
package enum MessagePackValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    /// A whole number that is too large for `int`. The decoder makes no other `uint`.
    case uint(UInt64)
    /// Both sizes of floating-point numbers; it is written with 64 bits.
    case double(Double)
    case string(String)
    case binary([UInt8])
    case array([MessagePackValue])
    /// Members in their order. Keys are mostly strings.
    case map([Member])
    /// A moment: seconds since 1970, and nanoseconds (0 to 999,999,999) after it. Type -1.
    case timestamp(seconds: Int64, nanoseconds: UInt32)
    /// Data of a type that a program has chosen (0 to 127), or that is reserved (below 0).
    case ext(Int8, [UInt8])

    /// A key and its value.
    package struct Member: Hashable, Sendable {
        package var key: MessagePackValue
        package var value: MessagePackValue

        package init(_ key: MessagePackValue, _ value: MessagePackValue) {
            self.key = key
            self.value = value
        }
    }
}

extension MessagePackValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: MessagePackValue...) { self = .array(elements) }
    /// The order of the literal is kept.
    package init(dictionaryLiteral elements: (String, MessagePackValue)...) {
        self = .map(elements.map { Member(.string($0.0), $0.1) })
    }
}

extension MessagePackValue {
    /// The text, if it is one.
    package var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The truth value, if it is one.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The whole number, if it is one; 5.0 is 5.
    package var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .uint(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        case .null, .bool, .string, .binary, .array, .map, .timestamp, .ext: nil
        }
    }

    /// The bytes, if it is binary.
    package var binary: [UInt8]? { if case .binary(let value) = self { value } else { nil } }

    /// The elements, if it is an array.
    package var array: [MessagePackValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members in their order, if it is a map.
    package var members: [Member]? { if case .map(let value) = self { value } else { nil } }

    /// A member of a map, by a name that is compared byte by byte; of two, the last. Nil if there
    /// is none, or no map.
    package subscript(_ key: String) -> MessagePackValue? {
        members?.last { $0.key.string?.utf8.elementsEqual(key.utf8) ?? false }?.value
    }

    /// An element of an array; nil if there is none, or no array.
    package subscript(_ index: Int) -> MessagePackValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}
