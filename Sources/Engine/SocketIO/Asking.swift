// `socket.emitWithAck("question", as: String.self)`: an event that waits for the client's answer.
// In: a name and values. Out: the answer, or why there is none. Next: Ack.swift, Emitting.swift.

import Sockets
import SocketIOWire

/// A socket, with what is special about the next event: `socket.timeout(5000).emitWithAck(…)`,
/// `socket.volatile.emit(…)`.
public struct SocketEmitter: EventTarget {
    let socket: Socket
    var isVolatile = false
    var milliseconds: Int?

    /// The client misses the event if it can't be reached at once.
    public var volatile: SocketEmitter {
        SocketEmitter(socket: socket, isVolatile: true, milliseconds: milliseconds)
    }

    /// The answer may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> SocketEmitter {
        SocketEmitter(socket: socket, isVolatile: isVolatile, milliseconds: milliseconds)
    }

    /// Sends an event to this client.
    public func deliver(_ event: OutgoingEvent) {
        if isVolatile, !socket.client.session.isWritable { return }
        socket.deliver(event)
    }

    /// Sends an event and calls `done` with the client's answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (Result<Reply, AckError>) -> Void
    ) {
        let outgoing = OutgoingEvent(EventName(event)) { encoder in
            repeat try encoder.append(each arguments)
        }
        ask(outgoing) { answer in
            done(
                answer.flatMap { arguments in
                    Result { () throws(ArgumentMismatch) in try arguments.decode(Reply.self, at: 0) }
                        .mapError { AckError.mismatch("\($0)") }
                })
        }
    }

    /// Sends an event and waits for the client's answer. Throws `AckError`.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as: Reply.Type
    ) async throws -> Reply {
        var result: Result<Reply, AckError> = .failure(.disconnected)
        await withCheckedContinuation { continuation in
            emit(event, repeat each arguments) { (answer: Result<Reply, AckError>) in
                result = answer
                continuation.resume()
            }
        }
        return try result.get()
    }

    /// Sends an event that is encoded, if it could be, and expects an answer.
    fileprivate func ask(
        _ outgoing: OutgoingEvent?, _ done: @escaping (Result<Arguments, AckError>) -> Void
    ) {
        guard let outgoing else {
            return done(.failure(.mismatch("the event was not sent; the log says why")))
        }
        guard !socket.isGone else { return done(.failure(.disconnected)) }
        let ackID = socket.expectAck(done)
        socket.send(
            .event(outgoing.arguments, namespace: socket.namespace.name, ackID: ackID))
        guard let milliseconds else { return }
        EventLoop.shared.after(milliseconds) { [weak socket] in
            socket?.abandonAck(ackID, .timedOut)
        }
    }
}

extension Socket {
    /// The client misses the event if it can't be reached at once.
    public var volatile: SocketEmitter { SocketEmitter(socket: self, isVolatile: true) }

    /// The answer to the event may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> SocketEmitter {
        SocketEmitter(socket: self, milliseconds: milliseconds)
    }

    /// Sends an event and calls `done` with what the client answers. It is not called when the
    /// client goes away; an answer that does not fit is logged.
    public func emit<each Argument: Encodable, each Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (repeat each Reply) -> Void
    ) {
        let outgoing = OutgoingEvent(EventName(event)) { encoder in
            repeat try encoder.append(each arguments)
        }
        SocketEmitter(socket: self).ask(outgoing) { answer in
            guard case .success(let arguments) = answer else { return }
            var reader = ArgumentReader(arguments: arguments)
            do {
                try done(repeat reader.next((each Reply).self))
            } catch {
                Log.write("the acknowledgement of the event \"\(event)\" does not fit: \(error)")
            }
        }
    }

    /// Sends an event and calls `done` with the client's answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (Result<Reply, AckError>) -> Void
    ) {
        SocketEmitter(socket: self).emit(event, repeat each arguments, ack: done)
    }

    /// Sends an event and waits for the client's answer. Throws `AckError` when the socket is gone
    /// before, or the answer is no `Reply`.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async throws -> Reply {
        try await SocketEmitter(socket: self)
            .emitWithAck(event, repeat each arguments, as: type)
    }
}
