// The async handlers of one socket: how many may be under way at once, and those that wait for it.
// In: work, in the order of arrival. Out: the same, started; a word to the socket when too many
// wait, and what the program watches. Next: AsyncHandlers.swift; ../Listeners.swift.

import EngineSockets

/// How the async handlers of a socket's events follow each other. Handlers without `async` always
/// run one after the other, in the order of arrival.
public nonisolated enum HandlerOrder: Equatable, Sendable {
    /// Each starts when its event comes, and may overlap with others, as in Node.
    case concurrent
    /// One after the other: the next one starts when the last one has ended.
    case serial
    /// At most so many are under way, started in the order of arrival; below 1 counts as 1.
    case atMost(Int)

    fileprivate var limit: Int {
        switch self {
        case .concurrent: .max
        case .serial: 1
        case .atMost(let count): max(1, count)
        }
    }
}

/// Watches over the handlers of one event, or of several servers.
@MainActor package protocol HandlerWatcher: AnyObject {
    /// An event is about to reach its handlers.
    func began(_ event: String) -> AnyObject?
    /// All handlers of an event have ended, those with awaits too; what `began` has returned.
    func ended(_ run: AnyObject, failed: Bool)
    /// A handler has failed.
    func failed(_ event: String, _ error: any Error, _ ack: Ack)
}

/// Counts async work that is under way.
@MainActor package final class WorkCounter {
    package private(set) var underWay = 0
    package init() {}
    package func began() { underWay += 1 }
    package func ended() { underWay -= 1 }
}

/// A socket that says how its handlers run.
@MainActor package protocol HandlerQueueOwner: AnyObject {
    /// Its first async handler was set, or it is watched.
    func prepare(_ queue: HandlerQueue)
}

/// The async handlers of one socket.
@MainActor package final class HandlerQueue {
    package typealias Work = @MainActor () async throws -> Void

    /// One event on its way through its handlers.
    fileprivate final class Run {
        let event: String
        let watched: AnyObject?
        var open = 1
        var hasFailed = false

        init(_ event: String, _ watched: AnyObject?) {
            self.event = event
            self.watched = watched
        }
    }

    private struct Waiting {
        let ack: Ack
        let run: Run?
        let event: String
        let work: Work
    }

    package var order = HandlerOrder.concurrent { didSet { startWaiting() } }
    /// With so many waiting, the socket is asked to take no more in.
    package var mostWaiting = 100
    /// Told when too many wait, and when that is over.
    package var whenFull: ((Bool) -> Void)?
    package var counter: WorkCounter?
    package weak var watcher: (any HandlerWatcher)?

    private var waiting: [Waiting] = []
    private var first = 0
    private var underWay = 0
    private var isFull = false
    /// Events whose handlers are being called: one may make another.
    private var stack: [Run] = []
    fileprivate var current: Run? { stack.last }

    /// How many wait.
    package var waitingCount: Int { waiting.count - first }

    fileprivate func start(_ event: String, _ ack: Ack, _ work: @escaping Work) {
        counter?.began()
        current?.open += 1
        waiting.append(Waiting(ack: ack, run: current, event: event, work: work))
        startWaiting()
    }

    private func startWaiting() {
        while first < waiting.count, underWay < order.limit {
            let next = waiting[first]
            first += 1
            underWay += 1
            // Tasks of one actor start in the order in which they were made.
            Task {
                do { try await next.work() } catch { failed(next.event, error, next.ack, next.run) }
                underWay -= 1
                counter?.ended()
                closeOne(next.run)
                startWaiting()
            }
        }
        if first * 2 >= waiting.count {
            waiting.removeFirst(first)
            first = 0
        }
        tellFullness()
    }

    private func tellFullness() {
        let limit = isFull ? mostWaiting / 2 : mostWaiting - 1
        guard isFull != (waitingCount > limit) else { return }
        isFull.toggle()
        whenFull?(isFull)
    }

    // MARK: - For watchers

    fileprivate func began(_ event: String) {
        guard let watcher else { return }
        stack.append(Run(event, watcher.began(event)))
    }

    fileprivate func ended() {
        closeOne(stack.popLast())
    }

    private func closeOne(_ run: Run?) {
        guard let run else { return }
        run.open -= 1
        guard run.open == 0, let watched = run.watched else { return }
        watcher?.ended(watched, failed: run.hasFailed)
    }

    fileprivate func failed(_ event: String, _ error: any Error, _ ack: Ack, _ run: Run?) {
        run?.hasFailed = true
        guard let watcher else {
            return Log.write(Listeners.sentence(event, error), .error, ["event": event])
        }
        watcher.failed(event, error, ack)
    }
}

extension Listeners.Called {
    private var queue: HandlerQueue? { extras.flatMap { $0 as? HandlerQueue } }

    func began() {
        if extras != nil, !isEmpty { queue?.began(event) }
    }

    func ended() {
        if extras != nil, !isEmpty { queue?.ended() }
    }

    func failed(_ error: any Error, _ ack: Ack) {
        guard let queue else {
            return Log.write(Listeners.sentence(event, error), .error, ["event": event])
        }
        queue.failed(event, error, ack, queue.current)
    }
}

extension EventSource {
    /// The socket's handlers with awaits, from the first use on.
    package var handlerQueue: HandlerQueue {
        if let queue = listeners.extras.flatMap({ $0 as? HandlerQueue }) { return queue }
        let queue = HandlerQueue()
        listeners.extras = queue
        (self as? any HandlerQueueOwner)?.prepare(queue)
        return queue
    }

    /// How the async handlers of this socket's events follow each other; `.concurrent`, as in Node,
    /// unless told. It counts for events that come from then on.
    public var handlers: HandlerOrder {
        get { listeners.extras.flatMap { $0 as? HandlerQueue }?.order ?? .concurrent }
        set { handlerQueue.order = newValue }
    }
}

extension HandlerQueue {
    /// Has a handler with awaits run, now or when it is its turn.
    func run(_ event: String, _ ack: Ack, _ work: @escaping Work) { start(event, ack, work) }
}
