// `socket.emit("chat message", "hello")`: an event to one client, with or without an answer.
// In: a name and values. Out: its arguments, encoded once, for whoever it is meant for.
// Next: Asking.swift (with an answer), Engine/SocketIO/Broadcast.swift (to many).

import EngineSockets
import SocketIOWire

/// An event that is encoded, once for all who will get it, and has been sent to nobody yet.
public struct OutgoingEvent {
    package let arguments: EncodedArguments
    /// Whether a client that comes back will be sent it again.
    package let isKept: Bool

    /// An event that was encoded somewhere else.
    package init(arguments: EncodedArguments, isKept: Bool = false) {
        self.arguments = arguments
        self.isKept = isKept
    }

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
            isKept = false
        } catch {
            Log.write("the event \"\(name.text)\" could not be encoded: \(error)")
            return nil
        }
    }

    /// The same, with these arguments.
    init?<each Argument: Encodable>(_ name: EventName, _ arguments: repeat each Argument) {
        self.init(name) { encoder in repeat try encoder.append(each arguments) }
    }
}

/// Whomever an event can be sent to: a socket, a room, a namespace, all clients of a server.
@MainActor public protocol EventTarget {
    /// Sends an event to all who are meant, once to each.
    func deliver(_ event: OutgoingEvent)
}

extension EventTarget {
    /// Sends an event. To those who have gone: no effect.
    public func emit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        emit(OutgoingEvent(EventName(event), repeat each arguments))
    }

    /// Sends an event that has a number for a name.
    public func emit<each Argument: Encodable>(
        _ event: Int, _ arguments: repeat each Argument
    ) {
        emit(OutgoingEvent(EventName(event), repeat each arguments))
    }

    /// Sends an event with the arguments of another packet, as they came.
    public func emit(_ event: String, passing arguments: Arguments) {
        emit(OutgoingEvent(EventName(event)) { try $0.append(contentsOf: arguments) })
    }

    /// Sends the event "message".
    public func send<each Argument: Encodable>(_ arguments: repeat each Argument) {
        emit("message", repeat each arguments)
    }

    private func emit(_ event: OutgoingEvent?) {
        if let event { deliver(event) }
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
