// Servers that are closed when the test that opened them has ended: a suite says `.closesServers`,
// its tests say `closing(App())`. Next: Tests/Support/OpenServers.swift.

import Engine
import TestSupport
import Testing

func closing(_ app: App) -> App {
    close { await app.close() }
    return app
}

func closing(_ server: SocketServer) -> SocketServer {
    close { await server.close() }
    return server
}

private func close(_ server: @escaping () async -> Void) {
    guard !OpenServers.add(server) else { return }
    Issue.record("a suite that opens servers needs the trait .closesServers")
}

/// Closes what each test of a suite has opened.
nonisolated struct ClosingServers: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
    ) async throws {
        try await OpenServers.closed(after: body)
    }
}

extension Trait where Self == ClosingServers {
    /// Each test's servers are closed at its end.
    nonisolated static var closesServers: ClosingServers { ClosingServers() }
}
