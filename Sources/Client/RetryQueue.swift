// Events that are sent until they are acknowledged: the option `retries`. One is under way at a
// time, so the order stays. In: events, and the result of each try. Out: the event to send next,
// and the closure to call with a result. Next: EmittedPackets.swift.

import SocketIOEvents
import SocketIOWire

struct RetryQueue {
    typealias Done = (Result<Arguments, AckError>) -> Void

    private struct Entry {
        let event: OutgoingEvent
        let flags: EmitFlags
        let done: Done
        var tries = 0
    }

    /// Tries after the first one.
    private let retries: Int
    private var entries: [Entry] = []
    private var isUnderWay = false

    init(retries: Int) { self.retries = retries }

    /// Whether an event with these flags is sent this way.
    func takes(_ flags: EmitFlags) -> Bool { retries > 0 && !flags.isVolatile }

    mutating func add(_ event: OutgoingEvent, _ flags: EmitFlags, _ done: @escaping Done) {
        entries.append(Entry(event: event, flags: flags, done: done))
    }

    /// The event to send now; nil: there is none, or one waits for its acknowledgement.
    mutating func next() -> (event: OutgoingEvent, flags: EmitFlags)? {
        guard !isUnderWay, let first = entries.first else { return nil }
        isUnderWay = true
        entries[0].tries += 1
        return (first.event, first.flags)
    }

    /// The event under way was acknowledged, or was not. Returns the closure to call with the
    /// result; nil: it is tried again.
    mutating func ended(_ isAnswered: Bool) -> Done? {
        isUnderWay = false
        guard let first = entries.first, isAnswered || first.tries > retries else { return nil }
        return entries.removeFirst().done
    }
}
