// What the engine says to the person at the terminal: one line each, to standard error, so that
// standard output belongs to the program. Next: SystemCalls.swift.

import EngineBytes

/// The engine's log.
public nonisolated enum Log: LogHooks {}

/// Where a line goes; More has a method of the same name, which takes the place of this one.
package nonisolated protocol LogHooks {}
nonisolated extension LogHooks {
    /// Writes one line. Line breaks and control characters in it are escaped: parts of it may come
    /// from outside.
    package static func write(_ line: String) { printError(escapedForLog(line)) }
}
