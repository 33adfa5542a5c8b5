// Values of any shape, and bytes, on their way from JSON and back. Bytes travel beside the JSON as
// attachments, with placeholders in their places.
// Spec: Socket.IO v5 "Packet encoding". Next: JSON.swift, ../DirectType.swift.

import EngineBytes
import Foundation

extension JSON: HasOwnJSON {
    /// Nil: a number too large, or a placeholder without an attachment.
    static func value(of decoder: ValueDecoder) -> JSON? {
        var builder = JSONBuilder(source: decoder.source)
        let value = builder.value(at: decoder.index)
        return builder.sawNumberTooLarge ? nil : value
    }

    func append(to json: inout [UInt8], _ attachments: inout [[UInt8]]) {
        switch self {
        case .null: json.append(contentsOf: "null".utf8)
        case .bool(let truth): JSONWriter.append(truth, to: &json)
        case .int(let number): JSONWriter.append(number, to: &json)
        case .string(let text): JSONWriter.append(text, to: &json)
        case .double(let number): JSONWriter.append(number, to: &json)
        case .array(let elements):
            JSONWriter.appendList(elements, "[", "]", to: &json) {
                $0.append(to: &$1, &attachments)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            JSONWriter.appendList(sorted, "{", "}", to: &json) { member, json in
                JSONWriter.append(member.key, to: &json)
                json.append(":")
                member.value.append(to: &json, &attachments)
            }
        case .binary(let data): data.append(to: &json, &attachments)
        }
    }
}

extension Data: HasOwnJSON {
    static func value(of decoder: ValueDecoder) -> Data? { JSON.value(of: decoder)?.binary }

    func append(to json: inout [UInt8], _ attachments: inout [[UInt8]]) {
        json.append(contentsOf: "{\"_placeholder\":true,\"num\":\(attachments.count)}".utf8)
        attachments.append(Array(self))
    }
}

extension SocketIOPacketDecoder {
    /// Whether there is an attachment for each placeholder. Whether its numbers fit is another
    /// question, which the handler's type answers.
    func placeholdersAreGood(in arguments: Arguments) -> Bool {
        let (text, attachments) = (arguments.source, arguments.attachments)
        guard let source = try? ValueSource(text, attachments, depthLimit: .max) else {
            return false
        }
        var builder = JSONBuilder(source: source)
        return builder.value(at: 0) != nil
    }
}

/// Builds values of any shape.
private struct JSONBuilder {
    let source: ValueSource
    /// JSON knows no end of numbers, a Double does.
    private(set) var sawNumberTooLarge = false

    init(source: ValueSource) { self.source = source }

    /// The value with this number. Nil: a placeholder in it names no attachment.
    mutating func value(at index: Int) -> JSON? {
        switch source.text(at: index).first {
        case "["?: array(at: index)
        case "{"?: object(at: index)
        default: scalar(source.text(at: index))
        }
    }

    private mutating func array(at index: Int) -> JSON? {
        var elements: [JSON] = []
        var element = index + 1
        while element < source.places[index].next {
            guard let value = value(at: element) else { return nil }
            elements.append(value)
            element = source.places[element].next
        }
        return .array(elements)
    }

    /// An object that stands for an attachment becomes that attachment.
    private mutating func object(at index: Int) -> JSON? {
        var members = JSON.Members()
        var name = index + 1
        while name < source.places[index].next {
            let number = source.places[name].next
            guard let value = value(at: number) else { return nil }
            members[JSONReader.string(source.text(at: name)) ?? ""] = value
            name = source.places[number].next
        }
        guard !source.attachments.isEmpty, members["_placeholder"] == .bool(true) else {
            return .object(members)
        }
        guard let number = members["num"]?.int, source.attachments.indices.contains(number) else {
            return nil
        }
        return .binary(Data(source.attachments[number]))
    }

    private mutating func scalar(_ text: ArraySlice<UInt8>) -> JSON {
        if let string = JSONReader.string(text) { return .string(string) }
        if let bool = JSONReader.bool(text) { return .bool(bool) }
        if let int: Int = JSONReader.plainInteger(text) { return .int(int) }
        if text.first == "n" { return .null }
        if let double: Double = JSONReader.floating(text) { return .double(double) }
        sawNumberTooLarge = true
        return .double(.infinity)
    }
}
