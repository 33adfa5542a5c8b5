// In: the messages of one connection, texts and binaries, in their order. Out: packets; a packet
// with attachments is there when its last one is. Its JSON is checked, and not decoded.
// Spec: Socket.IO v5 "Packet encoding". Next: JSONScanner.swift, Arguments.swift.

import EngineBytes

/// The limits of one packet. Over any of them the connection is closed.
package struct SocketIOLimits: Sendable {
    /// Binary attachments of one packet: the reference's number. Each is a message that the
    /// decoder has to hold until the last one is there.
    package var attachments = 10
    /// Levels of arrays and objects: each of them is a call of its own while a value is built.
    package var depth = 256
    /// Arguments of one event: far more than any handler takes.
    package var arguments = 1_000
    /// Bytes of an event's name.
    package var eventName = 1_024
    /// Bytes of a namespace's name.
    package var namespace = 1_024

    package init() {}
}

/// Why a message is not a packet. The connection is closed: what else was lost can't be known.
package struct SocketIOError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was wrong, and what was expected.
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// Decodes the packets of one connection.
package struct SocketIOPacketDecoder: Sendable {
    /// What a packet says before its payload.
    private struct Head {
        let type: SocketIOPacketType
        var attachmentCount = 0
        var namespace = "/"
        var ackID: Int?

        /// Otherwise, with arguments, it is an acknowledgement.
        var isEvent: Bool { type == .event || type == .binaryEvent }
    }

    private let limits: SocketIOLimits
    /// A packet whose attachments are still to come; its text is known to be good. In a list, since
    /// nearly every connection has none: that takes 8 bytes instead of 100.
    private var unfinished: [(head: Head, arguments: Arguments)] = []

    package init(limits: SocketIOLimits = SocketIOLimits()) {
        self.limits = limits
    }

    /// Takes a text message, which has to be valid UTF-8. Nil: attachments are still to come.
    package mutating func decode(
        text: ArraySlice<UInt8>
    ) throws(SocketIOError) -> SocketIOPacket? {
        guard unfinished.isEmpty else {
            throw SocketIOError("a packet came before the attachments of the last one")
        }
        var payload = text
        let head = try takeHead(&payload)
        switch head.type {
        case .connect:
            return .connect(namespace: head.namespace, payload: try object(payload))
        case .connectError:
            return .connectError(namespace: head.namespace, payload: try object(payload))
        case .disconnect:
            guard payload.isEmpty, head.ackID == nil else {
                throw SocketIOError("a DISCONNECT packet has neither an id nor a payload")
            }
            return .disconnect(namespace: head.namespace)
        case .event, .ack, .binaryEvent, .binaryAck:
            let arguments = try arguments(payload, head)
            if head.attachmentCount > 0 {
                unfinished = [(head, arguments)]
                return nil
            }
            return try packet(head, arguments)
        }
    }

    /// Takes a binary message: the next attachment. Nil: more are still to come.
    package mutating func decode(binary: [UInt8]) throws(SocketIOError) -> SocketIOPacket? {
        guard let (head, unfilled) = unfinished.popLast() else {
            throw SocketIOError("a binary message came without a packet that announced it")
        }
        var arguments = unfilled
        arguments.attachments.append(binary)
        guard arguments.attachments.count == head.attachmentCount else {
            unfinished = [(head, arguments)]
            return nil
        }
        // A placeholder that names no attachment would surprise a handler later.
        guard placeholdersAreGood(in: arguments) else {
            throw SocketIOError("a placeholder names an attachment that does not exist")
        }
        return try packet(head, arguments)
    }

    // MARK: - The head: type, count-, /namespace, id

    /// Leaves the payload, without the blanks in front of it that JSON allows.
    private func takeHead(_ rest: inout ArraySlice<UInt8>) throws(SocketIOError) -> Head {
        guard let type = rest.popFirst().flatMap(SocketIOPacketType.init) else {
            throw SocketIOError("a Socket.IO packet must begin with a digit from 0 to 6")
        }
        var head = Head(type: type)
        if type == .binaryEvent || type == .binaryAck {
            guard let count = try takeNumber(&rest), rest.popFirst() == "-" else {
                throw SocketIOError("a binary packet must begin with a count and a hyphen: 51-")
            }
            guard count <= limits.attachments else {
                throw SocketIOError("a packet has at most \(limits.attachments) attachments")
            }
            head.attachmentCount = count
        }
        if rest.first == "/" { head.namespace = try takeNamespace(&rest) }
        if type != .connect, type != .connectError { head.ackID = try takeNumber(&rest) }
        rest = rest.drop { $0.isBlank || $0 == .lf || $0 == .cr }
        return head
    }

    private func takeNumber(_ rest: inout ArraySlice<UInt8>) throws(SocketIOError) -> Int? {
        var (number, index) = (0, rest.startIndex)
        while index < rest.endIndex, let digit = rest[index].digitValue {
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (next, overflowToo) = tens.addingReportingOverflow(Int(digit))
            guard !overflow, !overflowToo else {
                throw SocketIOError("an acknowledgement id must be a number below 2^63")
            }
            number = next
            index += 1
        }
        defer { rest = rest[index...] }
        return index > rest.startIndex ? number : nil
    }

    private func takeNamespace(_ rest: inout ArraySlice<UInt8>) throws(SocketIOError) -> String {
        let name = rest.prefix { $0 != .comma }
        guard name.count <= limits.namespace else {
            throw SocketIOError("a namespace has at most \(limits.namespace) bytes")
        }
        rest = rest.dropFirst(name.count + 1)
        return String(decoding: name, as: UTF8.self)
    }

    // MARK: - The packet

    private func packet(
        _ head: Head, _ arguments: consuming Arguments
    ) throws(SocketIOError) -> SocketIOPacket {
        guard !head.isEvent else {
            return .event(namespace: head.namespace, ackID: head.ackID, arguments)
        }
        guard let ackID = head.ackID else {
            throw SocketIOError("an acknowledgement must have an id")
        }
        return .ack(namespace: head.namespace, ackID: ackID, arguments)
    }

    /// What comes with CONNECT and CONNECT_ERROR: an object, or nothing.
    private func object(_ payload: ArraySlice<UInt8>) throws(SocketIOError) -> JSONText? {
        guard !payload.isEmpty else { return nil }
        guard payload.first == "{" else {
            throw SocketIOError("the payload of a CONNECT packet must be an object")
        }
        _ = try JSONScanner.places(in: payload, depthLimit: limits.depth)
        return JSONText(payload)
    }

    /// The payload of an event or an acknowledgement.
    private func arguments(
        _ payload: ArraySlice<UInt8>, _ head: Head
    ) throws(SocketIOError) -> Arguments {
        guard payload.first == "[" else {
            throw SocketIOError("an event or an acknowledgement has an array: 2[\"name\"]")
        }
        return try Arguments.checked(payload, hasName: head.isEvent, limits: limits)
    }
}

/// Names that the library itself uses: no event may bear them.
package enum ReservedEvents {
    package static let names: Set<String> = [
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    ]

    /// Whether a name is one of them. Nearly all names differ from them in length.
    package static func include(_ name: String) -> Bool {
        hasLength(name.utf8.count) && names.contains(name)
    }

    /// Whether a name, as it came, is one of them.
    static func include(_ json: ArraySlice<UInt8>, mayHaveEscapes: Bool) -> Bool {
        guard mayHaveEscapes || hasLength(json.count - 2) else { return false }
        return JSONReader.string(json).map(names.contains) ?? false
    }

    private static func hasLength(_ count: Int) -> Bool {
        switch count {
        case 7, 10, 11, 13, 14: true
        default: false
        }
    }
}

/// What the core does not look at. More has a method of the same name, which takes its place.
private protocol PlaceholderCheck {}
extension PlaceholderCheck {
    fileprivate func placeholdersAreGood(in: Arguments) -> Bool { true }
}
extension SocketIOPacketDecoder: PlaceholderCheck {}
