// Control-C and `kill`, as an event between two turns instead of the end of the process. The signal
// puts a byte into a pipe, and the loop watches the pipe as it watches a connection. (A signal
// source of Dispatch's loses one signal in a hundred on a busy machine, on Linux.)
// Next: Engine/More/Ending/Closing.swift, ../CSystem/More/ShutdownSignals.c.

import CEngineSockets
import Foundation

extension EventLoop {
    /// From now on SIGINT and SIGTERM call `handler`. Throws when the system has no descriptors.
    package func onShutdownSignal(_ handler: @escaping () -> Void) throws {
        let pipe = csystem_watch_shutdown_signals()
        guard pipe >= 0 else { throw SystemError("watch for signals") }
        try watch(pipe) {
            var bytes = [UInt8](repeating: 0, count: 16)
            if read(pipe, &bytes, bytes.count) > 0 { handler() }
        }
    }
}
