// Values of any shape, and bytes, on their way from JSON and back. Bytes travel beside the JSON as
// attachments, with placeholders in their places.
// Spec: Socket.IO v5 "Packet encoding". Next: JSON.swift, ../DirectType.swift.

import EngineBytes
import Foundation

extension JSON: HasOwnJSON {
    /// Nil: a number too large, or a placeholder without an attachment.
    static func value(ofJSON text: ArraySlice<UInt8>, _ attachments: [[UInt8]]) -> JSON? {
        try? JSONScanner.run(text, depthLimit: .max) { scanner in
            let value = scanner.value(Source(text: text, attachments: attachments))
            return scanner.sawNumberTooLarge ? nil : value
        }
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
            let sorted = members.sorted { JSONWriter.isBefore($0.key, $1.key) }
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
    static func value(ofJSON text: ArraySlice<UInt8>, _ attachments: [[UInt8]]) -> Data? {
        JSON.value(ofJSON: text, attachments)?.binary
    }

    func append(to json: inout [UInt8], _ attachments: inout [[UInt8]]) {
        json.append(contentsOf: "{\"_placeholder\":true,\"num\":\(attachments.count)}".utf8)
        attachments.append(Array(self))
    }
}

extension JSON: MayBeMissing {
    static var missing: JSON { .null }
}

extension SocketIOPacketDecoder {
    /// Whether there is an attachment for each placeholder. Whether its numbers fit is another
    /// question, which the handler's type answers.
    func placeholdersAreGood(in text: ArraySlice<UInt8>, _ attachments: [[UInt8]]) -> Bool {
        let source = Source(text: text, attachments: attachments)
        return (try? JSONScanner.run(text, depthLimit: .max) { $0.value(source) }) != nil
    }
}

/// What values are built from.
private struct Source {
    let text: ArraySlice<UInt8>
    let attachments: [[UInt8]]

    /// A part of the text, by its place from the beginning.
    subscript(range: Range<Int>) -> ArraySlice<UInt8> {
        text[(text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)]
    }
}

extension JSONScanner {
    /// Builds the next value. Nil: it is wrong, or has a placeholder that names no attachment.
    fileprivate mutating func value(_ source: Source) -> JSON? {
        skipSpace()
        switch next {
        case "[":
            var elements: [JSON] = []
            let isGood = list("[", "]") { scanner in
                scanner.value(source).map { elements.append($0) } != nil
            }
            return isGood ? .array(elements) : nil
        case "{":
            var members = JSON.Members()
            let isGood = list("{", "}") { scanner in
                guard let range = scanner.range(of: { $0.string() }),
                    let name = JSONReader.string(source[range]),
                    scanner.colon(), let value = scanner.value(source)
                else { return false }
                members[name] = value
                return true
            }
            return isGood ? resolved(members, source.attachments) : nil
        default:
            return range(of: { $0.scalar() }).map { scalar(source[$0]) }
        }
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

    /// An object that stands for an attachment becomes that attachment.
    private func resolved(_ members: JSON.Members, _ attachments: [[UInt8]]) -> JSON? {
        guard !attachments.isEmpty, members["_placeholder"] == .bool(true) else {
            return .object(members)
        }
        guard let number = members["num"]?.int, attachments.indices.contains(number) else {
            return nil
        }
        return .binary(Data(attachments[number]))
    }
}
