// Arguments that are passed on as they came, and events that have a number for a name, or none of
// their own: for a relay, and for programs in other languages.
// Next: ../EventHandlers.swift, ../Emitting.swift.

import SocketIOWire

extension EventSource {
    /// Calls `handler` with all arguments of an event undecoded, however many there are.
    @discardableResult
    public func onArguments(
        _ event: String, _ handler: @escaping @MainActor (Arguments, Ack) throws -> Void
    ) -> Listener {
        listeners.add(event) { received in try handler(received.arguments, received.ack) }
    }
}

extension EventTarget {
    /// Sends the event "message".
    public func send<each Argument: Encodable>(_ arguments: repeat each Argument) {
        emit("message", repeat each arguments)
    }

    /// Sends an event with the arguments of another packet, as they came.
    public func emit(_ event: String, passing arguments: Arguments) {
        let encoder = ArgumentsEncoder(eventName: event)
        emit(OutgoingEvent(event, encoder) { try $0.append(contentsOf: arguments) })
    }

    private func emit(_ event: OutgoingEvent?) {
        if let event { deliver(event) }
    }

    /// Sends an event that has a number for a name: it goes out as one, and `on("1")` hears it.
    public func emit<each Argument: Encodable>(
        _ event: Int, _ arguments: repeat each Argument
    ) {
        emit(
            OutgoingEvent(String(event), ArgumentsEncoder(eventNumber: event)) { encoder in
                repeat try encoder.append(each arguments)
            })
    }
}

extension Ack {
    /// Answers with the arguments of another packet, as they came.
    public func callAsFunction(passing arguments: Arguments) {
        answer.send { try $0.append(contentsOf: arguments) }
    }
}
