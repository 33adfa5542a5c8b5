// The heart of a server with one thread: wait, handle what is ready, flush, and again.
// In: readiness of descriptors, deadlines. Out: calls to watchers, then one flush for everything
// that was written during the turn. Two drivers turn it: `run()` below, which owns the
// main thread, and Dispatch's main queue (LoopDriver.swift). Next: TCPStream.swift.

import Foundation

/// Hears when its descriptor is ready.
package protocol DescriptorWatcher: AnyObject {
    /// The descriptor can be read, written, or has failed.
    func ready(_ readiness: Readiness)
}

/// Calls a closure when its descriptor can be read.
private final class ReadWatcher: DescriptorWatcher {
    private let work: () -> Void
    init(_ work: @escaping () -> Void) { self.work = work }
    func ready(_ readiness: Readiness) { work() }
}

/// Collects during a turn and hands over at its end, once.
package protocol Flushable: AnyObject {
    func flush()
}

/// Has time limits that the loop watches.
package protocol DeadlineSource: AnyObject {
    /// The earliest moment to be called at, in milliseconds of the monotonic clock.
    var nextDeadline: Int? { get }
    /// That moment has come.
    func deadlinePassed(at now: Int)
}

/// The event loop of the process: the sockets, timers and handlers of all servers and clients
/// take their turns here, on the main actor.
package final class EventLoop {
    /// One thread, one loop.
    package static let shared = EventLoop()

    // Each access to a property that another module sees, or that is changed by a call, is checked
    // as the program runs, lest two overlap: 80 to 120 instructions, which were half of what a
    // delivery cost. Unchecked are those that every event passes, if they are plain numbers and
    // references, or values whose methods call nothing of ours: there no two can overlap.

    /// The time at the beginning of this turn, in milliseconds of the monotonic clock.
    @exclusivity(unchecked) package private(set) var now: Int = monotonicMilliseconds()

    /// Where every stream reads into: an idle connection holds no buffer of its own.
    @exclusivity(unchecked) var readBuffer = [UInt8](repeating: 0, count: 65_536)
    /// Where small pieces are put together for one call.
    let gatherBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)

    /// Bytes that all connections of the process have read, and written.
    @exclusivity(unchecked) package var (bytesRead, bytesWritten) = (0, 0)
    let poller = Poller()
    @exclusivity(unchecked) private var watchers: [(any DescriptorWatcher)?] = []
    @exclusivity(unchecked) private var toFlush: [any Flushable] = []
    @exclusivity(unchecked) private var toRun: [() -> Void] = []
    private var deadlineSources: [any DeadlineSource] = []
    private var timers = TimerHeap<() -> Void>()
    /// The earliest of all deadlines, as far as it is known: every turn asks for it.
    private var earliest: Int?
    private var isEarliestKnown = false
    private var isInTurn = false
    private var isTurnScheduled = false
    let driver = LoopDriver()

    private init() {
        // Writing to a connection that the peer has reset is an error to handle, not a signal to
        // die of.
        signal(SIGPIPE, SIG_IGN)
    }

    // MARK: - Watching

    /// Watches a descriptor from now on. Throws when the system refuses.
    func watch(_ descriptor: Int32, for interest: Readiness, _ watcher: any DescriptorWatcher)
        throws
    {
        try poller.watch(descriptor, for: interest, isNew: true)
        while watchers.count <= descriptor { watchers.append(nil) }
        watchers[Int(descriptor)] = watcher
        driver.start()
    }

    /// Calls `work` whenever a descriptor can be read.
    func watch(_ descriptor: Int32, _ work: @escaping () -> Void) throws {
        try watch(descriptor, for: .read, ReadWatcher(work))
    }

    /// Stops watching. To be called before the descriptor is closed: a number that is reused must
    /// not get its predecessor's events. Closing it takes it out of the poller by itself.
    func forget(_ descriptor: Int32) { watchers[Int(descriptor)] = nil }

    // MARK: - Time

    /// Watches over the deadlines of `source` from now on.
    package func add(_ source: any DeadlineSource) {
        deadlineSources.append(source)
        isEarliestKnown = false
    }

    /// Forgets a source of deadlines.
    package func remove(_ source: any DeadlineSource) {
        deadlineSources.removeAll { $0 === source }
        isEarliestKnown = false
    }

    /// Calls `work` once, after so many milliseconds.
    package func after(_ milliseconds: Int, _ work: @escaping () -> Void) {
        // Outside a turn the clock is read anew; inside, everything happens at the same moment, and
        // runs in the next turn at the earliest: work that sets itself again would keep everything
        // else waiting. And no sum that wraps around.
        if !isInTurn { now = monotonicMilliseconds() }
        let distance = min(max(isInTurn ? 1 : 0, milliseconds), 1 << 52)
        timers.add(at: now &+ distance, work)
        deadlinesChanged()
    }

    /// To be called when a deadline was set that may be earlier than all others.
    package func deadlinesChanged() {
        isEarliestKnown = false
        if !isInTurn { driver.schedule(nextDeadline) }
    }

    /// Known until one is set or met: what became later is noticed when its moment comes.
    var nextDeadline: Int? {
        if isEarliestKnown { return earliest }
        earliest = timers.next
        for source in deadlineSources {
            guard let next = source.nextDeadline else { continue }
            earliest = min(earliest ?? next, next)
        }
        isEarliestKnown = true
        return earliest
    }

    private func runDeadlines() {
        guard let next = nextDeadline, next <= now else { return }
        defer { isEarliestKnown = false }
        while let work = timers.popDue(at: now) { work() }
        for source in deadlineSources {
            if let next = source.nextDeadline, next <= now { source.deadlinePassed(at: now) }
        }
    }

    // MARK: - The turn

    /// Flushes `flushable` when this turn ends. It asks once, not for every write.
    package func flushLater(_ flushable: any Flushable) {
        toFlush.append(flushable)
        scheduleTurn()
    }

    /// Runs `work` when this turn ends, after everything that it has handled.
    package func runLater(_ work: @escaping () -> Void) {
        toRun.append(work)
        scheduleTurn()
    }

    /// A task of Swift's may write at any time: then one turn is scheduled for all it does.
    private func scheduleTurn() {
        guard !isInTurn, !isTurnScheduled else { return }
        isTurnScheduled = true
        DispatchQueue.main.async { MainActor.assumeIsolated { _ = self.turn(waiting: 0) } }
    }

    /// One turn. Waits for at most so many milliseconds (-1: for as long as it takes). Returns how
    /// many descriptors were ready.
    @discardableResult
    package func turn(waiting milliseconds: Int32) -> Int {
        let count = poller.wait(milliseconds: milliseconds)
        isInTurn = true
        isTurnScheduled = false
        now = monotonicMilliseconds()
        for index in 0..<count {
            let event = poller.event(at: index)
            watchers[Int(event.descriptor)]?.ready(event.readiness)
        }
        runDeadlines()
        settle()
        isInTurn = false
        driver.schedule(nextDeadline)
        return count
    }

    /// Flushing may close a connection, and its handlers may write again: until all is quiet.
    private func settle() {
        while !toFlush.isEmpty || !toRun.isEmpty {
            // Mostly it is one: to take it out is less than to clear the list. Others are cleared
            // outside: what is released by that may write.
            if toFlush.count == 1 {
                toFlush.removeLast().flush()
            } else if !toFlush.isEmpty {
                var flushables: [any Flushable] = []
                swap(&flushables, &toFlush)
                for flushable in flushables { flushable.flush() }
                flushables.removeAll(keepingCapacity: true)
                if toFlush.isEmpty { swap(&flushables, &toFlush) }
            }
            let works = toRun
            toRun = []
            for work in works { work() }
        }
    }

    /// Turns for ever. The main thread has to call it, and never gets it back.
    package func run() -> Never {
        driver.takeOver()
        while true {
            var wait = -1
            if let nextDeadline { wait = max(0, nextDeadline &- monotonicMilliseconds()) }
            turn(waiting: Int32(clamping: wait))
        }
    }
}
