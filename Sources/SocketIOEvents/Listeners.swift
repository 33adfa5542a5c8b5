// Who hears which event. In: handlers, by an event's name. Out: those to call now.
// Next: EventHandlers.swift.

import Sockets
import SocketIOWire

/// What became of a closure.
typealias EventHandler = (Arguments, Ack) throws -> Void

/// A handler that was set by `on` or `once`; `off` takes it to remove it.
public struct Listener: Hashable, Sendable {
    let event: String
    let number: Int
}

/// The listeners of a socket.
public struct Listeners {
    private struct Entry {
        let number: Int
        let isOnce: Bool
        let handler: EventHandler
    }

    private var entries: [String: [Entry]] = [:]
    private var count = 0

    /// None yet.
    package init() {}

    mutating func add(
        _ event: String, isOnce: Bool, _ handler: @escaping EventHandler
    ) -> Listener {
        count += 1
        entries[event, default: []].append(Entry(number: count, isOnce: isOnce, handler: handler))
        return Listener(event: event, number: count)
    }

    /// Removes all of an event, or all.
    mutating func remove(_ event: String?) {
        if let event { entries[event] = nil } else { entries = [:] }
    }

    mutating func remove(_ listener: Listener) {
        entries[listener.event]?.removeAll { $0.number == listener.number }
    }

    func count(of event: String) -> Int { entries[event]?.count ?? 0 }

    /// The handlers to call for an event. Those that wanted it once are forgotten by that, so that
    /// none is called twice, whatever the handlers do.
    fileprivate mutating func take(_ event: String) -> [EventHandler] {
        guard let found = entries[event] else { return [] }
        if found.contains(where: \.isOnce) { entries[event] = found.filter { !$0.isOnce } }
        return found.map(\.handler)
    }
}

extension EventSource {
    /// All handlers of an event run, in the order in which they were set. One that fails, or asks
    /// for other arguments, leaves a line in the log, and the next one runs.
    package func run(_ event: String, _ arguments: Arguments, _ ack: Ack) {
        for handler in listeners.take(event) {
            do {
                try handler(arguments, ack)
            } catch let error as ArgumentMismatch {
                Log.write("the event \"\(event)\" reached no handler: \(error)")
            } catch {
                Log.write("a handler of the event \"\(event)\" failed: \(error)")
            }
        }
    }

    /// An event that this side makes: "connect", "disconnect". Nothing is encoded without listeners.
    package func run(local event: String, _ texts: [String] = []) {
        guard listeners.count(of: event) > 0 else { return }
        run(event, Arguments(strings: texts), Ack(nil))
    }
}
