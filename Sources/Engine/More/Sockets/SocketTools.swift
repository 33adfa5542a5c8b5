// The rest of what a program may ask of a socket: its data, its connection, an answer, an event
// that may get lost. Next: SocketExtras.swift.

import EngineSockets
import SocketIOEvents

extension Socket {
    /// Whatever the program wants to keep with a socket: `socket.data[User.self] = user`.
    public var data: SocketData {
        get { kept?.data ?? SocketData() }
        _modify { yield &more.data }
    }

    /// The connection underneath, with its transport and its upgrade.
    public var conn: Session { client.conn }

    /// The request that opened the connection.
    public var request: Request { handshake.request }
}

extension Socket: Peer {
    /// Sends an event to this client, with what is special about it.
    public func deliver(_ event: OutgoingEvent, _ flags: EmitFlags) {
        if flags.isVolatile, !client.session.isWritable { return }
        let event = event.flagged(flags)
        guard let kept = namespace.kept else {
            return send(OutgoingMessage(event, namespace: namespace.name))
        }
        guard let event = kept.sending(event, to: self, mayRepeat: !flags.isVolatile) else {
            return
        }
        kept.inOrder { self.send(OutgoingMessage(event, namespace: self.namespace.name)) }
    }

    /// Sends an event to this client and expects an answer. Calls `done` with it, or with the
    /// `AckError` that says why there is none.
    public func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping @MainActor (Result<Arguments, AckError>) -> Void
    ) {
        guard !isGone else { return done(.failure(.disconnected)) }
        let ackID = more.pendingAcks.expect(done)
        flags.question?.forget = { [weak self] in _ = self?.kept?.pendingAcks.take(ackID) }
        // What got lost is never answered; a program that asks so gives a timeout.
        if !flags.isVolatile || client.session.isWritable {
            let event = event.flagged(flags)
            let sent = namespace.more.sending(event, to: self, mayRepeat: false) ?? event
            namespace.more.inOrder {
                self.send(OutgoingMessage(sent, namespace: self.namespace.name, ackID: ackID))
            }
        }
        guard let timeout = flags.timeout else { return }
        EventLoop.shared.after(timeout) { [weak self] in
            self?.kept?.pendingAcks.take(ackID)?(.failure(.timedOut))
        }
    }
}
