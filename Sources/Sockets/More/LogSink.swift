// The log as values, for a program that has a log of its own: `Log.sink = { entry in … }`. In:
// lines of the engine, with what they are about. Out: calls of the sink, or lines on standard
// error. Next: ../Log.swift; Engine/More/Observing/HandlerErrors.swift.

import EngineBytes
import Synchronization

/// How much a line of the log matters.
public nonisolated enum LogLevel: String, Sendable, Comparable, CaseIterable {
    /// Something happened as it should.
    case info
    /// A client was refused or has gone wrong, or an option was; the server goes on.
    case warning
    /// The program's own code has failed: a handler, a route.
    case error

    /// By how much they matter.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        let all = allCases
        return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
    }
}

/// One line of the log.
public nonisolated struct LogEntry: Sendable, Equatable {
    /// How much it matters.
    public let level: LogLevel
    /// A sentence. Parts of it may come from outside: line breaks in it are not escaped yet.
    public let message: String
    /// What it is about, where that is known: `socket` (its id), `event`, `address`, `namespace`,
    /// `route`. Clients choose events and namespaces: they are not escaped either.
    public let fields: [String: String]

    /// The line as standard error gets it: one line, what came from outside is escaped.
    public var line: String { escapedForLog(message) }
}

/// The sink may be set and used on any thread: a lock is around it.
private nonisolated let currentSink = Mutex<(@Sendable (LogEntry) -> Void)?>(nil)

nonisolated extension Log {
    /// Gets each line of the log, in place of standard error; nil, the default: standard error gets
    /// it. It is called wherever the line is written, mostly on the main actor, and has to be
    /// quick.
    public static var sink: (@Sendable (LogEntry) -> Void)? {
        get { currentSink.withLock { $0 } }
        set { currentSink.withLock { $0 = newValue } }
    }

    /// Writes one line, to the sink if there is one.
    package static func write(_ line: String) { write(line, .warning, [:]) }

    /// Writes a line, with what it is about.
    package static func write(_ line: String, _ level: LogLevel, _ fields: [String: String]) {
        let entry = LogEntry(level: level, message: line, fields: fields)
        if let sink { sink(entry) } else { printError(entry.line) }
    }
}
