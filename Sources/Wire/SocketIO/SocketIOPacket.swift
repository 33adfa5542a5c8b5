// One packet of Socket.IO v5: a namespace, what the packet is (an event, an acknowledgement, coming
// and going), and the data. Next: SocketIOPacketDecoder.swift, the way from bytes.

import EngineBytes

/// The text of one JSON value, known to be valid.
package struct JSONText: Equatable, Sendable {
    package let bytes: ArraySlice<UInt8>
    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

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
        let type: SocketIOPacketType = arguments.attachments.isEmpty ? .event : .binaryEvent
        append(type, namespace, ackID, arguments, to: &text)
    }

    /// `3/admin,456`: what stands in front of an acknowledgement's arguments.
    package static func appendAckHead(namespace: String, ackID: Int, to text: inout [UInt8]) {
        appendHead(.ack, 0, namespace, ackID, to: &text)
    }

    /// Makes `3/admin,456[…]`, at `start`, a packet with attachments: `61-/admin,456[…]`.
    package static func announce(
        _ attachments: Int, inAckAt start: Int, of text: inout [UInt8]
    ) {
        guard attachments > 0 else { return }
        let head = "\(UnicodeScalar(SocketIOPacketType.binaryAck.rawValue))\(attachments)-"
        text.replaceSubrange(start...start, with: head.utf8)
    }

    /// `0{"sid":"…"}` as the server says it; `members` are further ones, each with a comma first.
    package static func connect(namespace: String, sid: String, members: String) -> [UInt8] {
        var text = packet(.connect, namespace, "")
        text.append(literal: "{\"sid\":\"")
        text.append(contentsOf: sid.utf8)
        text.append("\"")
        text.append(contentsOf: members.utf8)
        text.append("}")
        return text
    }

    /// `0/admin,{"token":"…"}` as a client says it.
    package static func connect(namespace: String, json: String) -> [UInt8] {
        packet(.connect, namespace, json)
    }

    /// `4/admin,{"message":"Not authorized"}`.
    package static func connectError(namespace: String, json: String) -> [UInt8] {
        packet(.connectError, namespace, json)
    }

    static func packet(
        _ type: SocketIOPacketType, _ namespace: String, _ json: String
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(64 + json.utf8.count)
        let payload = EncodedArguments(json: Array(json.utf8), attachments: [])
        append(type, namespace, nil, payload, to: &text)
        return text
    }

    private static func append(
        _ type: SocketIOPacketType, _ namespace: String, _ ackID: Int?,
        _ payload: EncodedArguments, to text: inout [UInt8]
    ) {
        appendHead(type, payload.attachments.count, namespace, ackID, to: &text)
        text.append(contentsOf: payload.json)
    }

    private static func appendHead(
        _ type: SocketIOPacketType, _ attachments: Int, _ namespace: String, _ ackID: Int?,
        to text: inout [UInt8]
    ) {
        text.append(type.rawValue)
        if attachments > 0 {
            text.append(contentsOf: String(attachments).utf8)
            text.append("-")
        }
        // The main namespace goes without saying.
        if namespace != "/" {
            text.append(contentsOf: namespace.utf8)
            text.append(",")
        }
        if let ackID { text.append(decimal: ackID.magnitude) }
    }
}
