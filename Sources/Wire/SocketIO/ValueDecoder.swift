// In: the text of one JSON value, and the type that a handler asks for. Out: a value of that type,
// or a DecodingError that names the field, what was expected there and what came.
// Foundation's decoder would not do: it says no field where a number does not fit, holds names for
// equal that are not, and knows neither attachments nor JavaScript's dates.
// Next: DirectType.swift; DecodingContainers.swift for what is within; ArgumentMismatch.swift.

import EngineBytes

/// A JSON text with the place of each of its values, read once for all types within.
final class ValueSource: Sendable {
    /// Levels that a type may have: each of them stands on the stack, which may be small (half a
    /// megabyte on threads that are not the first).
    static let depthLimit = 64

    let text: ArraySlice<UInt8>
    let places: [JSONScanner.Place]
    let attachments: [[UInt8]]

    init(
        _ text: ArraySlice<UInt8>, _ attachments: [[UInt8]], depthLimit: Int = depthLimit
    ) throws(SocketIOError) {
        self.text = text
        self.attachments = attachments
        places = try JSONScanner.places(in: text, depthLimit: depthLimit)
    }

    func text(at index: Int) -> ArraySlice<UInt8> {
        text[(text.startIndex + places[index].start)..<(text.startIndex + places[index].end)]
    }
}

/// Decodes one value of a text; also those that are nothing but one value.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
    let source: ValueSource
    /// The value's number in the source.
    let index: Int
    /// Where it lies: in what, and as what.
    var parents: [any CodingKey] = []
    var key: (any CodingKey)?

    var codingPath: [any CodingKey] { key.map { parents + [$0] } ?? parents }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var text: ArraySlice<UInt8> { source.text(at: index) }

    /// A value of this type.
    static func decode<T: Decodable>(
        _ type: T.Type, _ text: ArraySlice<UInt8>, _ attachments: [[UInt8]]
    ) throws -> T {
        try ValueDecoder(source: ValueSource(text, attachments), index: 0).decode(type)
    }

    /// A value within this one.
    func child(_ index: Int, _ key: some CodingKey) -> ValueDecoder {
        ValueDecoder(source: source, index: index, parents: codingPath, key: key)
    }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try DecodedMembers(self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try DecodedElements(self) }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The value is no `expected`; `name` says it where the type's own name would not.
    func mismatch(_ expected: Any.Type, _ name: String? = nil) -> DecodingError {
        let sentence = ArgumentMismatch.sentence(expected: name ?? "\(expected)", arrived: text)
        return .typeMismatch(
            expected, .init(codingPath: codingPath, debugDescription: sentence))
    }

    /// There is no such value.
    func missing(_ key: some CodingKey) -> DecodingError {
        .keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
    }

    // MARK: - Values

    func decodeNil() -> Bool { text.first == "n" }

    func decode<T: Decodable & FixedWidthInteger>(_ type: T.Type) throws -> T {
        guard let number: T = JSONReader.integer(text) else { throw mismatch(type) }
        return number
    }

    func decode<T: Decodable & BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: T.Type
    ) throws -> T {
        guard let number: T = JSONReader.floating(text) else { throw mismatch(type) }
        return number
    }

    /// Also for truth values and strings.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if DirectType.includes(type) {
            return try DirectType.decode(type, text) { throw mismatch(type) }
        }
        guard let own = type as? any HasOwnJSON.Type else { return try T(from: self) }
        guard let value = own.value(of: self) as? T else { throw mismatch(type) }
        return value
    }
}
