// `socket.emit("chat message", "hello")`: an event to one client, with or without an answer.
// In: a name and values. Out: a packet, encoded once, and the attachments behind it.
// Next: Broadcast.swift (to many), EngineIO/OutgoingPacket.swift.

import EngineIOWire
import Sockets
import SocketIOWire

/// A Socket.IO packet on its way out: its text, and its attachments.
struct OutgoingMessage {
    let packet: OutgoingPacket
    let attachments: [OutgoingPacket]

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
        _ arguments: EncodedArguments, namespace: String, ackID: Int? = nil
    ) -> OutgoingMessage {
        OutgoingMessage(arguments) { arguments, text in
            SocketIOPacketEncoder.appendEvent(
                namespace: namespace, ackID: ackID, arguments, to: &text)
        }
    }
}

extension Session {
    /// Sends a packet with its attachments.
    func send(_ message: OutgoingMessage) {
        send(message.packet)
        for attachment in message.attachments { send(attachment) }
    }
}

/// An event that is encoded, once for all who will get it, and has been sent to nobody yet.
public struct OutgoingEvent {
    let arguments: EncodedArguments

    /// Nil, and a line in the log, when it cannot be encoded: a mistake of the program's.
    init?(_ name: EventName, _ write: (inout ArgumentsEncoder) throws -> Void) {
        guard !ReservedEvents.names.contains(name.text) else {
            Log.write("\"\(name.text)\" is a reserved event name: choose another one to emit")
            return nil
        }
        do {
            var encoder =
                name.number.map { ArgumentsEncoder(eventNumber: $0) }
                ?? ArgumentsEncoder(eventName: name.text)
            try write(&encoder)
            arguments = encoder.finish()
        } catch {
            Log.write("the event \"\(name.text)\" could not be encoded: \(error)")
            return nil
        }
    }
}

/// Whomever an event can be sent to: a socket, a room, a namespace, all clients of a server.
public protocol EventTarget {
    /// Sends an event to all who are meant, once to each.
    func deliver(_ event: OutgoingEvent)
}

extension EventTarget {
    /// Sends an event. To those who have gone: no effect.
    public func emit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        emit(EventName(event)) { encoder in repeat try encoder.append(each arguments) }
    }

    /// Sends an event that has a number for a name.
    public func emit<each Argument: Encodable>(
        _ event: Int, _ arguments: repeat each Argument
    ) {
        emit(EventName(event)) { encoder in
            repeat try encoder.append(each arguments)
        }
    }

    /// Sends an event with the arguments of another packet, as they came.
    public func emit(_ event: String, passing arguments: Arguments) {
        emit(EventName(event)) { try $0.append(contentsOf: arguments) }
    }

    /// Sends the event "message".
    public func send<each Argument: Encodable>(_ arguments: repeat each Argument) {
        emit("message", repeat each arguments)
    }

    private func emit(_ name: EventName, _ write: (inout ArgumentsEncoder) throws -> Void) {
        if let event = OutgoingEvent(name, write) { deliver(event) }
    }
}

/// The name of an event: a text, or, as some programs have it, a number.
struct EventName {
    let text: String
    let number: Int?

    /// A number: it goes out as one, and `on("1")` hears it.
    init(_ number: Int) {
        text = String(number)
        self.number = number
    }

    /// A name.
    init(_ name: String) {
        text = name
        number = nil
    }
}

extension Socket: EventTarget {
    /// Sends an event to this client.
    public func deliver(_ event: OutgoingEvent) {
        send(.event(event.arguments, namespace: namespace.name))
    }
}
