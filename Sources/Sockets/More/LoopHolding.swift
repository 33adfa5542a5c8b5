// A loop that is turned by Dispatch's main queue, at the speed of one that owns its thread. While
// there is work, the turns wait for the next bytes by themselves, and give the queue back after
// each one that had something to do; a turn without gives it back to Dispatch, which wakes it
// again. So nothing spins, and what others put into the main queue waits a millisecond at most. In:
// readiness. Out: turns. Next: ../LoopDriver.swift, Engine/More/Ending/Serve.swift.

import Foundation

/// Holds the main queue while the loop is busy.
private final class LoopHolder {
    /// Milliseconds that a turn waits for bytes before the queue is given back for good.
    private static let patience: Int32 = 1

    /// How many servers want it.
    var users = 0
    private var isHolding = false

    func begin(_ loop: EventLoop) {
        guard !isHolding else { return }
        isHolding = true
        // Otherwise Dispatch would wake a thread for each readiness that the turns see themselves.
        loop.driver.source?.suspend()
        loop.driver.isOwning = true
        turn(loop)
    }

    private func turn(_ loop: EventLoop) {
        let next = loop.nextDeadline.map { max(0, $0 &- monotonicMilliseconds()) } ?? .max
        let wait = min(Self.patience, Int32(clamping: next))
        let count = loop.turn(waiting: wait)
        guard count > 0 || next <= Int(Self.patience), users > 0 else { return end(loop) }
        DispatchQueue.main.async { MainActor.assumeIsolated { self.turn(loop) } }
    }

    private func end(_ loop: EventLoop) {
        isHolding = false
        loop.driver.isOwning = false
        loop.driver.source?.resume()
        loop.deadlinesChanged()
    }
}

private let holder = LoopHolder()

extension EventLoop {
    func ready() {
        #if os(Linux)
            if holder.users > 0 { return holder.begin(self) }
        #endif
        turn(waiting: 0)
    }

    /// Between these two calls an embedded loop runs at the speed of one that owns its thread.
    package func beginHolding() { holder.users += 1 }
    package func endHolding() { holder.users -= 1 }
}
