// What is within an object or an array, for a type that decodes itself.
// In: the value's decoder. Out: decoders of its members or elements. Next: ValueDecoder.swift.

import EngineBytes

/// The members of an object.
struct DecodedMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let decoder: ValueDecoder
    /// The number of each member's value. Of two with the same name the last one counts, as in
    /// JSON.parse.
    private var members = [WireName: Int](minimumCapacity: 6)

    init(_ decoder: ValueDecoder) throws {
        guard decoder.text.first == "{" else {
            throw decoder.mismatch([String: Any].self, "an object")
        }
        self.decoder = decoder
        let source = decoder.source
        var name = decoder.index + 1
        while name < source.places[decoder.index].next {
            let value = source.places[name].next
            members[WireName(JSONReader.string(source.text(at: name)) ?? "")] = value
            name = source.places[value].next
        }
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0.text) } }

    func contains(_ key: Key) -> Bool { members[WireName(key.stringValue)] != nil }

    private func member(_ key: some CodingKey) throws -> ValueDecoder {
        guard let index = members[WireName(key.stringValue)] else { throw decoder.missing(key) }
        return decoder.child(index, key)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

    /// Also for plain numbers, truth values and strings.
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try member(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try member(PlainKey(stringValue: "super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// The elements of an array, one after the other.
struct DecodedElements: UnkeyedDecodingContainer {
    private let decoder: ValueDecoder
    /// The number of each element.
    private var elements: [Int] = []
    private(set) var currentIndex = 0

    init(_ decoder: ValueDecoder) throws {
        guard decoder.text.first == "[" else { throw decoder.mismatch([Any].self, "an array") }
        self.decoder = decoder
        let source = decoder.source
        var element = decoder.index + 1
        while element < source.places[decoder.index].next {
            elements.append(element)
            element = source.places[element].next
        }
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    /// What `read` makes of the next element; if it throws, the next one is still the same.
    private mutating func take<T>(_ read: (ValueDecoder) throws -> T) throws -> T {
        let key = PlainKey(intValue: currentIndex)
        guard !isAtEnd else { throw decoder.missing(key) }
        let value = try read(decoder.child(elements[currentIndex], key))
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        let isNil = try take { $0.decodeNil() }
        // What is not null is still to be decoded.
        if !isNil { currentIndex -= 1 }
        return isNil
    }

    /// Also for plain numbers, truth values and strings.
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try take { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try take { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try take { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try take { $0 } }
}
