// `socket.emitWithAck("question", as: String.self)`: an event that waits for the other side's
// answer. In: a name and values. Out: the answer, or why there is none.
// Next: PendingAcks.swift; ../Emitting.swift.

import EngineSockets
import SocketIOWire

/// A socket, here or at the other end, that can be asked something.
@MainActor public protocol Peer: EventTarget {
    /// Sends an event, with what is special about it.
    func deliver(_ event: OutgoingEvent, _ flags: EmitFlags)
    /// Sends an event and expects an answer, or learns why there is none.
    func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping (Result<Arguments, AckError>) -> Void)
}

/// What is special about one event.
public struct EmitFlags {
    /// Whether it may get lost.
    package var isVolatile = false
    /// Milliseconds that the answer may take.
    package var timeout: Int?

    /// Nothing.
    package init() {}
}

/// A peer, with what is special about the next event: `socket.timeout(5000).emitWithAck(…)`,
/// `socket.volatile.emit(…)`.
public struct PeerEmitter<Base: Peer>: EventTarget {
    let base: Base
    var flags = EmitFlags()

    /// The event is lost if it can't leave at once.
    public var volatile: PeerEmitter {
        var next = self
        next.flags.isVolatile = true
        return next
    }

    /// The answer may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> PeerEmitter {
        var next = self
        next.flags.timeout = milliseconds
        return next
    }

    /// Sends an event.
    public func deliver(_ event: OutgoingEvent) { base.deliver(event, flags) }

    /// Sends an event and calls `done` with the answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (Result<Reply, AckError>) -> Void
    ) {
        let outgoing = OutgoingEvent(event, repeat each arguments)
        ask(outgoing) { answer in
            done(
                answer.flatMap { arguments in
                    Result { () throws(ArgumentMismatch) in try arguments.decode(Reply.self, at: 0)
                    }
                    .mapError { AckError.mismatch("\($0)") }
                })
        }
    }

    /// Sends an event and waits for the answer. Throws `AckError`.
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

    fileprivate func ask(
        _ event: OutgoingEvent?, _ done: @escaping (Result<Arguments, AckError>) -> Void
    ) {
        if let event { return base.ask(event, flags, done) }
        done(.failure(.mismatch("the event was not sent; the log says why")))
    }
}

extension Peer {
    /// The event is lost if it can't leave at once.
    public var volatile: PeerEmitter<Self> { PeerEmitter(base: self).volatile }

    /// The answer to the event may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> PeerEmitter<Self> {
        PeerEmitter(base: self).timeout(milliseconds)
    }

    /// Sends an event.
    public func deliver(_ event: OutgoingEvent) { deliver(event, EmitFlags()) }

    /// Sends an event and calls `done` with the answer. It is not called when the connection ends
    /// before; an answer that does not fit is logged.
    public func emit<each Argument: Encodable, each Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (repeat each Reply) -> Void
    ) {
        let outgoing = OutgoingEvent(event, repeat each arguments)
        PeerEmitter(base: self).ask(outgoing) { answer in
            guard case .success(let arguments) = answer else { return }
            var reader = ArgumentReader(arguments: arguments)
            do {
                try done(repeat reader.next((each Reply).self))
            } catch {
                Log.write("the acknowledgement of the event \"\(event)\" does not fit: \(error)")
            }
        }
    }

    /// Sends an event and calls `done` with the answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping (Result<Reply, AckError>) -> Void
    ) {
        PeerEmitter(base: self).emit(event, repeat each arguments, ack: done)
    }

    /// Sends an event and waits for the answer. Throws `AckError` when the connection ends before,
    /// or the answer is no `Reply`.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async throws -> Reply {
        try await PeerEmitter(base: self).emitWithAck(event, repeat each arguments, as: type)
    }
}
