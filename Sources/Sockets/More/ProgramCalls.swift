// System calls that only programs around the engine need. Next: ../SystemCalls.swift.

import Foundation

/// Whether standard output is a terminal.
package nonisolated func isTerminal() -> Bool { isatty(STDOUT_FILENO) == 1 }

/// Ends a process that was started here, at once.
package nonisolated func systemKill(_ process: Int32) { _ = kill(process, SIGKILL) }

/// Whether there is something at a path.
package nonisolated func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
