// Arguments that go on: read again before they leave, kept for later, or passed on as they came.
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

    /// The same arguments in bytes of their own: to keep them does not keep the megabyte that they
    /// may have come in.
    package func copied() -> Arguments {
        let start = json.startIndex
        return Arguments(
            json: Array(json)[...],
            elements: elements.map { ($0.lowerBound - start)..<($0.upperBound - start) },
            hasName: hasName, attachments: attachments)
    }

    private init?(_ encoded: EncodedArguments, hasName: Bool) {
        let json = encoded.json[...]
        guard let elements = try? JSONScanner.elements(of: json, limits: .ofServers) else {
            return nil
        }
        self.init(
            json: json, elements: elements, hasName: hasName, attachments: encoded.attachments)
    }
}

extension ArgumentsEncoder {
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
        let range = bytes.startIndex..<bytes.endIndex
        let one = Arguments(json: bytes, elements: [range], hasName: false, attachments: [])
        return try? one.decode(type, at: 0)
    }
}
