// How many tests do the same kind of thing at a time: where hundreds begin at once, each waits for
// its turn so long that its server takes a client for dead. Next: OpenServers.swift.

/// So many tests at a time.
package final class Seats {
    /// Tests with servers and clients: they share one thread.
    package nonisolated static let servers = Seats(12)
    /// Tests that work for seconds without a pause: each takes a thread from all others.
    package nonisolated static let heavy = Seats(1)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private nonisolated init(_ count: Int) { free = count }

    /// Does this when a seat is free.
    package nonisolated(nonsending) func hold(_ body: () async throws -> Void) async throws {
        await take()
        let result: Result<Void, any Error>
        do {
            try await body()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await giveBack()
        try result.get()
    }

    private func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
