// What a learner needs of a program's standard error, when the program has ended: its last lines
// without the stack of a crash, and the line of the learner's file. Next: Grader.swift.

import CourseLanguage
import Foundation

package struct ErrorOutput {
    /// The last lines before a crash report, or the last lines.
    private let words: String
    /// The line of main.swift where it crashed.
    package let line: Int?
    package let hasCrashed: Bool
    /// Whether it has read where nothing is: a global variable before its line was reached.
    private let hasNoValue: Bool
    /// Whether it crashes, though the report may not be there yet.
    let isCrashing: Bool

    /// Looks at the end only: a program may have written without end before.
    package init(_ all: String) {
        let text = String(decoding: all.utf8.suffix(65_536), as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        // Swift's crash report begins with stars.
        let report = lines.firstIndex { $0.hasPrefix("*** ") || $0.hasPrefix("💣") }
        hasCrashed = report != nil
        hasNoValue = text.contains(/Bad pointer dereference at 0x0{8,}/)
        isCrashing = hasCrashed || text.contains("Fatal error: ")
        words = lines[..<(report ?? lines.endIndex)].suffix(5).joined(separator: "\n")
        line = text.firstMatch(of: /main\.swift:(\d+)/).flatMap { Int($0.output.1) }
    }

    /// Whether it says that another program has the port.
    package var isAboutTakenPort: Bool {
        words.contains(/(?i)address already in use|EADDRINUSE|port \d+ is taken/)
    }

    /// A sentence with the last lines behind it.
    package func told(_ sentence: Sentence) -> Sentence {
        words.isEmpty ? sentence : "\(sentence); its last words: \(words)"
    }

    /// The likely cause, if the program has crashed.
    package var cause: Sentence? {
        guard hasCrashed else { return nil }
        let crash: Sentence =
            line.map { "the program has crashed: look at line \($0) of main.swift" }
            ?? "the program has crashed"
        return hasNoValue
            ? "\(crash). A variable has no value yet: does it stand below `app.run()`?" : crash
    }
}
