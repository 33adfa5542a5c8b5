// What More keeps with a socket, and what its features do when the core calls a hook of the socket.
// In: what happens to a socket. Out: calls of the features that are in use.
// Next: SocketIO/SocketIOHooks.swift, which names the hooks; More/Namespaces/NamespaceExtras.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// What More keeps with a socket; made when the first of its features is used.
final class SocketExtras {
    var data = SocketData()
    /// Handlers that hear all events; nil: there never was one.
    var catchAll: CatchAll?
    var buffer = EntryBuffer()
    var packetMiddlewares: [(IncomingPacket) throws -> Void] = []
    var errorHandlers: [(any Error) -> Void] = []
    var disconnectingHandlers: [(DisconnectReason) -> Void] = []
    var pendingAcks = PendingAcks()
    /// See More/Observing/ServerObserver.swift.
    var watcher: SocketWatcher?
    /// Names of events that no handler has heard, as far as the log has them.
    var unheardNames: Set<WireName> = []
    /// The id by which its client may come back; a secret, as the session's id is.
    var pid: String?
    var recovered = false
    /// The number of the first event that it may have heard.
    var start = 0
    /// The moment from which on it may be sent again what it has missed.
    var rested = 0
    var returning: SessionMemory.Returning?
    /// Events that it was sent before they had a place among all servers' events: the numbers of
    /// this server's, and those of servers that it was with before.
    var late: Set<Int> = []
    var marks: [LateEvent] = []
}

extension Socket {
    /// What More keeps with it, if it keeps anything.
    var kept: SocketExtras? { extras.flatMap { $0 as? SocketExtras } }

    /// What More keeps with it, from the first use on.
    var more: SocketExtras {
        if let kept { return kept }
        let made = SocketExtras()
        extras = made
        return made
    }

    // MARK: - Coming in

    func welcome() -> String { namespace.kept?.entering(self) ?? "" }

    /// Sends what was emitted to it before it was in; a client that has come back was sent events
    /// that are kept already.
    func welcomed() {
        guard let kept else { return }
        for message in kept.buffer.takeMessages() where !(message.isKept && kept.recovered) {
            client.session.send(message)
        }
    }

    /// Its handlers are set: what the client has sent before it was in.
    func entered() {
        beginObserving()
        observers?.tell { $0.connected(self) }
        guard let kept else { return }
        for event in kept.buffer.takeEvents() { received(event.arguments, ackID: event.ackID) }
    }

    // MARK: - Events

    func sending(_ event: OutgoingEvent) -> OutgoingEvent? {
        guard let kept = namespace.kept else { return event }
        return kept.sending(event, to: self, mayRepeat: true)
    }

    func acknowledged(_ id: Int, _ arguments: Arguments) {
        kept?.pendingAcks.take(id)?(.success(arguments))
    }

    // MARK: - The end

    /// Calls `handler` once, when the socket is about to go: it is still in its rooms.
    public func onDisconnecting(_ handler: @escaping @MainActor (DisconnectReason) -> Void) {
        if !isGone { more.disconnectingHandlers.append(handler) }
    }

    /// Handlers that were set by `on("disconnecting")` and `on("disconnect")` are called as well.
    func leaving(_ reason: DisconnectReason) {
        observers?.tell {
            let detail = (client.session.extras as? SessionExtras)?.problem
            $0.disconnected(self, reason, detail: detail)
        }
        for handler in kept?.disconnectingHandlers ?? [] { handler(reason) }
        run(local: "disconnecting", [reason.rawValue])
        namespace.kept?.leaving(self, reason)
        guard listeners.count(of: "disconnect") > 0 else { return }
        let last = Arguments(event: "disconnect", strings: [reason.rawValue])
        let named = listeners.take(last)
        onDisconnect { _ in named.run(last, .unwanted) }
    }

    func gone() {
        namespace.kept?.gone(self)
        guard let kept else { return }
        for done in kept.pendingAcks.takeAll() { done(.failure(.disconnected)) }
        // Handlers hold the socket, and it holds them: the circle ends here, also for a socket that
        // a middleware has given handlers and then refused.
        kept.buffer = EntryBuffer()
        kept.packetMiddlewares = []
        kept.errorHandlers = []
        kept.disconnectingHandlers = []
    }
}
