// Control-C and `kill`, as an event between two turns instead of the end of the process. The signal
// puts a byte into a pipe, and the loop watches the pipe as it watches a connection. (A signal
// source of Dispatch's loses one signal in a hundred on a busy machine, on Linux.)
// Next: Engine/Program/Run.swift.

import CEngineSockets
import Foundation

/// Calls back when the process is asked to end.
package final class ShutdownSignals: DescriptorWatcher {
    private let pipe: Int32
    private let handler: () -> Void

    /// From now on SIGINT and SIGTERM call `handler`. Throws when the system has no descriptors.
    package init(_ handler: @escaping () -> Void) throws {
        self.handler = handler
        pipe = csystem_watch_shutdown_signals()
        guard pipe >= 0 else { throw SystemError("watch for signals") }
        try EventLoop.shared.watch(pipe, for: .read, self)
    }

    package func ready(_ readiness: Readiness) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard read(pipe, &bytes, bytes.count) > 0 else { return }
        handler()
    }
}
