// Whether a file is still the one that was read. Next: Sources/Engine/More/Pages/PageCache.swift,
// which asks at each request.

import Foundation

/// One state of one regular file. Two that are equal have the same content, as far as the system
/// can tell without reading it: the same file, not written to since.
package nonisolated struct FileIdentity: Equatable {
    private let device: UInt64
    private let number: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// The file at a path, links followed; nil: there is none, or it is a folder, a pipe, a device.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        #if os(Linux)
            let modified = status.st_mtim
        #else
            let modified = status.st_mtimespec
        #endif
        (seconds, nanoseconds) = (Int(modified.tv_sec), Int(modified.tv_nsec))
    }

    /// Whether the next change will be seen. The system dates files by a clock that ticks every few
    /// milliseconds (on some disks: seconds), so two changes in a row may look like one.
    package var isSettled: Bool { calendarMilliseconds() - seconds * 1_000 > 3_000 }
}
