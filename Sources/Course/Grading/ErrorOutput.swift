// What a learner needs of a program's standard error, when the program has ended: its last lines
// without the stack of a crash, and the line of the learner's file. Next: Grader.swift.

import Foundation

struct ErrorOutput {
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

    /// The last lines, as the end of a sentence.
    var lastLines: String { words.isEmpty ? "" : "; its last words: \(words)" }

    /// The likely cause, if the program has crashed.
    var cause: String? {
        guard hasCrashed else { return nil }
        let place = line.map { ": look at line \($0) of main.swift" } ?? ""
        return "the program has crashed\(place)"
    }
}
