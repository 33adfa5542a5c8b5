// One packet of Socket.IO v5: a namespace, what the packet is (an event, an acknowledgement, coming
// and going), and the data. Next: SocketIOPacketDecoder.swift, the way from bytes.

import EngineBytes

/// The text of one JSON value, known to be valid.
package struct JSONText: Equatable, Sendable {
    package let bytes: ArraySlice<UInt8>
    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The same text in bytes of its own.
    package func copied() -> JSONText { JSONText(Array(bytes)[...]) }
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

/// What a packet's text begins with: a digit.
///
/// Spec: Socket.IO v5 "Packet encoding"
enum SocketIOPacketType: UInt8 {
    case connect = 0x30  // the digit 0
    case disconnect, event, ack, connectError, binaryEvent, binaryAck
}

/// Writes the text of packets.
///
/// Spec: Socket.IO v5 "Packet encoding"
package enum SocketIOPacketEncoder {
    /// `2["hello",1]`, `2/admin,456["delete",1]`, `51-["photo",{"_placeholder":true,"num":0}]`.
    package static func appendEvent(
        namespace: String, ackID: Int?, _ arguments: EncodedArguments, to text: inout [UInt8]
    ) {
        append(arguments, .event, .binaryEvent, namespace, ackID, to: &text)
    }

    /// `3/admin,456[]`.
    package static func appendAck(
        namespace: String, ackID: Int, _ arguments: EncodedArguments, to text: inout [UInt8]
    ) {
        append(arguments, .ack, .binaryAck, namespace, ackID, to: &text)
    }

    private static func append(
        _ arguments: EncodedArguments, _ plain: SocketIOPacketType, _ binary: SocketIOPacketType,
        _ namespace: String, _ ackID: Int?, to text: inout [UInt8]
    ) {
        if arguments.attachments.isEmpty {
            text.append(plain.rawValue)
        } else {
            text.append(binary.rawValue)
            text.append(contentsOf: String(arguments.attachments.count).utf8)
            text.append("-")
        }
        appendNamespace(namespace, to: &text)
        if let ackID { text.append(contentsOf: String(ackID).utf8) }
        text.append(contentsOf: arguments.json)
    }

    /// `0{"sid":"…"}` as the server says it, `0/admin,{"token":"…"}` as a client does.
    package static func connect(namespace: String, json: String) -> [UInt8] {
        packet(.connect, namespace, json)
    }

    /// `4/admin,{"message":"Not authorized"}`.
    package static func connectError(namespace: String, json: String) -> [UInt8] {
        packet(.connectError, namespace, json)
    }

    /// `1/admin,`.
    package static func disconnect(namespace: String) -> [UInt8] {
        packet(.disconnect, namespace, "")
    }

    private static func packet(
        _ type: SocketIOPacketType, _ namespace: String, _ json: String
    ) -> [UInt8] {
        var text = [type.rawValue]
        appendNamespace(namespace, to: &text)
        return text + json.utf8
    }

    /// The main namespace goes without saying.
    private static func appendNamespace(_ namespace: String, to text: inout [UInt8]) {
        guard namespace != "/" else { return }
        text.append(contentsOf: namespace.utf8)
        text.append(",")
    }
}
