// A program under test: a process, what it prints, and how it ends. In: an executable and its
// arguments. Out: lines, a port, an exit status. Next: RawClient.swift.

import Foundation
import Sockets

/// A running program. Its output goes into files, which are read when somebody asks: a pipe would
/// need a thread, or a source of Dispatch's, to be emptied.
package final class Program {
    private let process = Process()
    private let output: URL
    private let errors: URL
    /// The port in its line "listening on …".
    package private(set) var port = 0

    /// Starts a program.
    package init(_ executable: URL, _ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        output = folder.appending(path: "output")
        errors = folder.appending(path: "errors")
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = try Self.file(output)
        process.standardError = try Self.file(errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
    }

    private static func file(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    /// Waits until it listens: it prints "listening on http://localhost:<port>".
    package func waitUntilListening() async throws {
        let line = try await line("listening on http://")
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }), port > 0 else {
            throw Missing(description: "a port in the line \"\(line)\"")
        }
        self.port = port
    }

    /// It was told to listen here, and may not say so.
    func expectPort(_ port: Int) { self.port = port }

    /// Waits until somebody listens: at the port that it was told, or else at the one it names.
    func waitUntilReady() async throws {
        guard port > 0 else { return try await waitUntilListening() }
        let limit = monotonicMilliseconds() + RawClient.patience
        while isRunning, monotonicMilliseconds() < limit {
            let knock = try RawClient(port: port)
            knock.patience = 200
            if (try? await knock.request("GET", "/")) != nil { return knock.vanish() }
            knock.vanish()
            await withCheckedContinuation { continuation in
                EventLoop.shared.after(50) { continuation.resume() }
            }
        }
        throw Missing(description: "a server at port \(port)")
    }

    /// Whether it still runs.
    package var isRunning: Bool { process.isRunning }

    /// Ends it at once, if it still runs.
    package func kill() {
        if process.isRunning { systemKill(process.processIdentifier) }
    }

    /// What it has printed, line by line.
    package var lines: [String] {
        let text = Self.text(output)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    /// What it has said on standard error.
    package var errorText: String { Self.text(errors) }

    private static func text(_ url: URL) -> String {
        String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self)
    }

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
