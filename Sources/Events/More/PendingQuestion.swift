// The wait of `emitWithAck` for an answer: it ends with the answer, or when the task that waits is
// cancelled. In: an answer, or a cancelled task. Out: one resumption; the id of the acknowledgement
// is forgotten. Next: Asking.swift.

/// One wait for an answer.
@MainActor package final class PendingQuestion {
    private var continuation: CheckedContinuation<Void, Never>?
    private var isOver = false
    /// Set by the side that has sent the event: forgets the acknowledgement that it expects.
    package var forget: (() -> Void)?

    package init() {}

    /// Has the event sent, and waits until `end` is called or the task is cancelled.
    func wait(_ send: @MainActor () -> Void) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.continuation = continuation
                // Cancelled before it began: nothing is sent.
                if Task.isCancelled { cancel() } else { send() }
            }
        } onCancel: {
            Task { @MainActor in self.cancel() }
        }
    }

    /// The answer is there, or there will be none.
    func end() {
        guard !isOver else { return }
        isOver = true
        forget = nil
        continuation.take()?.resume()
    }

    private func cancel() {
        guard !isOver else { return }
        forget?()
        end()
    }
}
