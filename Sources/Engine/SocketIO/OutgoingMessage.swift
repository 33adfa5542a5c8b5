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
        var text: [UInt8] = []
        Self.begin(&text)
        SocketIOPacketEncoder.appendEvent(
            namespace: namespace, ackID: ackID, event.arguments, to: &text)
        self.init(&text, event.arguments.attachments, isKept: event.isKept)
        guard !event.isCompressible else { return }
        packet.isCompressible = false
        for index in attachments.indices { attachments[index].isCompressible = false }
    }

    /// Writes what is sent in front of an answer's arguments.
    static func beginAck(_ id: Int, namespace: String, in text: inout [UInt8]) {
        begin(&text)
        SocketIOPacketEncoder.appendAckHead(namespace: namespace, ackID: id, to: &text)
    }

    /// The answer to an event, which begins so.
    init(ack arguments: consuming EncodedArguments) {
        let attachments = arguments.attachments
        // Behind the room for a frame's header, and the "message".
        SocketIOPacketEncoder.announce(attachments.count, inAckAt: 3, of: &arguments.json)
        self.init(&arguments.json, attachments, isKept: false)
    }

    /// Room for a frame's header, and Engine.IO's "message".
    static func begin(_ text: inout [UInt8]) {
        OutgoingPacket.begin(&text)
        text.append(UInt8(ascii: "4"))
    }

    private init(_ text: inout [UInt8], _ attachments: [[UInt8]], isKept: Bool) {
        packet = OutgoingPacket(ending: &text)
        self.attachments = attachments.map { OutgoingPacket(binary: $0) }
        self.isKept = isKept
    }
}

extension Session {
    /// Sends a packet with its attachments.
    func send(_ message: OutgoingMessage) {
        if message.attachments.isEmpty { return send(message.packet) }
        for packet in [message.packet] + message.attachments { send(packet) }
    }
}
