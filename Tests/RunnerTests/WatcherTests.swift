// The watcher, with a clock and files of its own. Next: ../../Sources/Course/Runner/Watcher.swift.

import CourseRunner
import Foundation
import Testing

@Suite("The watcher")
struct WatcherTests {
    /// Files that are as a test says.
    private final class Files {
        var contents: [String: String] = ["a": "1", "b": "1"]
        /// Nil: the date stays the same over a save.
        var dates: [String: Int] = [:]
        private(set) var reads = 0

        func look(_ url: URL) -> Watcher.Look? {
            contents[url.lastPathComponent].map { text in
                let second = dates[url.lastPathComponent] ?? 0
                return Watcher.Look(
                    date: Date(timeIntervalSince1970: TimeInterval(second)), size: text.count)
            }
        }

        func read(_ url: URL) -> Data? {
            reads += 1
            return contents[url.lastPathComponent].map { Data($0.utf8) }
        }

        var watcher: Watcher {
            Watcher(
                [URL(filePath: "/a"), URL(filePath: "/b")], at: 0, look: look, content: read)
        }
    }

    private let files = Files()

    private func names(_ urls: [URL]) -> [String] { urls.map(\.lastPathComponent) }

    @Test("a save is told of at the next look, once, with the file")
    func save() {
        var watcher = files.watcher
        #expect(watcher.changes(at: 50).isEmpty)
        files.contents["b"] = "22"
        #expect(names(watcher.changes(at: 100)) == ["b"])
        #expect(watcher.changes(at: 150).isEmpty)
    }

    @Test("a save of the same size with the same date is found at a look at the contents")
    func sameSize() {
        var watcher = files.watcher
        files.contents["a"] = "2"
        #expect(watcher.changes(at: 450).isEmpty)
        #expect(names(watcher.changes(at: 500)) == ["a"])
    }

    @Test("a save that changes nothing but the date is no change")
    func touch() {
        var watcher = files.watcher
        files.dates["a"] = 7
        #expect(watcher.changes(at: 50).isEmpty)
    }

    @Test("contents are read at the beginning, after a change, and twice a second")
    func reads() {
        var watcher = files.watcher
        #expect(files.reads == 2)
        for time in stride(from: 50, to: 500, by: 50) { _ = watcher.changes(at: time) }
        #expect(files.reads == 2)
        _ = watcher.changes(at: 500)
        #expect(files.reads == 4)
    }

    @Test("a file that is empty for a moment is told of when it is whole")
    func emptied() {
        var watcher = files.watcher
        files.contents["a"] = ""
        #expect(watcher.changes(at: 50).isEmpty)
        files.contents["a"] = "22"
        #expect(names(watcher.changes(at: 100)) == ["a"])
    }

    @Test("a file that stays empty, or is gone, is told of at the second look")
    func gone() {
        var watcher = files.watcher
        files.contents["a"] = nil
        files.contents["b"] = ""
        #expect(watcher.changes(at: 50).isEmpty)
        #expect(names(watcher.changes(at: 100)) == ["a", "b"])
        #expect(watcher.changes(at: 150).isEmpty)
        files.contents["a"] = "1"
        #expect(names(watcher.changes(at: 200)) == ["a"])
    }

    @Test("a file that is written as it was is no change")
    func replaced() {
        var watcher = files.watcher
        files.contents["a"] = nil
        _ = watcher.changes(at: 50)
        files.contents["a"] = "1"
        #expect(watcher.changes(at: 100).isEmpty)
    }

    @Test("real files are watched")
    func real() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        var watcher = Watcher([file], at: 0)
        try Data("1".utf8).write(to: file)
        #expect(watcher.changes(at: 50) == [file])
        try Data("2".utf8).write(to: file, options: .atomic)
        #expect(watcher.changes(at: 550) == [file])
    }
}
