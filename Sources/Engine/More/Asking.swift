// `socket.emitWithAck("question", as: String.self)` on the server's side: events to one client that
// it answers, with a time limit, and volatile ones.
// Next: Events/More/Asking.swift, which the client has as well.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError

extension Socket: Peer {
    /// Sends an event to this client.
    public func deliver(_ event: OutgoingEvent, _ flags: EmitFlags) {
        guard flags.isVolatile else { return deliver(event) }
        if client.session.isWritable { sendOnce(event) }
    }

    /// Sends an event to this client and expects an answer.
    public func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping (Result<Arguments, AckError>) -> Void
    ) {
        guard !isGone else { return done(.failure(.disconnected)) }
        // The namespace's part of More hears of the answer, and of the end.
        _ = namespace.more
        let ackID = more.pendingAcks.expect(done)
        // What got lost is never answered; a program that asks so gives a timeout.
        if !flags.isVolatile || client.session.isWritable { sendOnce(event, ackID: ackID) }
        guard let timeout = flags.timeout else { return }
        EventLoop.shared.after(timeout) { [weak self] in
            self?.more.pendingAcks.take(ackID)?(.failure(.timedOut))
        }
    }

    /// Sends an event that is not repeated to a client that comes back.
    private func sendOnce(_ event: OutgoingEvent, ackID: Int? = nil) {
        let event = namespace.companion?.sending(event, to: self, mayRepeat: false) ?? event
        send(.event(event, namespace: namespace.name, ackID: ackID))
    }
}

extension SocketExtras {
    /// The socket has gone: no answer will come any more.
    func failPendingAcks() {
        for done in pendingAcks.takeAll() { done(.failure(.disconnected)) }
    }
}
