// A Socket.IO packet on its way out: encoded once, with its attachments behind it, for however
// many clients get it. In: encoded arguments. Out: Engine.IO packets.
// Next: EngineIO/OutgoingPacket.swift.

import EngineIOWire
import SocketIOEvents
import SocketIOWire

/// A Socket.IO packet on its way out: its text, and its attachments.
struct OutgoingMessage {
    private(set) var packet: OutgoingPacket
    private(set) var attachments: [OutgoingPacket]
    /// Whether a client that comes back is sent it again.
    let isKept: Bool

    /// An event.
    init(_ event: OutgoingEvent, namespace: String, ackID: Int? = nil) {
        self.init(event.arguments, isKept: event.isKept) { text in
            SocketIOPacketEncoder.appendEvent(
                namespace: namespace, ackID: ackID, event.arguments, to: &text)
        }
        guard !event.isCompressible else { return }
        packet.isCompressible = false
        for index in attachments.indices { attachments[index].isCompressible = false }
    }

    /// The answer to an event.
    init(ack arguments: EncodedArguments, id: Int, namespace: String) {
        self.init(arguments, isKept: false) { text in
            SocketIOPacketEncoder.appendAck(
                namespace: namespace, ackID: id, arguments, to: &text)
        }
    }

    private init(_ arguments: EncodedArguments, isKept: Bool, _ write: (inout [UInt8]) -> Void) {
        packet = OutgoingPacket { bytes in
            // Engine.IO's "message".
            bytes.append(UInt8(ascii: "4"))
            write(&bytes)
        }
        attachments = arguments.attachments.map { OutgoingPacket(binary: $0) }
        self.isKept = isKept
    }
}

extension Session {
    /// Sends a packet with its attachments.
    func send(_ message: OutgoingMessage) {
        send(message.packet)
        for attachment in message.attachments { send(attachment) }
    }
}
