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
struct EncodedElements: UnkeyedEncodingContainer {
    let encoder: ValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.count }
    private var next: PlainKey { PlainKey(intValue: count) }

    func encodeNil() throws { try encode(Bool?.none) }

    /// Also for plain numbers, truth values and strings.
    func encode<T: Encodable>(_ value: T) throws { try encoder.add(value, as: next) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        encoder.add(later: next).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoder.add(later: next).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.add(later: next) }
}

/// A key that no type has declared: an element's number, or "super".
struct PlainKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
