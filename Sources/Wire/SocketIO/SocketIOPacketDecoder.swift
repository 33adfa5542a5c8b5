// In: the messages of one connection, texts and binaries, in their order. Out: packets; a packet
// with attachments is there when its last one is. Its JSON is checked, and not decoded.
// Spec: Socket.IO v5 "Packet encoding". Next: JSONScanner.swift, Arguments.swift.

import EngineBytes

/// Decodes the packets of one connection.
package struct SocketIOPacketDecoder: Sendable {
    /// A packet whose attachments are still to come; its text is known to be good.
    private struct Unfinished {
        let head: Head
        let elements: [Range<Int>]
        var attachments: [[UInt8]] = []
    }

    /// What a packet says before its payload.
    private struct Head {
        let type: SocketIOPacketType
        var attachmentCount = 0
        var namespace = "/"
        var ackID: Int?
        var payload: ArraySlice<UInt8> = []

        /// Otherwise, with arguments, it is an acknowledgement.
        var isEvent: Bool { type == .event || type == .binaryEvent }
    }

    private let limits: SocketIOLimits
    private var unfinished: Unfinished?

    package init(limits: SocketIOLimits = SocketIOLimits()) {
        self.limits = limits
    }

    /// Takes a text message, which has to be valid UTF-8. Nil: attachments are still to come.
    package mutating func decode(
        text: ArraySlice<UInt8>
    ) throws(SocketIOError) -> SocketIOPacket? {
        guard unfinished == nil else { throw .missingAttachments }
        let head = try parseHead(text)
        switch head.type {
        case .connect:
            return .connect(namespace: head.namespace, payload: try object(head.payload))
        case .connectError:
            return .connectError(namespace: head.namespace, payload: try object(head.payload))
        case .disconnect:
            guard head.payload.isEmpty, head.ackID == nil else { throw .unexpectedPayload }
            return .disconnect(namespace: head.namespace)
        case .event, .ack, .binaryEvent, .binaryAck:
            let elements = try elements(of: head)
            guard head.attachmentCount > 0 else { return try packet(head, elements, []) }
            unfinished = Unfinished(head: head, elements: elements)
            return nil
        }
    }

    /// Takes a binary message: the next attachment. Nil: more are still to come.
    package mutating func decode(binary: [UInt8]) throws(SocketIOError) -> SocketIOPacket? {
        guard var packet = unfinished else { throw .unexpectedBinary }
        unfinished = nil
        packet.attachments.append(binary)
        guard packet.attachments.count == packet.head.attachmentCount else {
            unfinished = packet
            return nil
        }
        return try self.packet(packet.head, packet.elements, packet.attachments)
    }

    // MARK: - The head: type, count-, /namespace, id

    private func parseHead(_ text: ArraySlice<UInt8>) throws(SocketIOError) -> Head {
        guard let first = text.first else { throw .empty }
        guard let type = SocketIOPacketType(rawValue: first) else { throw .unknownType }
        var head = Head(type: type)
        var rest = text.dropFirst()
        if type == .binaryEvent || type == .binaryAck {
            guard let count = try takeNumber(&rest), rest.popFirst() == "-" else {
                throw .badAttachmentCount
            }
            guard count <= limits.attachments else {
                throw .tooManyAttachments(limit: limits.attachments)
            }
            head.attachmentCount = count
        }
        if rest.first == "/" { head.namespace = try takeNamespace(&rest) }
        if type != .connect, type != .connectError { head.ackID = try takeNumber(&rest) }
        head.payload = Self.trimmed(rest)
        return head
    }

    /// Without the blanks that JSON allows around a value. Mostly there are none.
    /// Spec: RFC 8259 §2
    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == .lf || byte == .cr
    }

    private func takeNumber(_ rest: inout ArraySlice<UInt8>) throws(SocketIOError) -> Int? {
        let digits = rest.prefix(while: \.isDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        guard let number: Int = JSONReader.plainInteger(digits) else { throw .badAckID }
        return number
    }

    private func takeNamespace(_ rest: inout ArraySlice<UInt8>) throws(SocketIOError) -> String {
        let name = rest.prefix { $0 != .comma }
        guard name.count <= limits.namespace else {
            throw .namespaceTooLong(limit: limits.namespace)
        }
        rest = rest.dropFirst(name.count + 1)
        return String(decoding: name, as: UTF8.self)
    }

    // MARK: - The packet

    private func packet(
        _ head: Head, _ elements: [Range<Int>], _ attachments: [[UInt8]]
    ) throws(SocketIOError) -> SocketIOPacket {
        // A placeholder that names no attachment would surprise a handler later.
        guard attachments.isEmpty || placeholdersAreGood(in: head.payload, attachments)
        else { throw .badPlaceholder }
        let arguments = Arguments(
            json: head.payload, elements: elements, hasName: head.isEvent,
            attachments: attachments)
        if head.isEvent {
            return .event(namespace: head.namespace, ackID: head.ackID, arguments)
        }
        guard let ackID = head.ackID else { throw .missingAckID }
        return .ack(namespace: head.namespace, ackID: ackID, arguments)
    }

    /// What comes with CONNECT and CONNECT_ERROR: an object, or nothing.
    private func object(_ payload: ArraySlice<UInt8>) throws(SocketIOError) -> JSONText? {
        guard !payload.isEmpty else { return nil }
        guard payload.first == "{" else { throw .unexpectedPayload }
        try JSONScanner.check(payload, depthLimit: limits.depth)
        return JSONText(payload)
    }

    /// Checks the payload of an event or an acknowledgement, and finds its elements.
    private func elements(of head: Head) throws(SocketIOError) -> [Range<Int>] {
        guard head.payload.first == "[" else {
            throw head.payload.isEmpty ? .missingPayload : .unexpectedPayload
        }
        let elements = try JSONScanner.elements(of: head.payload, limits: limits)
        if head.isEvent { try checkName(head.payload, elements.first) }
        return elements
    }

    private func checkName(
        _ payload: ArraySlice<UInt8>, _ range: Range<Int>?
    ) throws(SocketIOError) {
        guard let range, let first = payload[range].first else { throw .missingPayload }
        let isString = first == .quote
        guard isString || JSONReader.isNumber(payload[range]) else { throw .badEventName }
        guard range.count <= limits.eventName else {
            throw .eventNameTooLong(limit: limits.eventName)
        }
        if isString, ReservedEvents.mayMatch(payload[range]) {
            guard let name = JSONReader.string(payload[range]),
                !ReservedEvents.names.contains(name)
            else { throw .reservedEventName }
        }
    }
}

/// Names that the library itself uses: no event may bear them.
package enum ReservedEvents {
    package static let names: Set<String> = [
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    ]

    /// A quick look at a name in quotes: all of them begin with c, d, n or r, or with an escape.
    static func mayMatch(_ quoted: ArraySlice<UInt8>) -> Bool {
        switch quoted.dropFirst().first {
        case "c"?, "d"?, "n"?, "r"?: true
        default: quoted.contains(.backslash)
        }
    }
}

/// What the core does not look at. More has a method of the same name, which takes its place.
private protocol PlaceholderCheck {}
extension PlaceholderCheck {
    fileprivate func placeholdersAreGood(in: ArraySlice<UInt8>, _: [[UInt8]]) -> Bool { true }
}
extension SocketIOPacketDecoder: PlaceholderCheck {}
