// Two ways to turn the loop. Embedded: Dispatch's main queue watches the poller's own descriptor
// and turns the loop when something is ready; tests, clients and macOS run so. Owning: the main
// thread sits in epoll_wait itself, and Dispatch's main queue is one more descriptor in the set; a
// server on Linux runs so, and saves a wake-up of another thread for every request.
// Next: EventLoop.swift.

import CEngineSockets
import Foundation

/// What an embedded loop does when something is ready; see More/LoopHolding.swift.
protocol LoopHooks: AnyObject { func turn(waiting milliseconds: Int32) -> Int }
extension EventLoop: LoopHooks {}
extension LoopHooks { func ready() { _ = turn(waiting: 0) } }

/// Turns the loop when a descriptor is ready, or a deadline has come.
final class LoopDriver {
    private var loop: EventLoop { .shared }
    var source: (any DispatchSourceRead)?
    private lazy var timer = makeTimer()
    private var scheduled: Int?
    var isOwning = false

    /// Lets Dispatch's main queue turn the loop, from the first watched descriptor on.
    func start() {
        guard !isOwning, source == nil else { return }
        let source = DispatchSource.makeReadSource(
            fileDescriptor: loop.poller.descriptor, queue: .main)
        source.setEventHandler { [loop] in MainActor.assumeIsolated { loop.ready() } }
        source.activate()
        self.source = source
    }

    /// Has the loop turned at `deadline`, in milliseconds of the monotonic clock.
    func schedule(_ deadline: Int?) {
        guard !isOwning, deadline != scheduled, let deadline else { return }
        scheduled = deadline
        let distance = max(0, deadline &- monotonicMilliseconds())
        timer.schedule(deadline: .now() + .milliseconds(distance), leeway: .milliseconds(1))
    }

    private func makeTimer() -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { [unowned self] in
            MainActor.assumeIsolated {
                // What comes next has to be scheduled anew.
                scheduled = nil
                _ = loop.turn(waiting: 0)
            }
        }
        timer.activate()
        return timer
    }

    /// Makes the calling thread the loop's own. On macOS Dispatch keeps its part.
    func takeOver() {
        #if os(Linux)
            isOwning = true
            source?.cancel()
            source = nil
            timer.cancel()
            // Readable when a block or a Swift task waits.
            let queue = _dispatch_get_main_queue_handle_4CF()
            do {
                try loop.watch(queue) {
                    var count: UInt64 = 0
                    // Before the callback: what is enqueued during it must wake the loop once more.
                    _ = read(queue, &count, MemoryLayout<UInt64>.size)
                    _dispatch_main_queue_callback_4CF(nil)
                }
            } catch {
                printError("\(error)")
                exitProcess(1)
            }
        #else
            dispatchMain()
        #endif
    }
}
