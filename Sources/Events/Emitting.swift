// `socket.emit("chat message", "hello")`. In: a name and values. Out: an event, encoded once for
// all that will get it. Next: Engine/SocketIO/Broadcast.swift (to many), More/Asking.swift (with an
// answer).

import EngineSockets
import SocketIOWire

/// An event that is encoded, once for all that will get it, and has not been sent yet.
public nonisolated struct OutgoingEvent: Sendable {
    package let arguments: EncodedArguments
    /// Whether a client that comes back will be sent it again.
    package let isKept: Bool
    /// Whether it may be compressed on its way.
    package var isCompressible = true

    /// An event that was encoded elsewhere.
    package init(arguments: EncodedArguments, isKept: Bool = false) {
        self.arguments = arguments
        self.isKept = isKept
    }

    /// `encoder` has written the name already. Nil, and a line in the log, when the event cannot be
    /// encoded: a mistake of the program's.
    init?(
        _ name: String, _ encoder: consuming ArgumentsEncoder,
        _ write: (inout ArgumentsEncoder) throws -> Void
    ) {
        guard !ReservedEvents.include(name) else {
            Log.write("\"\(name)\" is a reserved event name: choose another one to emit")
            return nil
        }
        do {
            try write(&encoder)
        } catch {
            Log.write("the event \"\(name)\" could not be encoded: \(error)")
            return nil
        }
        self.init(arguments: (consume encoder).finish())
    }

    /// The same, with these arguments.
    init?<each Argument: Encodable>(_ name: String, _ arguments: repeat each Argument) {
        self.init(name, ArgumentsEncoder(eventName: name)) { encoder in
            repeat try encoder.append(each arguments)
        }
    }
}

/// What an event can be sent to: a socket, a room, a namespace, all clients of a server.
@MainActor public protocol EventTarget {
    /// Sends an event to all that are meant, once to each.
    func deliver(_ event: OutgoingEvent)
}

extension EventTarget {
    /// Sends an event. To a socket that has gone: no effect. What cannot be encoded is logged, and
    /// nothing is sent.
    public func emit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        if let event = OutgoingEvent(event, repeat each arguments) { deliver(event) }
    }
}
