// What is within an object or an array that encodes itself.
// In: members and elements, in whatever order a type gives them. Out: one text.
// Next: ValueEncoder.swift, JSONWriter.swift.

/// A value that is being written. A type may open several containers and fill them in turns, so
/// what is within is put together at the end.
final class Draft {
    enum Shape { case nothing, value, array, object }

    private struct Part {
        let name: String
        let start: Int
        /// Written later: by who has asked for a container of its own.
        let later: Draft?
    }

    var shape = Shape.nothing
    /// The texts of all parts; or the value itself.
    private var texts: [UInt8] = []
    private var parts: [Part] = []

    /// It is this value alone.
    func set(_ write: (inout [UInt8]) -> Void) {
        shape = .value
        texts = []
        write(&texts)
    }

    /// It has this part, under this key of the value's.
    func add<T: Encodable>(
        _ value: T, as key: some CodingKey, of encoder: ValueEncoder
    ) throws {
        let start = texts.count
        if !ValueEncoder.appendDirectly(value, to: &texts, &encoder.attachments.list) {
            let child = encoder.child(key)
            try value.encode(to: child)
            child.draft.finish(into: &texts)
        }
        parts.append(Part(name: name(key), start: start, later: nil))
    }

    func addNull(as key: some CodingKey) {
        parts.append(Part(name: name(key), start: texts.count, later: nil))
        texts.append(contentsOf: "null".utf8)
    }

    /// It will have this part.
    func add(later: Draft, as key: some CodingKey) {
        parts.append(Part(name: name(key), start: texts.count, later: later))
    }

    private func name(_ key: some CodingKey) -> String { shape == .object ? key.stringValue : "" }

    /// How many parts it has.
    var count: Int { parts.count }

    /// Adds the whole text. Members are in the order of their names.
    func finish(into json: inout [UInt8]) {
        switch shape {
        case .value: return json.append(contentsOf: texts)
        case .array: json.append(UInt8(ascii: "["))
        case .object, .nothing: json.append(UInt8(ascii: "{"))
        }
        var order = Array(parts.indices)
        if shape == .object {
            order.sort { JSONWriter.isBefore(parts[$0].name, parts[$1].name) }
        }
        for (position, index) in order.enumerated() {
            if position > 0 { json.append(UInt8(ascii: ",")) }
            if shape == .object {
                JSONWriter.append(parts[index].name, to: &json)
                json.append(UInt8(ascii: ":"))
            }
            if let later = parts[index].later {
                later.finish(into: &json)
            } else {
                let end = index + 1 < parts.count ? parts[index + 1].start : texts.count
                json.append(contentsOf: texts[parts[index].start..<end])
            }
        }
        json.append(shape == .array ? UInt8(ascii: "]") : UInt8(ascii: "}"))
    }
}

/// The members of an object.
struct EncodedMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    private var draft: Draft { encoder.draft }

    func encodeNil(forKey key: Key) { draft.addNull(as: key) }

    /// Also for plain numbers, truth values and strings.
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try draft.add(value, as: key, of: encoder)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        later(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        later(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { later(PlainKey("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { later(key) }

    private func later(_ key: some CodingKey) -> ValueEncoder {
        let child = encoder.child(key)
        draft.add(later: child.draft, as: key)
        return child
    }
}

/// The elements of an array, one after the other.
struct EncodedElements: UnkeyedEncodingContainer {
    let encoder: ValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { draft.count }
    private var draft: Draft { encoder.draft }

    func encodeNil() { draft.addNull(as: PlainKey(count)) }

    /// Also for plain numbers, truth values and strings.
    func encode<T: Encodable>(_ value: T) throws {
        try draft.add(value, as: PlainKey(count), of: encoder)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        later().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { later().unkeyedContainer() }

    func superEncoder() -> any Encoder { later() }

    private func later() -> ValueEncoder {
        let key = PlainKey(count)
        let child = encoder.child(key)
        draft.add(later: child.draft, as: key)
        return child
    }
}
