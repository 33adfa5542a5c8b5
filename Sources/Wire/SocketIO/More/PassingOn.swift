// Arguments that were made here, that are read again before they leave, kept for later, or passed
// on as they came.
// Next: ../Arguments.swift, ../ArgumentsEncoder.swift.

extension SocketIOLimits {
    /// For clients, which have chosen their server, and for what this side has encoded: it may be
    /// large.
    package static var ofServers: SocketIOLimits {
        var limits = SocketIOLimits()
        limits.attachments = 1_000
        limits.arguments = 100_000
        return limits
    }
}

extension Arguments {
    /// The arguments of an event that is ready to be sent. Finding where they lie costs one pass
    /// over the text; nothing is decoded before it is asked for. Nil where no decoder of ours would
    /// take it: it is nested too deeply, or has too many arguments.
    package init?(event encoded: EncodedArguments) { self.init(encoded, hasName: true) }

    /// The same for an acknowledgement, which has no name.
    package init?(acknowledgement encoded: EncodedArguments) { self.init(encoded, hasName: false) }

    /// The arguments of an event that came from nowhere: these texts.
    package init(event: String, strings: [String]) {
        var json: [UInt8] = []
        JSONWriter.appendList([event] + strings, "[", "]", to: &json) {
            JSONWriter.append($0, to: &$1)
        }
        source = json[...]
        elements = (try? JSONScanner.elements(in: source, depthLimit: 1)) ?? ElementPlaces()
        hasName = true
    }

    /// The text of the whole array.
    package var json: ArraySlice<UInt8> {
        guard let start = source.firstIndex(of: UInt8(ascii: "[")),
            let end = source.lastIndex(of: UInt8(ascii: "]"))
        else { return source }
        return source[start...end]
    }

    /// The same arguments in bytes of their own: to keep them does not keep the megabyte that they
    /// may have come in.
    package func copied() -> Arguments {
        var copy = self
        copy.source = Array(source)[...]
        return copy
    }

    private init?(_ encoded: EncodedArguments, hasName: Bool) {
        let json = encoded.json[...]
        guard
            var arguments = try? Arguments.checked(json, hasName: hasName, limits: .ofServers)
        else { return nil }
        arguments.attachments = encoded.attachments
        self = arguments
    }
}

extension SocketIOPacketEncoder {
    /// `3/admin,456[]`: a whole acknowledgement, from arguments that are encoded.
    package static func appendAck(
        namespace: String, ackID: Int, _ arguments: EncodedArguments, to text: inout [UInt8]
    ) {
        let start = text.count
        appendAckHead(namespace: namespace, ackID: ackID, to: &text)
        text.append(contentsOf: arguments.json)
        announce(arguments.attachments.count, inAckAt: start, of: &text)
    }
}

extension ArgumentsEncoder {
    /// The JSON of one value: for CONNECT and its answers, which have no list.
    package static func text(of value: some Encodable) throws -> String {
        var encoder = ArgumentsEncoder()
        try encoder.append(value)
        return String(decoding: encoder.finish().json.dropFirst().dropLast(), as: UTF8.self)
    }

    /// For an event that has a number in place of a name.
    package init(eventNumber: Int) {
        self.init()
        JSONWriter.append(eventNumber, to: &json)
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
}

extension JSONText {
    /// Decodes the value; nil when its type is another.
    package func decode<T: Decodable>(_ type: T.Type) -> T? {
        try? ValueDecoder.decode(type, bytes, [])
    }
}
