// Several servers of one process hear SIGINT and SIGTERM, and when none does any more, the signals
// end the process as they do by default. In: handlers. Out: calls. Next: ShutdownSignals.swift,
// Engine/More/Ending/Serve.swift.

import Foundation

/// Those that hear the signals.
private final class SignalHandlers {
    private var handlers: [Int: () -> Void] = [:]
    private var count = 0

    func add(_ handler: @escaping () -> Void) throws -> Int {
        if handlers.isEmpty {
            try EventLoop.shared.onShutdownSignal { [self] in
                for handler in handlers.values { handler() }
            }
        }
        count += 1
        handlers[count] = handler
        return count
    }

    func remove(_ number: Int) {
        handlers[number] = nil
        guard handlers.isEmpty else { return }
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}

private let signalHandlers = SignalHandlers()

extension EventLoop {
    /// Calls `handler` at SIGINT and SIGTERM, beside others, until `removeSignalHandler`. Throws
    /// when the system has no descriptors.
    package func addSignalHandler(_ handler: @escaping () -> Void) throws -> Int {
        try signalHandlers.add(handler)
    }

    /// The handler hears no more. Without any, the signals end the process again.
    package func removeSignalHandler(_ number: Int) { signalHandlers.remove(number) }
}
