// A stage as a learner runs it: a process, what it prints, and how it ends.

import Foundation
import Sockets

/// A program that was built beside the tests, running.
package final class Program {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()
    private var printed = ""
    private var complained = ""
    private var hasEnded = false
    /// The port in its line "listening on …".
    package private(set) var port = 0

    /// Starts a program; the tests' bundle lies in the folder of all products.
    package init(_ name: String, _ arguments: [String] = ["--port", "0"]) throws {
        process.executableURL = Self.products.appending(path: name)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        output.fileHandleForReading.readabilityHandler = { handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            DispatchQueue.main.async { MainActor.assumeIsolated { self.printed += text } }
        }
        errors.fileHandleForReading.readabilityHandler = { handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            DispatchQueue.main.async { MainActor.assumeIsolated { self.complained += text } }
        }
        process.terminationHandler = { _ in
            DispatchQueue.main.async { MainActor.assumeIsolated { self.hasEnded = true } }
        }
        try process.run()
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
        let line = try await program.line("listening on http://localhost:")
        program.port = Int(line.split(separator: ":").last ?? "") ?? 0
        return program
    }

    /// What it has printed, line by line.
    package var lines: [String] {
        printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// What it has said on standard error.
    package var errorText: String { complained }

    /// Waits for a line that begins so.
    package func line(_ beginning: String) async throws -> String {
        try await eventually("the line \"\(beginning)…\" (\(lines), \(complained))") {
            self.lines.contains { $0.hasPrefix(beginning) } || self.hasEnded
        }
        guard let line = lines.first(where: { $0.hasPrefix(beginning) }) else {
            throw Missing(description: "the line \"\(beginning)…\"; printed: \(lines) \(complained)")
        }
        return line
    }

    /// Waits for the end; returns the exit status.
    package func end() async throws -> Int32 {
        try await eventually("the end of the program") { self.hasEnded }
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
