// In: a value of any type. Out: its JSON, as JSON.stringify would write it, and the bytes in it as
// attachments. Foundation's encoder would not do: it has no way to write null for a number that
// JSON does not have, and of a Decimal that is none it writes what is no JSON at all.
// Next: JSONWriter.swift; EncodingContainers.swift for what is within; ArgumentsEncoder.swift.

import Foundation

/// Where encoders leave the bytes that they meet.
final class AttachmentList {
    var list: [[UInt8]]
    init(_ list: [[UInt8]]) { self.list = list }
}

/// Encodes one value; also those that are nothing but one value.
struct ValueEncoder: Encoder, SingleValueEncodingContainer {
    let draft: Draft
    let attachments: AttachmentList
    /// Where it lies: in what, and as what.
    var parents: [any CodingKey] = []
    var key: (any CodingKey)?

    var codingPath: [any CodingKey] { key.map { parents + [$0] } ?? parents }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Adds the JSON of a value that has a shape of its own.
    static func append<T: Encodable>(
        _ value: T, to json: inout [UInt8], _ attachments: AttachmentList
    ) throws {
        let encoder = ValueEncoder(draft: Draft(), attachments: attachments)
        try value.encode(to: encoder)
        encoder.draft.finish(into: &json)
    }

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        draft.shape = .object
        return KeyedEncodingContainer(EncodedMembers(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        draft.shape = .array
        return EncodedElements(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    // MARK: - Values

    func encodeNil() { draft.set { $0.append(contentsOf: "null".utf8) } }

    func encode<T: Encodable & FixedWidthInteger>(_ value: T) {
        draft.set { $0.append(contentsOf: String(value).utf8) }
    }

    func encode<T: Encodable & BinaryFloatingPoint & CustomStringConvertible>(_ value: T) {
        draft.set { JSONWriter.append(value, to: &$0) }
    }

    /// A value that stands for this one; also a truth value or a string.
    func encode<T: Encodable>(_ value: T) throws {
        var json: [UInt8] = []
        guard Self.appendDirectly(value, to: &json, &attachments.list) else {
            return try value.encode(to: self)
        }
        draft.set { $0 = json }
    }

    /// A value within this one.
    func child(_ key: some CodingKey) -> ValueEncoder {
        ValueEncoder(draft: Draft(), attachments: attachments, parents: codingPath, key: key)
    }

    /// The types that don't encode themselves: those that nearly every event has, and those that
    /// have a form of their own in JSON. Comparing types costs next to nothing. False: it is
    /// another type.
    static func appendDirectly<T>(
        _ value: T, to json: inout [UInt8], _ attachments: inout [[UInt8]]
    ) -> Bool {
        if T.self == String.self, let text = value as? String {
            JSONWriter.append(text, to: &json)
        } else if T.self == Int.self, let number = value as? Int {
            JSONWriter.append(number, to: &json)
        } else if T.self == Bool.self, let truth = value as? Bool {
            JSONWriter.append(truth, to: &json)
        } else if T.self == Double.self, let number = value as? Double {
            JSONWriter.append(number, to: &json)
        } else if T.self == JSON.self, let any = value as? JSON {
            JSONWriter.append(any, to: &json, attachments: &attachments)
        } else if T.self == Data.self, let data = value as? Data {
            JSONWriter.append(.binary(data), to: &json, attachments: &attachments)
        } else if T.self == Date.self, let date = value as? Date {
            JSONWriter.append(.date(date), to: &json, attachments: &attachments)
        } else if T.self == URL.self, let url = value as? URL {
            JSONWriter.append(url.absoluteString, to: &json)
        } else if T.self == Decimal.self, let number = value as? Decimal {
            json.append(contentsOf: (number.isNaN ? "null" : number.description).utf8)
        } else {
            return false
        }
        return true
    }
}
