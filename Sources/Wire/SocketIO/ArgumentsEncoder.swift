// In: an event's name and its arguments, one by one. Out: the text of the payload array and the
// attachments beside it. Next: ValueEncoder.swift, SocketIOPacket.swift.

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

    /// Adds an argument. Throws what its `encode` throws.
    package mutating func append<T: Encodable>(_ value: T) throws {
        appendComma()
        if ValueEncoder.appendDirectly(value, to: &json, &attachments) { return }
        let found = AttachmentList(attachments)
        try ValueEncoder.append(value, to: &json, found)
        attachments = found.list
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
}
