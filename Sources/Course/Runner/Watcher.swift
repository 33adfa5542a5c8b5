// Tells when files have changed, on any file system: it looks again and again, at the dates and
// sizes often, at the contents twice a second, since a date can stay the same over a save.
// In: files, the time. Out: those with other contents than before.
// Next: ../course/Rebuilder.swift, ../grade/GradingRun.swift.

import EngineSockets
import Foundation

/// Compares files with what they were.
package nonisolated struct Watcher {
    /// Milliseconds between two looks, and between two looks at the contents.
    package static let interval = 50
    private static let contentInterval = 500

    /// What a look sees.
    package struct Look: Equatable {
        var date: Date?
        var size: Int
        package init(date: Date?, size: Int) { (self.date, self.size) = (date, size) }
    }

    private struct Known {
        var look: Look?
        var content: Data?
        /// It was missing or empty at the last look: an editor may be about to write it.
        var isPending = false
    }

    private let files: [URL]
    private let look: (URL) -> Look?
    private let content: (URL) -> Data?
    private var known: [Known] = []
    private var nextContents: Int

    /// Watches files from now on. `look` and `content` are for tests.
    package init(
        _ files: [URL], at now: Int = monotonicMilliseconds(),
        look: @escaping (URL) -> Look? = Watcher.look(at:),
        content: @escaping (URL) -> Data? = { try? Data(contentsOf: $0) }
    ) {
        (self.files, self.look, self.content) = (files, look, content)
        nextContents = now + Self.contentInterval
        known = files.map { Known(look: look($0), content: content($0)) }
    }

    /// The files that have changed since they were told of last; to be called once in an interval.
    /// A file that is missing or empty is told of when it is still so at the next look.
    package mutating func changes(at now: Int = monotonicMilliseconds()) -> [URL] {
        let looksInside = now >= nextContents
        if looksInside { nextContents = now + Self.contentInterval }
        return files.indices.compactMap { index in
            let seen = look(files[index])
            guard looksInside || known[index].isPending || seen != known[index].look else {
                return nil
            }
            known[index].look = seen
            return hasChanged(index) ? files[index] : nil
        }
    }

    private mutating func hasChanged(_ index: Int) -> Bool {
        let data = content(files[index])
        guard data != known[index].content else {
            known[index].isPending = false
            return false
        }
        let isEmpty = data?.isEmpty ?? true
        if isEmpty, !known[index].isPending {
            known[index].isPending = true
            return false
        }
        known[index].isPending = false
        known[index].content = data
        return true
    }

    /// The date and the size of a file; nil: there is none.
    package static func look(at file: URL) -> Look? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return attributes.map {
            Look(date: $0[.modificationDate] as? Date, size: ($0[.size] as? Int) ?? 0)
        }
    }
}
