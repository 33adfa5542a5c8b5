// What a socket sends: events, with or without an acknowledgement, and acknowledgements.
// In: encoded events. Out: packets for the manager; without a connection they wait, in order.
// Next: RetryQueue.swift; Manager.swift below.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension ClientSocket: AckSender, @MainActor Peer {
    /// Sends an event; without a connection it waits for one, in order, unless it is volatile.
    public func deliver(_ event: OutgoingEvent, _ flags: EmitFlags) {
        if retryQueue.takes(flags) { return enqueue(event, flags) { _ in } }
        if flags.isVolatile, !(connected && manager.isWritable) { return }
        send(event.flagged(flags), nil)
    }

    /// Sends an event, and calls `done` with its acknowledgement, or with an error after the time
    /// limit or the end of the connection.
    public func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping @MainActor (Result<Arguments, AckError>) -> Void
    ) {
        retryQueue.takes(flags) ? enqueue(event, flags, done) : sendWithAck(event, flags, done)
    }

    private func sendWithAck(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping (Result<Arguments, AckError>) -> Void
    ) {
        let ackID = pendingAcks.expect(done)
        flags.question?.forget = { [weak self] in
            self?.waiting.removeAll { $0.ackID == ackID }
            _ = self?.pendingAcks.take(ackID)
        }
        send(event.flagged(flags), ackID)
        guard let timeout = flags.timeout ?? manager.options.ackTimeout else { return }
        EventLoop.shared.after(timeout) { [weak self] in
            self?.waiting.removeAll { $0.ackID == ackID }
            self?.pendingAcks.take(ackID)?(.failure(.timedOut))
        }
    }

    func send(_ event: OutgoingEvent, _ ackID: Int?) {
        guard connected else { return waiting.append((event, ackID)) }
        runAnyOutgoing(event.arguments)
        // A listener may have disconnected; then the acknowledgement has failed.
        guard connected else { return }
        var text: [UInt8] = []
        SocketIOPacketEncoder.appendEvent(
            namespace: namespace, ackID: ackID, event.arguments, to: &text)
        manager.send(
            text, event.arguments.attachments, isCompressible: event.isCompressible)
    }

    /// Acknowledges an event, unless the connection that it came by is lost.
    package func sendAck(_ id: Int, _ arguments: EncodedArguments) {
        guard connected else { return }
        var text: [UInt8] = []
        SocketIOPacketEncoder.appendAck(namespace: namespace, ackID: id, arguments, to: &text)
        manager.send(text, arguments.attachments)
    }

    // MARK: - Retries

    private func enqueue(
        _ event: OutgoingEvent, _ flags: EmitFlags, _ done: @escaping RetryQueue.Done
    ) {
        // What is tried until it is acknowledged goes on when no one waits for it any more.
        var flags = flags
        flags.question = nil
        retryQueue.add(event, flags, done)
        tryNext()
    }

    /// Sends the first event of the queue, unless it waits for its acknowledgement.
    func tryNext() {
        guard connected, let (event, flags) = retryQueue.next() else { return }
        sendWithAck(event, flags) { [weak self] answer in
            let isAnswered = if case .success = answer { true } else { false }
            self?.retryQueue.ended(isAnswered)?(answer)
            self?.tryNext()
        }
    }
}
