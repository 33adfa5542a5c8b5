// Waiting for a condition on the main actor, with a limit. Next: RawClient.swift.

import CourseLanguage
import EngineSockets

/// What a test or a check waited for, in vain.
package struct Missing: Error, CustomStringConvertible {
    package let sentence: Sentence
    package init(description: Sentence) { sentence = description }
    package var description: String { sentence.text }
}

/// A server that answers a WebSocket's opening handshake with something else.
package struct RefusedWebSocket: Error, CustomStringConvertible {
    let status: Int
    package let description: String
}

/// Waits until a condition holds: it is tried once in each turn of the event loop, about every
/// millisecond. Throws `Missing` after `patience` milliseconds.
@MainActor
package func eventually(
    _ what: String, within patience: Int = RawClient.patience, _ condition: () -> Bool
) async throws {
    let limit = monotonicMilliseconds() + patience
    while !condition() {
        guard monotonicMilliseconds() < limit else {
            throw Missing(description: Sentence(verbatim: what))
        }
        await withCheckedContinuation { continuation in
            EventLoop.shared.after(1) { continuation.resume() }
        }
    }
}
