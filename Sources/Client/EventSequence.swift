// The events of one name as an asynchronous sequence. In: events, as they come. Out: the same, when
// they are asked for. Next: ClientSocket.swift.

/// Events, as they come. What is not asked for yet, waits. Read it in one place only.
public struct EventSequence<Element>: @MainActor AsyncSequence {
    let buffer: EventBuffer<Element>

    /// Hands out one event after the other.
    public struct AsyncIterator: @MainActor AsyncIteratorProtocol {
        let buffer: EventBuffer<Element>

        /// The next event; nil: the socket has left, or the task was cancelled.
        public func next() async -> Element? { await buffer.next() }
    }

    /// Begins with the first event that was not handed out.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}

/// What has come and was not asked for, or who asks for what has not come.
final class EventBuffer<Element> {
    private var waiting: [Element] = []
    private var isOver = false
    private var reader: CheckedContinuation<Void, Never>?
    /// Called when nobody can ask any more.
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
