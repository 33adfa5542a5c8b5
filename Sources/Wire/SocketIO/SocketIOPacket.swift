// One packet of Socket.IO v5: who is meant (a namespace), what for (an event, an acknowledgement,
// coming and going), and the data.
// In and out: values; the way from and to bytes is in SocketIOPacketDecoder.swift and below.

/// The text of one JSON value, known to be valid.
package struct JSONText: Equatable, Sendable {
    package let bytes: ArraySlice<UInt8>
    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The same text in bytes of its own.
    package func copied() -> JSONText { JSONText(Array(bytes)[...]) }

    /// Decodes the value; nil when its type is another.
    package func decode<T: Decodable>(_ type: T.Type) -> T? {
        let range = bytes.startIndex..<bytes.endIndex
        let one = Arguments(json: bytes, elements: [range], hasName: false, attachments: [])
        return try? one.decode(type, at: 0)
    }
}

/// A packet of Socket.IO.
///
/// Spec: Socket.IO v5 "Exchange protocol"
package enum SocketIOPacket: Sendable {
    /// Into a namespace, with what the client says about itself; and the server's welcome.
    case connect(namespace: String, payload: JSONText?)
    /// Out of a namespace.
    case disconnect(namespace: String)
    /// An event, with an id when the sender wants an acknowledgement.
    case event(namespace: String, ackID: Int?, Arguments)
    /// The answer to the event with this id.
    case ack(namespace: String, ackID: Int, Arguments)
    /// No entry, and why.
    case connectError(namespace: String, payload: JSONText?)
}

/// Writes the text of packets.
///
/// Spec: Socket.IO v5 "Packet encoding"
package enum SocketIOPacketEncoder {
    /// `2["hello",1]`, `2/admin,456["delete",1]`, `51-["photo",{"_placeholder":true,"num":0}]`.
    package static func appendEvent(
        namespace: String, ackID: Int?, _ arguments: EncodedArguments, to text: inout [UInt8]
    ) {
        append(arguments, plain: "2", binary: "5", namespace, ackID, to: &text)
    }

    /// `3/admin,456[]`.
    package static func appendAck(
        namespace: String, ackID: Int, _ arguments: EncodedArguments, to text: inout [UInt8]
    ) {
        append(arguments, plain: "3", binary: "6", namespace, ackID, to: &text)
    }

    private static func append(
        _ arguments: EncodedArguments, plain: Unicode.Scalar, binary: Unicode.Scalar,
        _ namespace: String, _ ackID: Int?, to text: inout [UInt8]
    ) {
        if arguments.attachments.isEmpty {
            text.append(UInt8(ascii: plain))
        } else {
            text.append(UInt8(ascii: binary))
            text.append(contentsOf: String(arguments.attachments.count).utf8)
            text.append(UInt8(ascii: "-"))
        }
        appendNamespace(namespace, to: &text)
        if let ackID { text.append(contentsOf: String(ackID).utf8) }
        text.append(contentsOf: arguments.json)
    }

    /// `0{"sid":"…"}` as the server says it, `0/admin,{"token":"…"}` as a client does.
    package static func connect(namespace: String, json: String) -> [UInt8] {
        head("0", namespace, json)
    }

    /// `4/admin,{"message":"Not authorized"}`.
    package static func connectError(namespace: String, json: String) -> [UInt8] {
        head("4", namespace, json)
    }

    /// `1/admin,`.
    package static func disconnect(namespace: String) -> [UInt8] {
        head("1", namespace, "")
    }

    private static func head(_ type: String, _ namespace: String, _ json: String) -> [UInt8] {
        var text = Array(type.utf8)
        appendNamespace(namespace, to: &text)
        text.append(contentsOf: json.utf8)
        return text
    }

    /// The main namespace goes without saying.
    private static func appendNamespace(_ namespace: String, to text: inout [UInt8]) {
        guard namespace != "/" else { return }
        text.append(contentsOf: namespace.utf8)
        text.append(UInt8(ascii: ","))
    }
}
