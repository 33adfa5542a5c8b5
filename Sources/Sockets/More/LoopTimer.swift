// A timer that can be called off. Next: ../EventLoop.swift.

/// Work that is done once its time has come, unless it is called off.
package final class LoopTimer {
    fileprivate var work: (() -> Void)?

    fileprivate init(_ work: @escaping () -> Void) { self.work = work }

    /// Drops the work at once. After it was done: no effect.
    package func cancel() { work = nil }
}

extension EventLoop {
    /// Calls `work` once, after so many milliseconds, unless the timer is cancelled.
    package func timer(after milliseconds: Int, _ work: @escaping () -> Void) -> LoopTimer {
        let timer = LoopTimer(work)
        after(milliseconds) { timer.work.take()?() }
        return timer
    }
}
