// A source file of this package, for tests of its form: its lines, its head, its types.
// Next: HouseTests.swift.

import Foundation

nonisolated struct SourceFile {
    /// From the root: `Sources/Engine/HTTP/App.swift`.
    let path: String
    let lines: [Substring]

    var folder: URL { Repository.root.appending(path: path).deletingLastPathComponent() }

    /// The Swift and C files in Sources, Steps and Tests. MyChat is the learner's own.
    static func all() throws -> [SourceFile] {
        try ["Sources", "Steps", "Tests"].flatMap { top in
            let folder = Repository.root.appending(path: top).resolvingSymlinksInPath()
            let found = FileManager.default.enumerator(
                at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            return try (found?.allObjects as? [URL] ?? [])
                .filter { ["swift", "c", "h"].contains($0.pathExtension) }
                .map { "\(top)\($0.resolvingSymlinksInPath().path.dropFirst(folder.path.count))" }
                .filter { !$0.hasPrefix("Steps/MyChat") }
                .sorted()
                .map { try SourceFile($0) }
        }
    }

    private init(_ path: String) throws {
        self.path = path
        var lines = try Repository.text(path).split(
            separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
    }

    /// The files that the head names after "Next:"; nil: it has no such word.
    var next: [String]? {
        let head = lines.prefix { $0.hasPrefix("//") }.map { $0.drop { "/ ".contains($0) } }
            .joined(separator: " ")
        guard let start = head.range(of: "Next: ") else { return nil }
        return head[start.upperBound...].matches(of: /[\w.\/+-]+\.(?:swift|md|c|h)\b/)
            .map { String($0.output) }
    }

    /// The types that are declared without indentation; no aliases, no extensions.
    var topLevelTypes: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard line.first?.isLetter == true || line.first == "@",
                let kind = words.firstIndex(where: { Self.kinds.contains($0) }),
                words[..<kind].allSatisfy({ Self.modifiers.contains($0) || $0.hasPrefix("@") }),
                kind + 1 < words.count
            else { return nil }
            return String(words[kind + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
    }

    private static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "final", "nonisolated",
        "indirect", "open",
    ]
}
