// The lines of the engine's log, for a test that runs the engine in its own process.

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps what is written to standard error. When the last recording stops, it is all written there.
/// Other suites may run at the same time, and may record too: their lines are in it as well.
@MainActor package final class LogRecording {
    /// The file that standard error is, while a recording runs, and the original one.
    private static var shared: (file: URL, original: Int32)?
    private static var count = 0

    private let file: URL
    /// What was there before it began.
    private let start: Int

    package init() throws {
        let (file, _) = try Self.shared ?? Self.redirect()
        self.file = file
        start = try Data(contentsOf: file).count
        Self.count += 1
    }

    private static func redirect() throws -> (URL, Int32) {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: file)
        let original = dup(STDERR_FILENO)
        let target = open(file.path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard original >= 0, target >= 0, dup2(target, STDERR_FILENO) >= 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
        _ = close(target)
        shared = (file, original)
        return (file, original)
    }

    /// The lines so far that contain this.
    package func lines(with part: String) -> [String] {
        let data = (try? Data(contentsOf: file))?.dropFirst(start) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains(part) }
    }

    package func stop() {
        Self.count -= 1
        guard Self.count == 0, let (file, original) = Self.shared else { return }
        _ = dup2(original, STDERR_FILENO)
        _ = close(original)
        Self.shared = nil
        FileHandle.standardError.write((try? Data(contentsOf: file)) ?? Data())
        try? FileManager.default.removeItem(at: file)
    }
}
