// `socket.on("chat message") { (text: String) in … }`: any number of arguments, of any decodable
// types; a value that is returned is the acknowledgement. In: closures. Out: handlers that decode
// what they ask for, or throw what does not fit, before the closure runs.
// Next: Listeners.swift, Ack.swift; More/Once.swift.

import EngineSockets
import SocketIOWire

/// Hands out arguments in order. An `Ack` among a handler's parameters stands for no argument.
struct ArgumentReader {
    let arguments: Arguments
    var ack: Ack?
    var index = 0

    mutating func next<T: Decodable>(_ type: T.Type) throws -> T {
        if type == Ack.self, let ack = ack as? T { return ack }
        defer { index += 1 }
        return try arguments.decode(type, at: index)
    }
}

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
        _ event: String, _ handler: @escaping (repeat each Argument) throws -> Void
    ) -> Listener {
        listeners.add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            try handler(repeat reader.next((each Argument).self))
        }
    }

    /// Calls `handler` for each event of this name; what it returns is the acknowledgement.
    @discardableResult
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String, _ handler: @escaping (repeat each Argument) throws -> Reply
    ) -> Listener {
        listeners.add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            ack(try handler(repeat reader.next((each Argument).self)))
        }
    }

    /// Starts `handler` for each event of this name, in the order of arrival; at each of its
    /// awaits the next event may begin. With an `Ack` as its last parameter it may answer at any
    /// time.
    @discardableResult
    public func on<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) async throws -> Void
    ) -> Listener {
        listeners.add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            let values = (repeat try reader.next((each Argument).self))
            start(event) { try await handler(repeat each values) }
        }
    }

    /// Starts `handler` for each event of this name; what it returns is the acknowledgement.
    @discardableResult
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String,
        _ handler: @escaping @MainActor (repeat each Argument) async throws -> Reply
    ) -> Listener {
        listeners.add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            let values = (repeat try reader.next((each Argument).self))
            start(event) { ack(try await handler(repeat each values)) }
        }
    }

    /// Removes the listeners of an event, or of all events.
    public func off(_ event: String? = nil) { listeners.remove(event) }

    /// Removes a listener: what `on` has returned.
    public func off(_ listener: Listener) { listeners.remove(listener) }

    /// How many listeners an event has.
    public func listenerCount(_ event: String) -> Int { listeners.count(of: event) }
}

/// Runs an async handler; there is no caller that its error could reach, so the log tells of it.
private func start(_ event: String, _ work: @escaping @MainActor () async throws -> Void) {
    Task {
        do {
            try await work()
        } catch {
            Log.write("a handler of the event \"\(event)\" failed: \(error)")
        }
    }
}
