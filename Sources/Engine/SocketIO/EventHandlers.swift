// `socket.on("chat message") { (text: String) in … }`: any number of arguments, of any decodable
// types; a value that is returned is the acknowledgement. In: closures. Out: handlers that decode
// what they ask for, or throw what does not fit, before the closure runs.
// Next: Socket.swift, Ack.swift.

import SocketIOWire

/// What became of a closure.
typealias EventHandler = (Arguments, Ack) throws -> Void

/// Hands out arguments in order. An `Ack` among a handler's parameters stands for no argument.
private struct ArgumentReader {
    let arguments: Arguments
    let ack: Ack
    var index = 0

    mutating func next<T: Decodable>(_ type: T.Type) throws -> T {
        if type == Ack.self, let ack = ack as? T { return ack }
        defer { index += 1 }
        return try arguments.decode(type, at: index)
    }
}

extension Socket {
    /// Calls `handler` for each event of this name, in the order of arrival. Arguments are decoded
    /// by the types that it asks for; what does not fit is logged and does not reach it. A missing
    /// argument is nil where the type is optional; extra ones are ignored. With an `Ack` as its
    /// last parameter the handler answers when it likes.
    public func on<each Argument: Decodable>(
        _ event: String, _ handler: @escaping (repeat each Argument) throws -> Void
    ) {
        add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            try handler(repeat try reader.next((each Argument).self))
        }
    }

    /// Calls `handler` for each event of this name; what it returns is the acknowledgement.
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String, _ handler: @escaping (repeat each Argument) throws -> Reply
    ) {
        add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            ack(try handler(repeat try reader.next((each Argument).self)))
        }
    }

    /// Starts `handler` for each event of this name, in the order of arrival; at each of its
    /// awaits the next event may begin. With an `Ack` as its last parameter it may answer at any
    /// time.
    public func on<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) async throws -> Void
    ) {
        add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            let values = (repeat try reader.next((each Argument).self))
            Socket.start(event) { try await handler(repeat each values) }
        }
    }

    /// Starts `handler` for each event of this name; what it returns is the acknowledgement.
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String,
        _ handler: @escaping @MainActor (repeat each Argument) async throws -> Reply
    ) {
        add(event) { arguments, ack in
            var reader = ArgumentReader(arguments: arguments, ack: ack)
            let values = (repeat try reader.next((each Argument).self))
            Socket.start(event) { ack(try await handler(repeat each values)) }
        }
    }

    /// Calls `handler` with all arguments of an event undecoded, however many there are.
    public func onArguments(
        _ event: String, _ handler: @escaping (Arguments, Ack) throws -> Void
    ) {
        add(event) { arguments, ack in try handler(arguments, ack) }
    }

    private static func start(_ event: String, _ work: @escaping @MainActor () async throws -> Void)
    {
        Task {
            do {
                try await work()
            } catch {
                Log.write("a handler of the event \"\(event)\" failed: \(error)")
            }
        }
    }
}
