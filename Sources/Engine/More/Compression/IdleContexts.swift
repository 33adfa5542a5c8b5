// Connections that have sent nothing compressed for a while give the memory of their compressors
// back. In: connections, moments. Out: calls of `dropContext`. Next: MessageCompression.swift.

import EngineSockets

/// The contexts that are dropped after one time of silence. All have the same, so that one queue
/// keeps the moments in order: no timer for a connection.
final class IdleContexts: DeadlineSource {
    private static var all: [Int: IdleContexts] = [:]

    private struct Watched {
        weak var compression: MessageCompression?
    }

    private let time: Int
    private var queue = DeadlineQueue<Watched>()

    private init(time: Int) { self.time = time }

    /// Drops the context when it was not used for `time` milliseconds.
    static func watch(_ compression: MessageCompression, time: Int) {
        let time = max(1, time)
        let contexts = all[time] ?? IdleContexts(time: time)
        all[time] = contexts
        if contexts.queue.next == nil { EventLoop.shared.add(contexts) }
        contexts.append(compression, at: EventLoop.shared.now)
        EventLoop.shared.deadlinesChanged()
    }

    private func append(_ compression: MessageCompression, at now: Int) {
        queue.append(Watched(compression: compression), at: now &+ time)
    }

    var nextDeadline: Int? { queue.next }

    func deadlinePassed(at now: Int) {
        while let (_, watched) = queue.popDue(at: now) {
            guard let compression = watched.compression, let used = compression.lastUsed else {
                continue
            }
            if used &+ time <= now {
                compression.dropContext()
            } else {
                append(compression, at: now)
            }
        }
        if queue.next == nil { EventLoop.shared.remove(self) }
    }
}
