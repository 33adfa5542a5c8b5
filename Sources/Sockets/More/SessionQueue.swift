// Deadlines that are forgotten before they fall due. And the queue for the ids of sessions, as the
// compiler makes it where it sees all of it: in another module it asks at run time what an entry
// is, although everything there is inlinable.
// Next: ../Deadlines.swift; Engine/More/Sockets/ForgottenDeadlines.swift.

extension DeadlineQueue {
    /// How many deadlines are set.
    @inlinable package nonisolated var count: Int { entries.count - first }

    /// Forgets deadlines that have no meaning any more.
    @inlinable package nonisolated mutating func removeAll(where isForgotten: (Key) -> Bool) {
        entries = entries[first...].filter { !isForgotten($0.key) }
        first = 0
    }
}

extension DeadlineQueue<String> {
    /// When the first one falls due: asked at every turn.
    package var next: Int? { first < entries.count ? entries[first].deadline : nil }

    /// Sets a deadline: 1,900 instructions fewer, twice for each session.
    package mutating func append(_ key: String, at deadline: Int) {
        entries.append((max(deadline, entries.last?.deadline ?? deadline), key))
    }
}
