// Tests that work for seconds without a pause: a suite of them says `.heavy`, and one of them runs
// at a time. Next: Tests/Support/Seats.swift.

import TestSupport
import Testing

/// Runs one test of all such suites at a time.
nonisolated struct Heavy: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
    ) async throws {
        try await Seats.heavy.hold(body)
    }
}

extension Trait where Self == Heavy {
    /// One test of all heavy suites runs at a time.
    nonisolated static var heavy: Heavy { Heavy() }
}
