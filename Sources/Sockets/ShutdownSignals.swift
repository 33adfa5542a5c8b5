// Control-C and `kill`, as an event between two turns instead of the end of the process.
// In: SIGINT, SIGTERM. Out: one call. Next: Engine/HTTP/App.swift.

import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Calls back when the process is asked to end.
package final class ShutdownSignals {
    private var sources: [any DispatchSourceSignal] = []

    /// From now on SIGINT and SIGTERM call `handler` on the main actor.
    package init(_ handler: @escaping @MainActor @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
            source.setEventHandler { MainActor.assumeIsolated { handler() } }
            source.activate()
            sources.append(source)
        }
    }
}
