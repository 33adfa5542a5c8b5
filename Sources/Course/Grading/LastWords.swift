// What a program said when it ended, without what only an engine's author would read.
// In: its standard error. Out: some words, and the line of main.swift. Next: Grader.swift.

import Foundation

struct LastWords {
    /// The last lines before a crash report, or the last lines.
    private let words: String
    /// The line of main.swift where it crashed.
    private let line: Int?
    private let hasCrashed: Bool

    init(_ text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        // Swift's crash report begins with stars.
        let report = lines.firstIndex { $0.hasPrefix("*** ") || $0.hasPrefix("💣") }
        hasCrashed = report != nil
        words = lines[..<(report ?? lines.endIndex)].suffix(5).joined(separator: "\n")
        line = text.firstMatch(of: /main\.swift:(\d+)/).flatMap { Int($0.output.1) }
    }

    /// As the end of a sentence.
    var told: String { words.isEmpty ? "" : "; its last words: \(words)" }

    /// What is likely, if it has crashed.
    var cause: String? {
        guard hasCrashed else { return nil }
        let place = line.map { ": look at line \($0) of main.swift" } ?? ""
        return "the program has crashed\(place)"
    }
}
