// What is within an object or an array that encodes itself: members and elements, in whatever order
// a type gives them. Next: ValueEncoder.swift.

/// The members of an object.
struct EncodedMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) throws { try encode(Bool?.none, forKey: key) }

    /// Also for plain numbers, truth values and strings.
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try encoder.add(value, as: key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.add(later: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.add(later: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.add(later: PlainKey(stringValue: "super")) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder.add(later: key) }
}

/// The elements of an array, one after the other.
extension ValueEncoder: UnkeyedEncodingContainer {
    var next: PlainKey { PlainKey(intValue: count) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        add(later: next).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        add(later: next).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { add(later: next) }
}

/// A key that no type has declared: an element's number, or "super".
struct PlainKey: CodingKey {
    let stringValue: String
    var intValue: Int?

    init(stringValue: String) { self.stringValue = stringValue }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
