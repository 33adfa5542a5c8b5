// The servers that a test has opened: closed at its end, however it ends. A suite says
// `.closesServers`; its tests say `closing(App())`.

import Testing

/// What is open in the test that runs.
package final class OpenServers {
    @TaskLocal package static var current: OpenServers?

    private var closings: [() async -> Void] = []

    package nonisolated init() {}

    /// Closes this one, too, when the test has ended.
    package static func add(_ close: @escaping () async -> Void) {
        guard let current else {
            Issue.record("a suite that opens servers needs the trait .closesServers")
            return
        }
        current.closings.append(close)
    }

    fileprivate func close() async {
        for close in closings.reversed() { await close() }
        closings = []
    }
}

/// Closes what each test of a suite has opened.
package nonisolated struct ClosingServers: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
    ) async throws {
        let servers = OpenServers()
        let result: Result<Void, any Error>
        do {
            try await OpenServers.$current.withValue(servers) { try await body() }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await servers.close()
        try result.get()
    }
}

extension Trait where Self == ClosingServers {
    /// Each test's servers are closed at its end.
    package nonisolated static var closesServers: ClosingServers { ClosingServers() }
}
