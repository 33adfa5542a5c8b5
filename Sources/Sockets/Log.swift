// What the engine has to say to the person who runs it: one line each, to standard error, so that
// standard output belongs to the program. In: sentences. Out: lines that nobody outside can forge.

import EngineBytes

/// The engine's log.
package nonisolated enum Log {
    /// Writes one line. Line breaks and control characters in it are escaped: parts of it may come
    /// from outside.
    package static func write(_ line: String) {
        printError(escapedForLog(line))
    }
}
