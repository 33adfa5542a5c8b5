// The programs that were built beside the tests.

import Foundation
import Grading

extension Program {
    private final class Marker {}

    private static var products: URL {
        let bundle = Bundle(for: Marker.self).bundleURL
        // On macOS the bundle is a folder of its own beside the products.
        return bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    }

    /// Starts a program of this package.
    package convenience init(
        _ name: String, _ arguments: [String] = ["--port", "0"],
        environment: [String: String] = [:]
    ) throws {
        try self.init(
            Self.products.appending(path: name), arguments, environment: environment)
    }

    /// Starts a program and waits until it listens.
    package static func listening(
        _ name: String, _ more: [String] = [], environment: [String: String] = [:]
    ) async throws -> Program {
        let program = try Program(name, ["--port", "0"] + more, environment: environment)
        try await program.waitUntilListening()
        return program
    }
}

extension Program {
    /// No ping comes between two messages, however busy the machine is.
    package static let rarePings = ["--ping-interval", "600000"]

    /// The lines of its error output, without what every program says that runs in a container.
    package var errorLines: [Substring] {
        errorText.split(separator: "\n").filter { !$0.hasPrefix("this is a container") }
    }
}
