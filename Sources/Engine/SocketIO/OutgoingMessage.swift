// A Socket.IO packet on its way out: encoded once, with its attachments behind it, for however
// many clients get it. In: encoded arguments. Out: Engine.IO packets.
// Next: EngineIO/OutgoingPacket.swift, Broadcast.swift.

import EngineSockets
import EngineIOWire
import SocketIOEvents
import SocketIOWire

/// A Socket.IO packet on its way out: its text, and its attachments.
struct OutgoingMessage {
    let packet: OutgoingPacket
    let attachments: [OutgoingPacket]
    /// Whether a client that comes back is sent it again.
    private(set) var isKept = false

    /// `write` puts the packet's head in front of the arguments.
    init(_ arguments: EncodedArguments, _ write: (EncodedArguments, inout [UInt8]) -> Void) {
        packet = OutgoingPacket { bytes in
            // Engine.IO's "message".
            bytes.append(UInt8(ascii: "4"))
            write(arguments, &bytes)
        }
        attachments = arguments.attachments.map { OutgoingPacket(binary: $0) }
    }

    /// An event.
    static func event(
        _ event: OutgoingEvent, namespace: String, ackID: Int? = nil
    ) -> OutgoingMessage {
        var message = OutgoingMessage(event.arguments) { arguments, text in
            SocketIOPacketEncoder.appendEvent(
                namespace: namespace, ackID: ackID, arguments, to: &text)
        }
        message.isKept = event.isKept
        return message
    }
}

extension Session {
    /// Sends a packet with its attachments.
    func send(_ message: OutgoingMessage) {
        send(message.packet)
        for attachment in message.attachments { send(attachment) }
    }
}
