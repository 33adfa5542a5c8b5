// Two ways to turn the loop. Embedded: Dispatch's main queue watches the poller's own descriptor
// and turns the loop when something is ready; tests, clients and macOS run so. Owning: the main
// thread sits in epoll_wait itself, and Dispatch's main queue is one more descriptor in the set; a
// server on Linux runs so, and saves a wake-up of another thread for every request.
// Next: EventLoop.swift.

import CEngineSockets
import Foundation

/// Turns the loop when a descriptor is ready, or a deadline has come.
final class LoopDriver {
    private unowned let loop: EventLoop
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    private var scheduled: Int?
    private var isOwning = false

    init(loop: EventLoop) { self.loop = loop }

    /// Lets Dispatch's main queue turn the loop, from the first watched descriptor on.
    func start() {
        guard !isOwning, source == nil else { return }
        let source = DispatchSource.makeReadSource(
            fileDescriptor: loop.poller.descriptor, queue: .main)
        source.setEventHandler { [loop] in MainActor.assumeIsolated { loop.turn(waiting: 0) } }
        source.activate()
        self.source = source
    }

    /// Has the loop turned at `deadline`, in milliseconds of the monotonic clock.
    func schedule(_ deadline: Int?) {
        guard !isOwning, deadline != scheduled, let deadline else { return }
        scheduled = deadline
        let timer = self.timer ?? makeTimer()
        let distance = max(0, deadline &- monotonicMilliseconds())
        timer.schedule(deadline: .now() + .milliseconds(distance), leeway: .milliseconds(1))
    }

    private func makeTimer() -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { [unowned self] in
            MainActor.assumeIsolated {
                // What comes next has to be scheduled anew.
                scheduled = nil
                loop.turn(waiting: 0)
            }
        }
        timer.activate()
        self.timer = timer
        return timer
    }

    /// Makes the calling thread the loop's own. On macOS Dispatch keeps its part.
    func takeOver() {
        #if os(Linux)
            isOwning = true
            source?.cancel()
            source = nil
            timer?.cancel()
            let queue = MainQueue(descriptor: _dispatch_get_main_queue_handle_4CF())
            do {
                try loop.watch(queue.descriptor, for: .read, queue)
            } catch {
                printError("\(error)")
                exitProcess(1)
            }
        #else
            dispatchMain()
        #endif
    }
}

#if os(Linux)
    /// Dispatch's main queue, seen as a descriptor: readable when a block or a Swift task waits.
    private final class MainQueue: DescriptorWatcher {
        let descriptor: Int32

        init(descriptor: Int32) { self.descriptor = descriptor }

        func ready(_ readiness: Readiness) {
            var count: UInt64 = 0
            // Read before the callback: what is enqueued during it must wake the loop once more.
            _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
            _dispatch_main_queue_callback_4CF(nil)
        }
    }
#endif
