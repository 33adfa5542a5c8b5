// Handlers that hear every event, whatever its name: those that come, and those that leave.
// In: handlers. Out: calls, in the order in which they were set, before the listeners of the one
// event. Next: ../Listeners.swift; Sources/Wire/SocketIO/More/PassingOn.swift.

import EngineSockets
import SocketIOWire

/// A handler that was set by `onAny`, `prependAny`, `onAnyOutgoing` or `prependAnyOutgoing`.
public nonisolated struct CatchAllListener: Hashable, Sendable {
    fileprivate let number: Int
}

/// The handlers of a socket that hear every event.
public struct CatchAll {
    /// Gets the event's name and its arguments, undecoded.
    public typealias Handler = @MainActor (String, Arguments) throws -> Void

    fileprivate struct Entry {
        let listener: CatchAllListener
        let handler: Handler
    }

    fileprivate typealias List = WritableKeyPath<CatchAll, [Entry]>

    fileprivate var incoming: [Entry] = []
    fileprivate var outgoing: [Entry] = []
    private var count = 0

    /// None yet.
    package init() {}

    /// Whether a handler wants to see what leaves. To be asked before anything is prepared for
    /// that.
    package var watchesOutgoing: Bool { !outgoing.isEmpty }

    fileprivate mutating func add(
        _ handler: @escaping Handler, to list: List, isFirst: Bool
    ) -> CatchAllListener {
        count += 1
        let entry = Entry(listener: CatchAllListener(number: count), handler: handler)
        self[keyPath: list].insert(entry, at: isFirst ? 0 : self[keyPath: list].count)
        return entry.listener
    }

    fileprivate mutating func remove(_ listener: CatchAllListener?, from list: List) {
        self[keyPath: list].removeAll { listener == nil || $0.listener == listener }
    }

    /// The list was taken before the first one ran: one that is added meanwhile hears the next
    /// event.
    fileprivate static func run(_ list: [Entry], _ event: String, _ arguments: Arguments) {
        for entry in list {
            do {
                try entry.handler(event, arguments)
            } catch {
                Log.write("a handler of all events failed at \"\(event)\": \(error)")
            }
        }
    }
}

/// Where events come from and go to: a socket, here or at the other end.
@MainActor public protocol CatchAllSource: AnyObject {
    /// The handlers that hear every event.
    var catchAll: CatchAll { get set }
}

extension CatchAllSource {
    // MARK: - What comes

    /// Calls `handler` for each event that comes, before the event's own listeners.
    @discardableResult
    public func onAny(_ handler: @escaping CatchAll.Handler) -> CatchAllListener {
        catchAll.add(handler, to: \.incoming, isFirst: false)
    }

    /// As `onAny`, before those that are there.
    @discardableResult
    public func prependAny(_ handler: @escaping CatchAll.Handler) -> CatchAllListener {
        catchAll.add(handler, to: \.incoming, isFirst: true)
    }

    /// Removes what `onAny` or `prependAny` has returned, or all.
    public func offAny(_ listener: CatchAllListener? = nil) {
        catchAll.remove(listener, from: \.incoming)
    }

    /// How many listeners hear each event that comes.
    public var listenersAnyCount: Int { catchAll.incoming.count }

    // MARK: - What leaves

    /// Calls `handler` for each event, just before it leaves; one that waits for a connection
    /// leaves later. Acknowledgements are no events.
    @discardableResult
    public func onAnyOutgoing(_ handler: @escaping CatchAll.Handler) -> CatchAllListener {
        catchAll.add(handler, to: \.outgoing, isFirst: false)
    }

    /// As `onAnyOutgoing`, before those that are there.
    @discardableResult
    public func prependAnyOutgoing(_ handler: @escaping CatchAll.Handler) -> CatchAllListener {
        catchAll.add(handler, to: \.outgoing, isFirst: true)
    }

    /// Removes what `onAnyOutgoing` or `prependAnyOutgoing` has returned, or all.
    public func offAnyOutgoing(_ listener: CatchAllListener? = nil) {
        catchAll.remove(listener, from: \.outgoing)
    }

    /// How many listeners hear each event that leaves.
    public var listenersAnyOutgoingCount: Int { catchAll.outgoing.count }

    // MARK: - For sockets

    /// An event has come.
    package func runAny(_ event: String, _ arguments: Arguments) {
        CatchAll.run(catchAll.incoming, event, arguments)
    }

    /// An event is about to leave. Without listeners this costs nothing.
    package func runAnyOutgoing(_ encoded: EncodedArguments) {
        guard catchAll.watchesOutgoing else { return }
        guard let arguments = Arguments(event: encoded) else {
            return Log.write("an event was not shown to onAnyOutgoing: it is too large to be read")
        }
        runAnyOutgoing(arguments.eventName, arguments)
    }

    /// The same, for arguments that many sockets get: they are read once for all.
    package func runAnyOutgoing(_ event: String, _ arguments: Arguments) {
        CatchAll.run(catchAll.outgoing, event, arguments)
    }
}
