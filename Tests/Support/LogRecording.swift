// What the engine says in its log, for a test that runs it in its own process.

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps what goes to standard error until it is stopped; then it all goes where it was meant to go.
/// Other suites may run beside it, and record as well: what they say is in it too.
@MainActor package final class LogRecording {
    /// The file that standard error is, as long as anyone records, and what it was before.
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
