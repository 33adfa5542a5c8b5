// Time and chance, as a connection sees them: tests pass their own and need not wait.
// Next: RedisConnection.swift.

import EngineSockets

/// A clock, timers and a source of jitter.
package struct RedisTiming {
    /// Milliseconds of a clock that never goes back.
    package var now: () -> Int
    /// Calls something once, after so many milliseconds.
    package var after: (Int, @escaping () -> Void) -> Void
    /// A number from 0 to 1.
    package var random: () -> Double

    package init(
        now: @escaping () -> Int, after: @escaping (Int, @escaping () -> Void) -> Void,
        random: @escaping () -> Double
    ) {
        self.now = now
        self.after = after
        self.random = random
    }

    /// The system's clock and the event loop's timers.
    package static let live = RedisTiming(
        now: monotonicMilliseconds, after: { EventLoop.shared.after($0, $1) },
        random: { .random(in: 0...1) })
}
