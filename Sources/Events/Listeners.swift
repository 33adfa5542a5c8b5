// Which handlers listen to which event. In: handlers, by an event's name. Out: those to call now.
// Next: EventHandlers.swift.

import EngineSockets
import SocketIOWire

/// A closure that was given to `on`, ready for arguments that are still to be decoded.
typealias EventHandler = (Arguments, Ack) throws -> Void

/// A handler that was set by `on` or `once`; `off` takes it to remove it.
public struct Listener: Hashable, Sendable {
    let event: String
    let number: Int
}

/// The listeners of a socket.
public struct Listeners {
    fileprivate struct Entry {
        let number: Int
        let handler: EventHandler
        var isOnce = false
    }

    /// An event that has no listener any more leaves nothing behind.
    private var entries: [WireName: [Entry]] = [:]
    private var count = 0

    /// None yet.
    package init() {}

    mutating func add(_ event: String, _ handler: @escaping EventHandler) -> Listener {
        count += 1
        let entry = Entry(number: count, handler: handler)
        entries[WireName(event), default: []].append(entry)
        return Listener(event: event, number: count)
    }

    /// The listener hears the next event, and no other.
    mutating func endAfterNext(_ listener: Listener) -> Listener {
        let name = WireName(listener.event)
        if let index = entries[name]?.firstIndex(where: { $0.number == listener.number }) {
            entries[name]?[index].isOnce = true
        }
        return listener
    }

    /// Removes all of an event, or all.
    mutating func remove(_ event: String?) {
        if let event { entries[WireName(event)] = nil } else { entries = [:] }
    }

    mutating func remove(_ listener: Listener) {
        let name = WireName(listener.event)
        keep(entries[name]?.filter { $0.number != listener.number }, of: name)
    }

    private mutating func keep(_ rest: [Entry]?, of name: WireName) {
        entries[name] = rest?.isEmpty == true ? nil : rest
    }

    func count(of event: String) -> Int { entries[WireName(event)]?.count ?? 0 }

    /// The names that a client's events can be heard under, in no order.
    package var names: [String] {
        entries.keys.map(\.text).filter { !ReservedEvents.names.contains($0) }
    }

    /// Those to call for an event. One that was set for a single event is forgotten by that: it is
    /// not called twice, whatever the handlers do.
    package mutating func take(_ event: String) -> Called {
        let name = WireName(event)
        guard let found = entries[name] else { return Called(entries: []) }
        if found.contains(where: \.isOnce) { keep(found.filter { !$0.isOnce }, of: name) }
        return Called(entries: found)
    }

    /// The listeners of one event.
    package struct Called {
        fileprivate let entries: [Entry]

        /// Whether there are none.
        package var isEmpty: Bool { entries.isEmpty }

        /// All handlers run, in the order in which they were set. One that fails, or asks for other
        /// arguments, leaves a line in the log, and the next one runs.
        package func run(_ event: String, _ arguments: Arguments, _ ack: Ack) {
            for entry in entries {
                do {
                    try entry.handler(arguments, ack)
                } catch let error as ArgumentMismatch {
                    Log.write("the event \"\(event)\" reached no handler: \(error)")
                } catch {
                    Log.write("a handler of the event \"\(event)\" failed: \(error)")
                }
            }
        }

        /// The same, for an event that this side makes: "connect", "disconnect".
        package func run(local event: String, _ texts: [String]) {
            if isEmpty { return }
            run(event, Arguments(strings: texts), Ack(nil, id: nil))
        }
    }
}

extension EventSource {
    /// Runs the listeners of an event that this side makes.
    package func run(local event: String, _ texts: [String] = []) {
        listeners.take(event).run(local: event, texts)
    }
}
