// The events of one name as an asynchronous sequence: they wait until they are read.
// Next: ClientSocket.swift.

/// The events of one name: `for await text in socket.events("news", as: String.self)`.
///
/// Events that are not read yet wait in memory, without a limit. Only one task may read it, on the
/// main actor. It ends when the socket leaves for good, or when the reading task is cancelled.
public struct EventSequence<Element>: @MainActor AsyncSequence {
    let buffer: EventBuffer<Element>

    /// Gives one event after the other.
    public struct AsyncIterator: @MainActor AsyncIteratorProtocol {
        let buffer: EventBuffer<Element>

        /// Waits for the next event. nil: the socket has left, or the task was cancelled.
        public func next() async -> Element? { await buffer.next() }
    }

    /// Begins with the first event that was not read; an event is read once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}

/// Events that were not read, or a reader that waits for the next one.
final class EventBuffer<Element> {
    /// Simplified: no limit. A larger client would have one, and a rule for the events beyond it.
    private var waiting: [Element] = []
    private var isOver = false
    private var reader: CheckedContinuation<Void, Never>?
    /// Called when the last reference is gone.
    var abandoned: @MainActor @Sendable () -> Void = {}

    func add(_ element: Element) {
        waiting.append(element)
        wake()
    }

    func end() {
        isOver = true
        wake()
    }

    private func wake() {
        let reader = reader
        self.reader = nil
        reader?.resume()
    }

    func next() async -> Element? {
        await withTaskCancellationHandler {
            while waiting.isEmpty, !isOver, !Task.isCancelled {
                await withCheckedContinuation { reader = $0 }
            }
        } onCancel: {
            Task { @MainActor in self.end() }
        }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    deinit { Task { @MainActor [abandoned] in abandoned() } }
}
