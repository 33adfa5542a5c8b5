// `socket.onAny { event, arguments in … }` on the server's side: who hears every event of a socket.
// In: what comes and what goes out. Out: calls, before the event's own listeners and before any
// middleware. Next: Events/More/CatchAll.swift, which the client has as well.

import SocketIOEvents
import SocketIOWire

/// A handler that hears every event of a socket, to be removed.
public typealias CatchAllListener = SocketIOEvents.CatchAllListener

extension Socket: CatchAllSource {
    /// Who hears every event.
    public var catchAll: CatchAll {
        get { (extras as? SocketExtras)?.catchAll ?? CatchAll() }
        set {
            // Nobody hears anything of a socket that has gone.
            let next = isGone ? CatchAll() : newValue
            let before = (extras as? SocketExtras)?.catchAll.watchesOutgoing == true
            more.catchAll = next
            // Counted, so that a broadcast need not ask each socket.
            let counting = namespace.more
            if next.watchesOutgoing != before { counting.outgoingListeners += before ? -1 : 1 }
        }
    }

    /// An event has come. True: a handler has heard it.
    func tellIncoming(_ arguments: Arguments) -> Bool {
        guard extras is SocketExtras else { return false }
        let isHeard = listenersAnyCount > 0
        if isHeard { runAny(arguments.eventName, arguments) }
        return isHeard
    }
}

extension NamespaceExtras {
    /// An event is about to go out. It is read once for all who listen.
    func tellOutgoing(_ encoded: EncodedArguments, to sockets: @autoclosure () -> [Socket]) {
        guard outgoingListeners > 0 else { return }
        let listening = sockets().filter(\.catchAll.watchesOutgoing)
        guard !listening.isEmpty, let arguments = Arguments(event: encoded) else { return }
        for socket in listening { socket.runAnyOutgoing(arguments.eventName, arguments) }
    }
}
