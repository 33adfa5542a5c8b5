// The servers that a test has opened: closed at its end, however it ends. The trait that says so of
// a suite is in the test targets: a target that is no test may not find the module Testing.

/// What is open in the test that runs.
package final class OpenServers {
    @TaskLocal private static var current: OpenServers?

    private var closings: [() async -> Void] = []

    private nonisolated init() {}

    /// Closes this one, too, when the test has ended. False: nothing closes what this test opens.
    package static func add(_ close: @escaping () async -> Void) -> Bool {
        current?.closings.append(close)
        return current != nil
    }

    /// Runs a test, and closes what it has opened, the last one first.
    package nonisolated static func closed(
        after body: @Sendable () async throws -> Void
    ) async throws {
        try await Seats.servers.hold {
            let servers = OpenServers()
            let result: Result<Void, any Error>
            do {
                try await $current.withValue(servers) { try await body() }
                result = .success(())
            } catch {
                result = .failure(error)
            }
            await servers.close()
            try result.get()
        }
    }

    private func close() async {
        for close in closings.reversed() { await close() }
        closings = []
    }
}
