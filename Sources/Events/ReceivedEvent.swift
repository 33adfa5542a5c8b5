// An event on its way through its handlers. In: arguments, undecoded. Out: values of the types that
// a handler asks for, in order; the answer. Next: EventHandlers.swift, Ack.swift.

import SocketIOWire

/// An event that has come. Each handler in turn reads its arguments from the first one on.
struct ReceivedEvent {
    let arguments: Arguments
    var index = 0
    private var pending: PendingAnswer
    /// Made when it is asked for: most handlers return their answer, or have none.
    private var sharedAck: Ack?

    init(_ arguments: consuming Arguments, _ answer: PendingAnswer) {
        self.arguments = arguments
        pending = answer
    }

    /// The next argument. An `Ack` among a handler's parameters stands for no argument.
    mutating func next<T: Decodable>(_ type: T.Type) throws -> T {
        // Not `as? T`: see DirectType.swift.
        if type == Ack.self { return unsafeBitCast(ack, to: type) }
        defer { index += 1 }
        return try arguments.decode(type, at: index)
    }

    /// For handlers that answer later, or not at all. All get the same one: an event is answered
    /// once.
    var ack: Ack {
        mutating get {
            if let sharedAck { return sharedAck }
            let made = Ack(pending)
            (pending, sharedAck) = (.unwanted, made)
            return made
        }
    }

    /// A handler has returned the answer.
    mutating func answer(_ value: some Encodable) {
        if let sharedAck { return sharedAck(value) }
        pending.send { try $0.append(value) }
    }
}
