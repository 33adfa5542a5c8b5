// In: an event's name and its arguments, one by one. Out: the text of the payload array and the
// attachments beside it. Plain strings and numbers are written here; what has a shape of its own
// goes through Foundation. Next: JSONWriter.swift, SocketIOPacketEncoder.swift.

import Foundation
import Synchronization

/// A payload, ready to be put behind a packet's head, as often as it is sent.
package struct EncodedArguments: Sendable {
    package var json: [UInt8]
    package var attachments: [[UInt8]]

    /// A payload that was encoded somewhere else: a valid array, and what its placeholders mean.
    package init(json: [UInt8], attachments: [[UInt8]]) {
        self.json = json
        self.attachments = attachments
    }
}

/// Writes a payload.
package struct ArgumentsEncoder {
    private var json: [UInt8] = [UInt8(ascii: "[")]
    private var attachments: [[UInt8]] = []

    /// For an acknowledgement: arguments only.
    package init() {
        json.reserveCapacity(64)
    }

    /// For an event: its name comes first.
    package init(eventName: String) {
        json.reserveCapacity(128)
        JSONWriter.append(eventName, to: &json)
    }

    /// For an event that has a number in place of a name.
    package init(eventNumber: Int) {
        JSONWriter.append(eventNumber, to: &json)
    }

    /// Adds an argument. Throws what its `encode` throws, and for numbers that JSON does not have.
    package mutating func append<T: Encodable>(_ value: T) throws {
        appendComma()
        if T.self == String.self, let text = value as? String {
            JSONWriter.append(text, to: &json)
        } else if T.self == Int.self, let number = value as? Int {
            JSONWriter.append(number, to: &json)
        } else if T.self == Bool.self, let truth = value as? Bool {
            JSONWriter.append(truth, to: &json)
        } else if T.self == JSON.self, let any = value as? JSON {
            try JSONWriter.append(any, to: &json, attachments: &attachments)
        } else {
            try appendWithFoundation(value)
        }
    }

    /// Adds all arguments that came with another packet, as they came: for an echo, or a relay.
    package mutating func append(contentsOf arguments: Arguments) throws {
        // Placeholders count from 0 in each packet: behind others they are counted anew.
        let areRenumbered = !attachments.isEmpty && !arguments.attachments.isEmpty
        for index in 0..<arguments.count {
            if areRenumbered {
                try append(try arguments.decode(JSON.self, at: index))
            } else if let text = arguments.text(at: index) {
                appendComma()
                json.append(contentsOf: text)
            }
        }
        if !areRenumbered { attachments += arguments.attachments }
    }

    /// The JSON of one value: for CONNECT and its answers, which have no list.
    package static func text(of value: some Encodable) throws -> String {
        var encoder = ArgumentsEncoder()
        try encoder.append(value)
        return String(decoding: encoder.finish().json.dropFirst().dropLast(), as: UTF8.self)
    }

    /// The payload.
    package consuming func finish() -> EncodedArguments {
        json.append(UInt8(ascii: "]"))
        return EncodedArguments(json: json, attachments: attachments)
    }

    private mutating func appendComma() {
        if json.count > 1 { json.append(UInt8(ascii: ",")) }
    }

    private mutating func appendWithFoundation(_ value: some Encodable) throws {
        let found = Attachments(attachments)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dataEncodingStrategy = .custom { data, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Placeholder(number: found.add(data)))
        }
        json.append(contentsOf: try encoder.encode(value))
        attachments = found.list
    }
}

/// Where the encoder's closure leaves the bytes that it meets.
private final class Attachments: Sendable {
    private let storage: Mutex<[[UInt8]]>

    init(_ list: [[UInt8]]) { storage = Mutex(list) }

    var list: [[UInt8]] { storage.withLock { $0 } }

    func add(_ data: Data) -> Int {
        storage.withLock { list in
            list.append(Array(data))
            return list.count - 1
        }
    }
}
