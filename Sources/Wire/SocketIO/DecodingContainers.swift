// What is within an object or an array, for a type that decodes itself.
// In: the value's decoder. Out: decoders of its members or elements. Next: ValueDecoder.swift.

/// The members of an object.
struct DecodedMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let decoder: ValueDecoder
    let codingPath: [any CodingKey]
    /// The number of each member's value. Of two with the same name the last one counts, as in
    /// JSON.parse.
    private var members: [WireName: Int] = [:]

    init(_ decoder: ValueDecoder) throws {
        guard decoder.text.first == UInt8(ascii: "{") else {
            throw decoder.mismatch([String: Any].self, "an object")
        }
        self.decoder = decoder
        codingPath = decoder.codingPath
        let source = decoder.source
        var name = decoder.index + 1
        while name < source.places[decoder.index].next {
            let value = source.places[name].next
            members[WireName(JSONParser.string(source.text(at: name)) ?? "")] = value
            name = source.places[value].next
        }
    }

    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0.text) } }

    func contains(_ key: Key) -> Bool { members[WireName(key.stringValue)] != nil }

    private func member(_ key: some CodingKey) throws -> ValueDecoder {
        guard let index = members[WireName(key.stringValue)] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return ValueDecoder(source: decoder.source, index: index, parents: codingPath, key: key)
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

    func superDecoder() throws -> any Decoder { try member(PlainKey("super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// The elements of an array, one after the other.
struct DecodedElements: UnkeyedDecodingContainer {
    private let decoder: ValueDecoder
    let codingPath: [any CodingKey]
    let count: Int?
    private(set) var currentIndex = 0
    /// The number of the next element.
    private var next: Int

    init(_ decoder: ValueDecoder) throws {
        guard decoder.text.first == UInt8(ascii: "[") else {
            throw decoder.mismatch([Any].self, "an array")
        }
        self.decoder = decoder
        codingPath = decoder.codingPath
        next = decoder.index + 1
        var (count, place) = (0, decoder.index + 1)
        while place < decoder.source.places[decoder.index].next {
            count += 1
            place = decoder.source.places[place].next
        }
        self.count = count
    }

    var isAtEnd: Bool { currentIndex == count }

    private func element() throws -> ValueDecoder {
        let key = PlainKey(currentIndex)
        guard !isAtEnd else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return ValueDecoder(source: decoder.source, index: next, parents: codingPath, key: key)
    }

    private mutating func advance() {
        next = decoder.source.places[next].next
        currentIndex += 1
    }

    /// What `read` makes of the next element; if it throws, the next one is still the same.
    private mutating func take<T>(_ read: (ValueDecoder) throws -> T) throws -> T {
        let value = try read(try element())
        advance()
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard try element().decodeNil() else { return false }
        advance()
        return true
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

/// A key that no type has declared: an element's number, or "super".
struct PlainKey: CodingKey {
    private let name: String
    let intValue: Int?
    var stringValue: String { intValue.map(String.init) ?? name }

    init(_ index: Int) {
        name = ""
        intValue = index
    }

    init(_ name: String) {
        self.name = name
        intValue = nil
    }

    init(intValue: Int) { self.init(intValue) }
    init(stringValue: String) { self.init(stringValue) }
}
