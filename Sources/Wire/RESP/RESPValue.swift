// What Redis sends: one value of its protocol, of version 2 or 3. An error is a value too: it is
// the answer to one command, and the connection lives on.
// In: what the decoder has read. Out: the same as text, bytes, number, list, fields.
// Spec: RESP specification (redis.io, "Redis serialization protocol"). Next: RESPDecoder.swift.

/// One value of the protocol.
package enum RESPValue: Hashable, Sendable {
    /// Nothing: `$-1`, `*-1` in version 2, `_` in version 3.
    case null
    /// A short text without line breaks: `+OK`.
    case simple(String)
    /// An error: `-ERR unknown command`, or `!` and a length.
    case error(RESPError)
    /// A whole number: `:1`.
    case integer(Int)
    /// Bytes: `$` and a length.
    case bulk([UInt8])
    /// Several values: `*`.
    case array([RESPValue])
    /// `#t` or `#f`.
    case boolean(Bool)
    /// `,1.5`, `,inf`, `,nan`.
    case double(Double)
    /// A whole number of any size, in decimal digits: `(`.
    case bigNumber(String)
    /// Bytes of a kind with a name of three letters, such as `txt`: `=`.
    case verbatim(String, [UInt8])
    /// Pairs, in the order in which they came: `%`.
    case map([Pair])
    /// Several values whose order says nothing: `~`.
    case set([RESPValue])
    /// What is no answer: a published message, for one. `>`.
    case push([RESPValue])

    /// A key and its value.
    package struct Pair: Hashable, Sendable {
        package var key: RESPValue
        package var value: RESPValue

        package init(_ key: RESPValue, _ value: RESPValue) {
            self.key = key
            self.value = value
        }
    }
}

/// An error that Redis reports.
package struct RESPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole text: `NOAUTH Authentication required.`
    package let message: String

    package init(_ message: String) { self.message = message }

    /// The first word, in capital letters by custom: `ERR`, `NOAUTH`, `WRONGTYPE`, `OOM`.
    package var code: Substring { message.prefix { $0 != " " } }

    package var description: String { message }
}

extension RESPValue {
    /// The bytes of a text of any kind.
    package var bytes: [UInt8]? {
        switch self {
        case .bulk(let bytes), .verbatim(_, let bytes): bytes
        case .simple(let text), .bigNumber(let text): Array(text.utf8)
        case .null, .error, .integer, .array, .boolean, .double, .map, .set, .push: nil
        }
    }

    /// A text of any kind. Bytes that are no UTF-8 become U+FFFD.
    package var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// A whole number, also one that came as a text: version 2 sends some so.
    package var integer: Int? {
        if case .integer(let value) = self { value } else { text.flatMap { Int($0) } }
    }

    /// The elements of an array, a set or a push message.
    package var elements: [RESPValue]? {
        switch self {
        case .array(let values), .set(let values), .push(let values): values
        case .null, .simple, .error, .integer, .bulk, .boolean, .double, .bigNumber, .verbatim,
            .map:
            nil
        }
    }

    /// Pairs: those of a map, or of an array whose elements are keys and values in turn, as
    /// version 2 sends a map.
    package var pairs: [Pair]? {
        if case .map(let pairs) = self { return pairs }
        guard let elements, elements.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: elements.count, by: 2).map {
            Pair(elements[$0], elements[$0 + 1])
        }
    }

    /// The error, if it is one.
    package var error: RESPError? { if case .error(let error) = self { error } else { nil } }

    /// Whether it is nothing.
    package var isNull: Bool { self == .null }
}
