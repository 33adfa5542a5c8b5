// Time limits, cheap enough to have one for each of a hundred thousand connections. In: deadlines.
// Out: what is due. No clock here: the time is an argument, so tests need no sleep.
// Next: EventLoop.swift.

/// Deadlines that all lie equally far ahead. What is set first falls due first, so that a plain
/// queue keeps them in order: no heap, and no timer object for a connection. Inlinable: in another
/// module the entries would be moved by what is known of their type when the program runs.
package nonisolated struct DeadlineQueue<Key> {
    @usableFromInline var entries: [(deadline: Int, key: Key)] = []
    @usableFromInline var first = 0

    @inlinable package init() {}

    /// The earliest deadline, in milliseconds.
    @inlinable package var next: Int? { first < entries.count ? entries[first].deadline : nil }

    /// Sets a deadline. It must not lie before one that was set earlier; when the clock's
    /// caller slips, it is moved to the last one rather than lost.
    @inlinable package mutating func append(_ key: Key, at deadline: Int) {
        let last = entries.last?.deadline ?? deadline
        entries.append((max(deadline, last), key))
    }

    /// Takes out the next entry that is due. A key that has lost its interest meanwhile comes out
    /// all the same: the caller knows whether the deadline still holds.
    @inlinable package mutating func popDue(at now: Int) -> (deadline: Int, key: Key)? {
        guard first < entries.count, entries[first].deadline <= now else { return nil }
        defer { compact() }
        first += 1
        return entries[first - 1]
    }

    /// Gives memory back once half of the array lies behind: each entry is moved once at most.
    @inlinable mutating func compact() {
        guard first * 2 >= entries.count else { return }
        entries.removeFirst(first)
        first = 0
    }
}

/// Deadlines of any length, each with something to do: a binary heap.
package nonisolated struct TimerHeap<Work> {
    private var heap: [(deadline: Int, number: Int, work: Work)] = []
    private var lastNumber = 0

    package init() {}

    /// The earliest deadline, in milliseconds.
    package var next: Int? { heap.first?.deadline }

    /// Sets a timer.
    package mutating func add(at deadline: Int, _ work: Work) {
        lastNumber += 1
        heap.append((deadline, lastNumber, work))
        siftUp(from: heap.count - 1)
    }

    /// Takes out the next work that is due.
    package mutating func popDue(at now: Int) -> Work? {
        guard let top = heap.first, top.deadline <= now else { return nil }
        removeTop()
        return top.work
    }

    /// Timers of one moment run in the order in which they were set.
    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].number) < (heap[right].deadline, heap[right].number)
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeTop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if precedes(child, smallest) { smallest = child }
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
