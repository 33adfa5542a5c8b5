// Between JSON, which Socket.IO's packets are written in, and MessagePack, in which Redis carries
// them. Members keep their order both ways, and bytes that stand beside a JSON text as attachments
// stand within MessagePack.
// In: a payload as it is sent to clients. Out: a value. And back. Next: MessagePackValue.swift.

import EngineBytes
import Foundation
import SocketIOWire

extension MessagePackValue {
    /// The value that a JSON text spells, in the order of the text; placeholders of attachments
    /// become bytes. Nil: no valid JSON, deeper than `depthLimit`, or an attachment is missing.
    package init?(
        json: ArraySlice<UInt8>, attachments: [[UInt8]] = [], depthLimit: Int = 256
    ) {
        guard let node = JSONNode(json, attachments: attachments, depthLimit: depthLimit) else {
            return nil
        }
        self.init(node)
    }

    /// The value of an event's payload: `[name, …arguments]`. Nil: see above.
    package init?(_ arguments: EncodedArguments) {
        self.init(json: arguments.json[...], attachments: arguments.attachments)
    }

    private init?(_ node: JSONNode) {
        switch node.content {
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .int(let number): self = .int(number)
        case .uint(let number): self = .uint(number)
        case .double(let number): self = Self.number(number)
        case .string(let text): self = .string(text)
        case .binary(let bytes): self = .binary(bytes)
        case .array(let nodes):
            var elements: [MessagePackValue] = []
            for node in nodes {
                guard let element = MessagePackValue(node) else { return nil }
                elements.append(element)
            }
            self = .array(elements)
        case .object(let nodes):
            var members: [Member] = []
            for (name, node) in nodes {
                guard let value = MessagePackValue(node) else { return nil }
                members.append(Member(.string(name), value))
            }
            self = .map(members)
        case .missingAttachment: return nil
        }
    }

    /// JavaScript has one kind of number: 5.0, 5e0 and 5 are the same, and written as an integer.
    private static func number(_ number: Double) -> MessagePackValue {
        if let int = Int64(exactly: number) { return .int(int) }
        if let uint = UInt64(exactly: number) { return .uint(uint) }
        return .double(number)
    }

    // MARK: - To JSON

    /// The JSON text in this order; bytes become placeholders of `attachments`. As JSON.stringify
    /// has it: NaN is null, and a timestamp a text such as `2026-01-31T12:00:00.000Z`.
    package var json: EncodedArguments {
        var (json, attachments): ([UInt8], [[UInt8]]) = ([], [])
        append(to: &json) { bytes, json in
            json.append(contentsOf: "{\"_placeholder\":true,\"num\":\(attachments.count)}".utf8)
            attachments.append(bytes)
        }
        return EncodedArguments(json: json, attachments: attachments)
    }

    /// The JSON text with bytes as `{"type":"Buffer","data":[1,2]}`, which is what JSON.stringify
    /// makes of them in Node: for messages that are JSON and nothing else.
    package var jsonText: [UInt8] {
        var json: [UInt8] = []
        append(to: &json) { bytes, json in
            let numbers = bytes.map(String.init).joined(separator: ",")
            json.append(contentsOf: "{\"type\":\"Buffer\",\"data\":[\(numbers)]}".utf8)
        }
        return json
    }

    /// Whether there are bytes in it, at any depth.
    package var hasBinary: Bool {
        switch self {
        case .binary: true
        case .array(let elements): elements.contains(where: \.hasBinary)
        case .map(let members): members.contains { $0.key.hasBinary || $0.value.hasBinary }
        // Its data becomes bytes, unless it is nothing.
        case .ext(let type, let data): !Self.isUndefined(type, data)
        case .null, .bool, .int, .uint, .double, .string, .timestamp: false
        }
    }

    private typealias BinaryWriter = ([UInt8], inout [UInt8]) -> Void

    private func append(to json: inout [UInt8], _ binary: BinaryWriter) {
        switch self {
        case .null: json.append(contentsOf: "null".utf8)
        case .bool(let truth): json.append(contentsOf: (truth ? "true" : "false").utf8)
        case .int(let number): json.append(contentsOf: String(number).utf8)
        case .uint(let number): json.append(contentsOf: String(number).utf8)
        case .double(let number): JSONWriter.append(number, to: &json)
        case .string(let text): JSONWriter.append(text, to: &json)
        case .binary(let bytes): binary(bytes, &json)
        case .array(let elements):
            json.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { json.append(.comma) }
                element.append(to: &json, binary)
            }
            json.append("]")
        case .map(let members):
            json.append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { json.append(.comma) }
                member.key.appendName(to: &json)
                json.append(.colon)
                member.value.append(to: &json, binary)
            }
            json.append("}")
        case .timestamp(let seconds, let nanoseconds):
            guard let text = Self.text(seconds, nanoseconds) else {
                return json.append(contentsOf: "null".utf8)
            }
            JSONWriter.append(text, to: &json)
        case .ext(let type, let data):
            if Self.isUndefined(type, data) { return json.append(contentsOf: "null".utf8) }
            // A pair of type and data: what notepack.io reads an unknown extension as.
            MessagePackValue.array([.int(Int64(type)), .binary(data)]).append(to: &json, binary)
        }
    }

    /// A member's name is a text in JSON; another key becomes its own JSON text.
    private func appendName(to json: inout [UInt8]) {
        if case .string(let text) = self { return JSONWriter.append(text, to: &json) }
        JSONWriter.append(String(decoding: jsonText, as: UTF8.self), to: &json)
    }

    /// JavaScript's `undefined`, as notepack.io wrote it before version 3.
    private static func isUndefined(_ type: Int8, _ data: [UInt8]) -> Bool {
        type == 0 && data == [0]
    }

    private static func text(_ seconds: Int64, _ nanoseconds: UInt32) -> String? {
        let milliseconds = Double(nanoseconds / 1_000_000) / 1000
        return ISO8601.text(of: Date(timeIntervalSince1970: Double(seconds) + milliseconds))
    }
}
