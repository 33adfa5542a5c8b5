// Acknowledgements that are still to come, and why one may not. Next: Asking.swift.

import SocketIOWire

/// Why an acknowledgement did not come.
public nonisolated enum AckError: Error, Equatable, CustomStringConvertible {
    /// Not within the time that was given.
    case timedOut
    /// The socket was disconnected before.
    case disconnected
    /// It came, and is not of the type that was asked for.
    case mismatch(String)

    /// A sentence for the log.
    public var description: String {
        switch self {
        case .timedOut: "operation has timed out"
        case .disconnected: "the socket was disconnected before the acknowledgement came"
        case .mismatch(let reason): "the acknowledgement does not fit: \(reason)"
        }
    }
}

/// What is called when an acknowledgement comes, by its id.
package struct PendingAcks {
    package typealias Done = (Result<Arguments, AckError>) -> Void
    private var waiting: [Int: Done] = [:]
    private var nextID = 0

    package init() {}

    /// Expects an acknowledgement; returns the id to send along.
    package mutating func expect(_ done: @escaping Done) -> Int {
        defer { nextID += 1 }
        waiting[nextID] = done
        return nextID
    }

    /// Expects one under an id that was chosen elsewhere, from a range that is never reached by
    /// counting.
    package mutating func expect(_ id: Int, _ done: @escaping Done) { waiting[id] = done }

    /// What to call for this one; it is expected no longer. Nil: the id is not known.
    package mutating func take(_ id: Int) -> Done? { waiting.removeValue(forKey: id) }

    /// What to call for all but these ids; they are expected no longer.
    package mutating func takeAll(except kept: Set<Int> = []) -> [Done] {
        let taken = waiting.filter { !kept.contains($0.key) }
        waiting = waiting.filter { kept.contains($0.key) }
        return taken.sorted { $0.key < $1.key }.map(\.value)
    }
}
