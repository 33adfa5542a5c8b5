// A program under test: a process, what it prints, and how it ends. In: an executable and its
// arguments. Out: lines, a port, an exit status. Next: RawClient.swift.

import Foundation
import EngineSockets

/// A running program. Its output goes into files, which are read when a test asks for it. A pipe
/// would need a thread, or a source of Dispatch's, to be emptied.
package final class Program {
    private let process = Process()
    private let output: Recording
    private let errors: Recording
    /// The port in its line "listening on …".
    package private(set) var port = 0

    /// Starts a program.
    package init(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:]
    ) throws {
        output = try Recording()
        errors = try Recording()
        process.executableURL = executable
        process.arguments = arguments
        // A short crash report, soon.
        let defaults = ["SWIFT_BACKTRACE": "color=no,images=none,threads=crashed,timeout=2s"]
        process.environment = ProcessInfo.processInfo.environment
            .merging(defaults) { $1 }.merging(environment) { $1 }
        process.standardOutput = output.writer
        process.standardError = errors.writer
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// A file without a name: the system removes it when the process ends.
    private struct Recording {
        let writer, reader: FileHandle

        init() throws {
            let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try Data().write(to: url)
            writer = try FileHandle(forWritingTo: url)
            reader = try FileHandle(forReadingFrom: url)
            try FileManager.default.removeItem(at: url)
        }

        var text: String {
            try? reader.seek(toOffset: 0)
            return String(decoding: (try? reader.readToEnd()) ?? Data(), as: UTF8.self)
        }
    }

    /// The options of our stages for a heartbeat.
    package static func options(_ heartbeat: (interval: Int, timeout: Int)?) -> [String] {
        guard let heartbeat else { return [] }
        return [
            "--ping-interval", "\(heartbeat.interval)", "--ping-timeout", "\(heartbeat.timeout)",
        ]
    }

    /// Waits until it listens: it prints "listening on http://localhost:<port>".
    package func waitUntilListening() async throws {
        let line = try await line("listening on http://")
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }), port > 0 else {
            throw Missing(description: "a port in the line \"\(line)\"")
        }
        self.port = port
    }

    /// The port that a command was told to listen at. It may not print a line.
    func expectPort(_ port: Int) { self.port = port }

    /// Waits until the program listens, at the expected port, or else at the port that it prints.
    func waitUntilReady() async throws {
        guard port > 0 else { return try await waitUntilListening() }
        let limit = monotonicMilliseconds() + RawClient.patience
        while isRunning, monotonicMilliseconds() < limit {
            let probe = try RawClient(port: port)
            probe.patience = 200
            if (try? await probe.request("GET", "/")) != nil { return probe.vanish() }
            probe.vanish()
            await withCheckedContinuation { continuation in
                EventLoop.shared.after(50) { continuation.resume() }
            }
        }
        throw Missing(description: "a server at port \(port)")
    }

    /// Whether it answers a request, whatever the answer is.
    func answers() async -> Bool {
        guard let client = try? RawClient(port: port) else { return false }
        client.patience = 1_500
        defer { client.vanish() }
        return (try? await client.request("GET", "/")) != nil
    }

    /// Whether it still runs.
    package var isRunning: Bool { process.isRunning }

    /// Ends it at once, if it still runs.
    package func kill() {
        if process.isRunning { systemKill(process.processIdentifier) }
    }

    /// What it has printed, line by line.
    package var lines: [String] {
        output.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    /// All that it has printed.
    package var text: String { output.text }

    /// How it ended.
    package var exitStatus: Int32 { process.isRunning ? -1 : process.terminationStatus }

    /// What it has written to standard error.
    package var errorText: String { errors.text }

    /// Waits for a line that begins so.
    package func line(_ beginning: String) async throws -> String {
        try await eventually("the line \"\(beginning)…\"") {
            self.lines.contains { $0.hasPrefix(beginning) } || !self.process.isRunning
        }
        guard let line = lines.first(where: { $0.hasPrefix(beginning) }) else {
            throw Missing(description: "the line \"\(beginning)…\"; printed: \(lines) \(errorText)")
        }
        return line
    }

    /// Waits for the end; returns the exit status.
    package func end() async throws -> Int32 {
        try await eventually("the end of the program") { !self.process.isRunning }
        return process.terminationStatus
    }

    /// Asks it to end, as Control-C does, and waits for it.
    package func interrupt() async throws -> Int32 {
        process.interrupt()
        return try await end()
    }

    /// Asks it to end, as `kill` does, and waits for it.
    package func terminate() async throws -> Int32 {
        process.terminate()
        return try await end()
    }
}
