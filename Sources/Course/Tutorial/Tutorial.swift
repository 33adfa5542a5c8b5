// TUTORIAL.md as a program reads it: chapters, numbered steps, and the changes of MyChat in each.
// A comment before a block of code says where the block goes:
//
//     <!-- main.swift: after «io.onConnection { socket in» -->
//
// In: the page's text. Out: steps. Next: Edit.swift; Workspace.swift, which applies them.

/// The course.
package struct Tutorial {
    /// One numbered step of a chapter.
    package struct Step {
        package let stage: Int
        package let number: Int
        package let title: String
        package var edits: [Edit] = []
    }

    /// The steps, in order.
    package private(set) var steps: [Step] = []

    /// Reads the page. Throws a mistake of the page with its line.
    package init(_ text: String) throws(TutorialError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var stage = 0
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if let number = Self.stage(in: line) { stage = number }
            if let (number, title) = Self.step(in: line) {
                steps.append(Step(stage: stage, number: number, title: title))
            }
            if let (file, place) = try Edit.target(in: line, at: index + 1) {
                guard !steps.isEmpty else {
                    throw TutorialError(line: index + 1, problem: "code before the first step")
                }
                let block = try Self.block(lines, after: index)
                steps[steps.count - 1].edits.append(
                    Edit(file: file, place: place, text: block.text, line: index + 1))
                index = block.end
            }
            index += 1
        }
    }

    /// `## Stage 5 · Nicknames`
    private static func stage(in line: String) -> Int? {
        guard line.hasPrefix("## Stage ") else { return nil }
        return Int(line.dropFirst(9).prefix { $0.isNumber })
    }

    /// `**Step 2: the page.** …`
    private static func step(in line: String) -> (Int, String)? {
        guard line.hasPrefix("**Step ") else { return nil }
        let rest = line.dropFirst(7)
        let digits = rest.prefix { $0.isNumber }
        guard let number = Int(digits) else { return nil }
        let title = rest.dropFirst(digits.count).prefix { $0 != "*" }
        return (number, title.trimming { ": .".contains($0) })
    }

    /// The fenced block that begins in the next line.
    private static func block(
        _ lines: [String], after index: Int
    ) throws(TutorialError) -> (text: [String], end: Int) {
        guard index + 1 < lines.count, lines[index + 1].hasPrefix("```"),
            let end = lines[(index + 2)...].firstIndex(of: "```")
        else { throw TutorialError(line: index + 1, problem: "no block of code behind it") }
        return (Array(lines[(index + 2)..<end]), end)
    }
}

/// A mistake in TUTORIAL.md, with its line.
package struct TutorialError: Error, CustomStringConvertible {
    package let line: Int
    package let problem: String

    package var description: String { "TUTORIAL.md, line \(line): \(problem)" }
}

extension StringProtocol {
    /// Without such characters at both ends.
    func trimming(_ isCut: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isCut(first) { rest = rest.dropFirst() }
        while let last = rest.last, isCut(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
