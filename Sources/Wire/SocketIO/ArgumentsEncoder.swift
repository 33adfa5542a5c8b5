// In: an event's name and its arguments, one by one. Out: the text of the payload array and the
// attachments beside it. Next: ValueEncoder.swift, SocketIOPacket.swift.

import EngineBytes

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
    var json: [UInt8] = []
    var attachments: [[UInt8]] = []

    /// For an acknowledgement: arguments only, behind what `write` adds.
    package init(after write: (inout [UInt8]) -> Void = { _ in }) {
        write(&json)
        json.append("[")
    }

    /// For an event: its name comes first.
    package init(eventName: String) {
        json.reserveCapacity(128)
        json.append("[")
        JSONWriter.append(eventName, to: &json)
    }

    /// Adds an argument. Throws what its `encode` throws.
    package mutating func append<T: Encodable>(_ value: T) throws {
        appendComma()
        if DirectType.append(value, to: &json, &attachments) { return }
        try ValueEncoder.append(value, to: &json, &attachments)
    }

    /// The payload.
    package consuming func finish() -> EncodedArguments {
        json.append("]")
        return EncodedArguments(json: json, attachments: attachments)
    }

    mutating func appendComma() {
        if json.last != UInt8(ascii: "[") { json.append(",") }
    }
}
