// The queue of deadlines for the ids of sessions, as the compiler makes it where it sees all of it:
// in another module it asks at run time what an entry is, although everything there is inlinable.
// Next: ../Deadlines.swift.

extension DeadlineQueue<String> {
    /// When the first one falls due: asked at every turn.
    package var next: Int? { first < entries.count ? entries[first].deadline : nil }

    /// Sets a deadline: 1,900 instructions fewer, twice for each session.
    package mutating func append(_ key: String, at deadline: Int) {
        entries.append((max(deadline, entries.last?.deadline ?? deadline), key))
    }
}
