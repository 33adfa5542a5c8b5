// Handlers that are removed, counted, or called by this side itself. In: events, listeners.
// Out: the listeners without them; calls. Next: ../Listeners.swift, Once.swift.

import SocketIOWire

extension EventSource {
    /// Removes the listeners of an event, or of all events.
    public func off(_ event: String? = nil) {
        // Kept until they are out of the list: what is released with them may look at it.
        let before = listeners
        listeners.remove(event)
        withExtendedLifetime(before) {}
    }

    /// Removes a listener: what `on` has returned.
    public func off(_ listener: Listener) {
        let before = listeners
        listeners.remove(listener)
        withExtendedLifetime(before) {}
    }

    /// How many listeners an event has.
    public func listenerCount(_ event: String) -> Int { listeners.count(of: event) }

    /// Runs the listeners of an event that this side makes.
    package func run(local event: String, _ texts: [String] = []) {
        guard listeners.count(of: event) > 0 else { return }
        let arguments = Arguments(event: event, strings: texts)
        listeners.take(arguments).run(arguments, .unwanted)
    }
}

extension Listeners {
    /// Removes all of an event, or all.
    fileprivate mutating func remove(_ event: String?) {
        let name = event.map { WireName($0) }
        entries.removeAll { name == nil || $0.event == name }
    }

    fileprivate mutating func remove(_ listener: Listener) {
        let name = WireName(listener.event)
        entries.removeAll { $0.number == listener.number && $0.event == name }
    }

    /// How many listeners an event has.
    package func count(of event: String) -> Int {
        let name = WireName(event)
        var count = 0
        // A loop: a closure would be asked for its actor, for each socket that leaves.
        for entry in entries where entry.event == name { count += 1 }
        return count
    }

    /// The names that a client's events can be heard under, in no order.
    package var names: [String] {
        Set(entries.map(\.event)).map(\.text).filter { !ReservedEvents.names.contains($0) }
    }
}
