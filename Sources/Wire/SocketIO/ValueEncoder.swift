// In: a value of any type. Out: its JSON, as JSON.stringify would write it, and the bytes in it as
// attachments. Foundation's encoder would not do: it has no way to write null for a number that
// JSON does not have, and of a Decimal that is none it writes what is no JSON at all.
// Next: DirectType.swift, JSONWriter.swift, ArgumentsEncoder.swift.

import EngineBytes

/// Where encoders leave the bytes that they meet.
final class AttachmentList {
    var list: [[UInt8]]
    init(_ list: [[UInt8]]) { self.list = list }
}

/// Encodes one value, and is the container of it or of its elements. A type may open several
/// containers and fill them in turns, so what is within is put together at the end.
final class ValueEncoder: Encoder, SingleValueEncodingContainer {
    private enum Shape { case value, array, object }

    private struct Part {
        let name: String
        let start: Int
        /// Written later, through a container of its own.
        let later: ValueEncoder?
    }

    /// Nil: nothing was encoded, which becomes an empty object.
    private var shape: Shape?
    /// The texts of all parts; or the value itself.
    private var texts: [UInt8] = []
    private var parts: [Part] = []
    private let attachments: AttachmentList
    /// Where it lies: in what, and as what.
    private let parents: [any CodingKey]
    private let key: (any CodingKey)?

    private init(
        _ attachments: AttachmentList, _ parents: [any CodingKey] = [],
        _ key: (any CodingKey)? = nil
    ) {
        self.attachments = attachments
        self.parents = parents
        self.key = key
    }

    /// Adds the JSON of a value that has a shape of its own.
    static func append<T: Encodable>(
        _ value: T, to json: inout [UInt8], _ attachments: inout [[UInt8]]
    ) throws {
        let found = AttachmentList(attachments)
        let encoder = ValueEncoder(found)
        try value.encode(to: encoder)
        encoder.finish(into: &json)
        attachments = found.list
    }

    var codingPath: [any CodingKey] { key.map { parents + [$0] } ?? parents }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        shape = .object
        return KeyedEncodingContainer(EncodedMembers(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        shape = .array
        return self
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    // MARK: - The value itself, or the next element

    private func put(_ json: some Sequence<UInt8>) {
        if shape == .array {
            parts.append(Part(name: "", start: texts.count, later: nil))
        } else {
            shape = .value
            texts = []
        }
        texts.append(contentsOf: json)
    }

    func encodeNil() { put("null".utf8) }

    func encode<T: Encodable & FixedWidthInteger>(_ value: T) { put(String(value).utf8) }

    func encode<T: Encodable & BinaryFloatingPoint & CustomStringConvertible>(_ value: T) {
        var json: [UInt8] = []
        JSONWriter.append(value, to: &json)
        put(json)
    }

    /// Any other value: an element, or one that stands for this one.
    func encode<T: Encodable>(_ value: T) throws {
        if shape == .array { return try add(value, as: next) }
        var json: [UInt8] = []
        guard DirectType.append(value, to: &json, &attachments.list) else {
            return try value.encode(to: self)
        }
        put(json)
    }

    // MARK: - Its parts

    /// How many parts it has.
    var count: Int { parts.count }

    func add<T: Encodable>(_ value: T, as key: some CodingKey) throws {
        let start = texts.count
        if !DirectType.append(value, to: &texts, &attachments.list) {
            let child = ValueEncoder(attachments, codingPath, key)
            try value.encode(to: child)
            child.finish(into: &texts)
        }
        parts.append(Part(name: key.stringValue, start: start, later: nil))
    }

    /// A part that is written later.
    func add(later key: some CodingKey) -> ValueEncoder {
        let child = ValueEncoder(attachments, codingPath, key)
        parts.append(Part(name: key.stringValue, start: texts.count, later: child))
        return child
    }

    /// Adds the whole text. Members are in the order of their names' bytes.
    private func finish(into json: inout [UInt8]) {
        switch shape {
        case .value:
            json.append(contentsOf: texts)
        case .array:
            JSONWriter.appendList(parts.indices, "[", "]", to: &json) { appendPart($0, to: &$1) }
        case .object, nil:
            let order = parts.indices.sorted {
                parts[$0].name.utf8.lexicographicallyPrecedes(parts[$1].name.utf8)
            }
            JSONWriter.appendList(order, "{", "}", to: &json) { index, json in
                JSONWriter.append(parts[index].name, to: &json)
                json.append(":")
                appendPart(index, to: &json)
            }
        }
    }

    private func appendPart(_ index: Int, to json: inout [UInt8]) {
        if let later = parts[index].later { return later.finish(into: &json) }
        let end = index + 1 < parts.count ? parts[index + 1].start : texts.count
        json.append(contentsOf: texts[parts[index].start..<end])
    }
}
