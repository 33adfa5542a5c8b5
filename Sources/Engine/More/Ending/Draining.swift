// The end in order: `await app.close(draining: .seconds(10))`. In: the wish, or a signal. Out: no
// new connections, not ready; what is under way finishes and its answers leave; then clients are
// told, then what the program has asked for is done, then adapters close.
// Next: Closing.swift (`close`), Serve.swift; Sources/Events/More/HandlerQueue.swift.

import EngineSockets
import SocketIOEvents

/// How an app ends.
struct Ending {
    /// Milliseconds that what is under way may take.
    var time = 10_000
    /// When it has to be over, on the monotonic clock; nil: it has not begun.
    var deadline: Int?
    /// When the first signal came.
    var signalled: Int?
    var isReady = true
    var handlers: [@MainActor () async -> Void] = []

    /// Milliseconds that are left of `time`.
    func left(_ now: Int) -> Int { deadline.map { max(0, $0 &- now) } ?? 0 }
}

extension App {
    /// Seconds that the end may take from a signal on: `run` and `serve` wait so long for handlers,
    /// routes, `onShutdown` and adapters. Containers are mostly killed after 10 s.
    public var shutdownTime: Duration {
        get { .milliseconds(more.ending.time) }
        set { more.ending.time = newValue.inMilliseconds }
    }

    /// Calls `handler` when the app ends: clients have been told, and what their `onDisconnect`
    /// handlers have started is done. For the program's own flush. Several are called one after the
    /// other, the last that was set first; the end waits for them, within `shutdownTime`.
    public func onShutdown(_ handler: @escaping @MainActor () async -> Void) {
        more.ending.handlers.append(handler)
    }

    /// Whether the end has begun: nothing new is accepted, and `/health` says "draining".
    public var isDraining: Bool { (extras as? AppExtras)?.ending.deadline != nil }

    /// Closes in order: accepts no new connection; waits until async handlers and routes that are
    /// under way have ended and their answers have left, for `limit` at most; then closes as
    /// `close()` does. What still comes over open connections meanwhile is served.
    public func close(draining limit: Duration) async {
        more.ending.deadline = monotonicMilliseconds() &+ limit.inMilliseconds
        for listener in listeners { listener.close() }
        let work = more.work
        if work.underWay > 0 {
            EventLoop.shared.after(500) { [weak self] in
                guard let self, work.underWay > 0, !isClosed else { return }
                Log.write(
                    "ending: \(work.underWay) handlers are under way, and have "
                        + "\(more.ending.left(monotonicMilliseconds())) ms (shutdownTime)",
                    .info, [:])
            }
        }
        await wait(more.ending.left(monotonicMilliseconds())) { work.underWay == 0 }
        if work.underWay > 0 {
            Log.write(
                "\(work.underWay) handlers did not end in time, and are cut off (shutdownTime)")
        }
        // What they have said is in the queues of connections: a turn later it is in the system's.
        await wait(min(1_000, more.ending.left(monotonicMilliseconds()))) {
            self.connections.values.allSatisfy { $0.stream.queuedByteCount == 0 }
                && self.webSockets.values.allSatisfy { $0.stream.queuedByteCount == 0 }
        }
        await close()
    }

    /// All clients are gone: what their handlers have started, and what the program wants to do.
    func finish() async {
        let now = monotonicMilliseconds()
        let end = more.ending.deadline ?? now &+ more.ending.time
        let work = more.work
        // Without `draining` no one has asked to wait for long.
        await wait(isDraining ? end &- now : closeTime) { work.underWay == 0 }
        let handlers = more.ending.handlers
        more.ending.handlers = []
        for handler in handlers.reversed() {
            let left = max(0, end &- monotonicMilliseconds())
            if await isDone(within: left, handler) { continue }
            Log.write("an onShutdown handler did not end in time (shutdownTime)")
        }
    }

    /// A signal has come. A second one, a second later or more, ends the program at once.
    func end() async {
        let now = monotonicMilliseconds()
        if let first = more.ending.signalled {
            guard now &- first < 1_000 else {
                printError("ended at once: \(more.work.underWay) handlers were under way")
                exitProcess(1)
            }
            // The first one ends the program.
            while true { await wait(60_000) { false } }
        }
        more.ending.signalled = now
        await close(draining: .milliseconds(more.ending.time))
    }
}

/// Waits for some work, for so many milliseconds at most. False: it goes on.
func isDone(
    within milliseconds: Int, _ work: @escaping @MainActor () async -> Void
) async -> Bool {
    await withCheckedContinuation { continuation in
        var waiting: CheckedContinuation<Bool, Never>? = continuation
        let timer = EventLoop.shared.timer(after: milliseconds) {
            waiting.take()?.resume(returning: false)
        }
        Task {
            await work()
            timer.cancel()
            waiting.take()?.resume(returning: true)
        }
    }
}

extension Socket {
    /// Calls `handler` once, when the socket is gone. It may wait for something: the end of the
    /// program waits for it, within `App.shutdownTime`.
    public func onDisconnect(
        _ handler: @escaping @MainActor (DisconnectReason) async -> Void
    ) {
        let work = client.session.server.app.more.work
        onDisconnect { (reason: DisconnectReason) in
            work.began()
            Task {
                await handler(reason)
                work.ended()
            }
        }
    }
}
