// `socket.emitWithAck("question", as: String.self)`: an event that waits for the other side's
// answer. In: a name and values. Out: the answer, or why there is none.
// Next: PendingAcks.swift, PendingQuestion.swift; ../Emitting.swift.

import EngineSockets
import SocketIOWire

/// A socket, here or at the other end, that can be asked something.
@MainActor public protocol Peer: EventTarget {
    /// Sends an event, with what is special about it.
    func deliver(_ event: OutgoingEvent, _ flags: EmitFlags)
    /// Sends an event and expects an answer, or learns why there is none.
    func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping @MainActor (Result<Arguments, AckError>) -> Void)
}

/// What is special about one event.
public nonisolated struct EmitFlags: Sendable {
    /// Whether it may get lost.
    package var isVolatile = false
    /// Milliseconds that the answer may take.
    package var timeout: Int?
    /// The wait for the answer, where it can be given up.
    package var question: PendingQuestion?
    /// Whether it may be compressed on its way.
    package var isCompressible = true

    /// Nothing.
    package init() {}
}

extension OutgoingEvent {
    /// The event, with what is special about it as far as that goes with it.
    package func flagged(_ flags: EmitFlags) -> OutgoingEvent {
        var event = self
        event.isCompressible = flags.isCompressible
        return event
    }
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

    /// Whether the event may be compressed on its way, where the connection has agreed on that.
    public func compress(_ isOn: Bool) -> PeerEmitter {
        var next = self
        next.flags.isCompressible = isOn
        return next
    }

    /// The answer may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> PeerEmitter {
        var next = self
        next.flags.timeout = milliseconds
        return next
    }

    /// The answer may take so long: `.seconds(5)`.
    public func timeout(_ time: Duration) -> PeerEmitter { timeout(time.inMilliseconds) }

    /// Sends an event.
    public func deliver(_ event: OutgoingEvent) { base.deliver(event, flags) }

    /// Sends an event and calls `done` with the answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping @MainActor (Result<Reply, AckError>) -> Void
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

    /// Sends an event and waits for the answer. Throws `AckError`, or, when the task that waits is
    /// cancelled, `CancellationError`.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as: Reply.Type
    ) async throws -> Reply {
        let question = PendingQuestion()
        var emitter = self
        emitter.flags.question = question
        var result: Result<Reply, AckError>?
        await question.wait {
            emitter.emit(event, repeat each arguments) { (answer: Result<Reply, AckError>) in
                result = answer
                question.end()
            }
        }
        guard let result else { throw CancellationError() }
        return try result.get()
    }

    fileprivate func ask(
        _ event: OutgoingEvent?,
        _ done: @escaping @MainActor (Result<Arguments, AckError>) -> Void
    ) {
        if let event { return base.ask(event, flags, done) }
        done(.failure(.mismatch("the event was not sent; the log says why")))
    }
}

extension Peer {
    /// The event is lost if it can't leave at once.
    public var volatile: PeerEmitter<Self> { PeerEmitter(base: self).volatile }

    /// Whether the event may be compressed on its way, where the connection has agreed on that.
    public func compress(_ isOn: Bool) -> PeerEmitter<Self> {
        PeerEmitter(base: self).compress(isOn)
    }

    /// The answer to the event may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> PeerEmitter<Self> {
        PeerEmitter(base: self).timeout(milliseconds)
    }

    /// The answer to the event may take so long: `.seconds(5)`.
    public func timeout(_ time: Duration) -> PeerEmitter<Self> { timeout(time.inMilliseconds) }

    /// Sends an event.
    public func deliver(_ event: OutgoingEvent) { deliver(event, EmitFlags()) }

    /// Sends an event and calls `done` with the answer. It is not called when the connection ends
    /// before; an answer that does not fit is logged.
    public func emit<each Argument: Encodable, each Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping @MainActor (repeat each Reply) -> Void
    ) {
        let outgoing = OutgoingEvent(event, repeat each arguments)
        PeerEmitter(base: self).ask(outgoing) { answer in
            guard case .success(let arguments) = answer else { return }
            var received = ReceivedEvent(arguments, .unwanted)
            do {
                try done(repeat received.next((each Reply).self))
            } catch {
                Log.write("the acknowledgement of the event \"\(event)\" does not fit: \(error)")
            }
        }
    }

    /// Sends an event and calls `done` with the answer, or with why there is none.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping @MainActor (Result<Reply, AckError>) -> Void
    ) {
        PeerEmitter(base: self).emit(event, repeat each arguments, ack: done)
    }

    /// Sends an event and waits for the answer. Throws `AckError` when the connection ends before,
    /// or the answer is no `Reply`, and `CancellationError` when the task that waits is cancelled.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async throws -> Reply {
        try await PeerEmitter(base: self).emitWithAck(event, repeat each arguments, as: type)
    }
}
