// `socket.onAny { event, arguments in … }` on the server's side: handlers of every event of a
// socket. In: what comes and what goes out. Out: calls, before the event's own listeners and before
// any middleware. Next: Sources/Events/More/CatchAll.swift, which the client has as well.

import SocketIOEvents
import SocketIOWire

/// A handler that hears every event of a socket, to be removed.
public typealias CatchAllListener = SocketIOEvents.CatchAllListener

extension Socket: CatchAllSource {
    /// The handlers that hear every event.
    public var catchAll: CatchAll {
        get { kept?.catchAll ?? CatchAll() }
        set {
            // A socket that is gone hears nothing.
            let next = isGone ? CatchAll() : newValue
            let before = kept?.catchAll?.watchesOutgoing == true
            more.catchAll = next
            // Counted, so that a broadcast need not ask each socket.
            let counting = namespace.more
            if next.watchesOutgoing != before { counting.outgoingListeners += before ? -1 : 1 }
        }
    }

    func isHeard(_ arguments: Arguments) -> Bool {
        guard kept?.catchAll != nil else { return false }
        let isHeard = listenersAnyCount > 0
        if isHeard { runAny(arguments.eventName, arguments) }
        return isHeard
    }
}

extension NamespaceExtras {
    /// An event is about to go out. It is read once for all sockets that listen.
    func tellOutgoing(_ encoded: EncodedArguments, to sockets: @autoclosure () -> [Socket]) {
        guard outgoingListeners > 0 else { return }
        let listening = sockets().filter(\.catchAll.watchesOutgoing)
        guard !listening.isEmpty, let arguments = Arguments(event: encoded) else { return }
        for socket in listening { socket.runAnyOutgoing(arguments.eventName, arguments) }
    }
}
