// A stage as a learner runs it: a process, what it prints, and how it ends.

import Foundation
import Sockets

/// A program that was built beside the tests, running. Its output goes into files, which are read
/// when somebody asks: a pipe would need a thread, or a source of Dispatch's, to be emptied.
package final class Program {
    private let process = Process()
    private let output: URL
    private let errors: URL
    /// The port in its line "listening on …".
    package private(set) var port = 0

    /// Starts a program; the tests' bundle lies in the folder of all products.
    package init(_ name: String, _ arguments: [String] = ["--port", "0"]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        output = folder.appending(path: "output")
        errors = folder.appending(path: "errors")
        process.executableURL = Self.products.appending(path: name)
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

    private final class Marker {}

    private static var products: URL {
        let bundle = Bundle(for: Marker.self).bundleURL
        // On macOS the bundle is a folder of its own beside the products.
        return bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    }

    /// Starts a program and waits until it listens.
    package static func listening(_ name: String, _ more: [String] = []) async throws -> Program {
        let program = try Program(name, ["--port", "0"] + more)
        let line = try await program.line("listening on http://")
        program.port = Int(line.split(separator: ":").last ?? "") ?? 0
        return program
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
