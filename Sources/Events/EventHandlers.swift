// `socket.on("chat message") { (text: String) in … }`: any number of arguments, of any decodable
// types; a value that is returned is the acknowledgement. In: closures. Out: handlers that decode
// what they ask for, or throw what does not fit, before the closure runs.
// Next: Listeners.swift, Ack.swift; More/AsyncHandlers.swift, More/Once.swift.

import SocketIOWire

/// Where events come from: a socket, here or at the other end.
@MainActor public protocol EventSource: AnyObject {
    /// The handlers, by the events that they listen to.
    var listeners: Listeners { get set }
}

extension EventSource {
    /// Calls `handler` for each event of this name, in the order of arrival. Arguments are decoded
    /// by the types that it asks for; what does not fit is logged and does not reach it. A missing
    /// argument is nil where the type is optional; extra ones are ignored. With an `Ack` as its
    /// last parameter the handler answers when it likes.
    @discardableResult
    public func on<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) throws -> Void
    ) -> Listener {
        listeners.add(event) { received in
            try handler(repeat received.next((each Argument).self))
        }
    }

    /// Calls `handler` for each event of this name; what it returns is the acknowledgement.
    @discardableResult
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) throws -> Reply
    ) -> Listener {
        listeners.add(event) { received in
            received.answer(try handler(repeat received.next((each Argument).self)))
        }
    }
}
