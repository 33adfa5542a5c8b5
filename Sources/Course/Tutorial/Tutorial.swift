// TUTORIAL.md and TUTORIAL-2.md, in any language, as a program reads them: chapters, numbered
// steps, and the changes of MyChat in each.
// A comment before a block of code says where the block goes:
//
//     <!-- main.swift: after «io.onConnection { socket in» -->
//
// In: the pages' texts. Out: steps. Next: TextLanguage.swift, for the words of a page; Edit.swift;
// Workspace.swift, which applies them.

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

    /// The pages of the course: the eight stages, and what comes after them.
    package static let pages = ["TUTORIAL.md", "TUTORIAL-2.md"]

    /// The same in a language.
    package static func pages(in language: TextLanguage) -> [String] {
        pages.map { language.partner(of: $0) }
    }

    /// Reads pages one after the other, each with its name.
    package init(pages: [(name: String, text: String)]) throws(TutorialError) {
        for page in pages { steps += try Tutorial(page.text, of: page.name).steps }
    }

    /// Reads a page. Throws a mistake of the page with its line.
    package init(_ text: String, of page: String = "TUTORIAL.md") throws(TutorialError) {
        do {
            try self.init(reading: text, page)
        } catch {
            throw TutorialError(line: error.line, problem: error.problem, page: page)
        }
    }

    private init(reading text: String, _ page: String) throws(TutorialError) {
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
                    Edit(
                        file: file, place: place, text: block.text, line: index + 1, page: page))
                index = block.end
            }
            index += 1
        }
    }

    /// `## Stage 5 · Nicknames`
    package static func stage(in line: String) -> Int? {
        TextLanguage.text(of: line, behind: "## ", \.stage).flatMap {
            Int($0.prefix { $0.isNumber })
        }
    }

    /// `**Step 2: the page.** …`
    package static func step(in line: String) -> (Int, String)? {
        guard let rest = TextLanguage.text(of: line, behind: "**", \.step) else { return nil }
        let digits = rest.prefix { $0.isNumber }
        guard let number = Int(digits) else { return nil }
        let title = rest.dropFirst(digits.count).prefix { $0 != "*" }
        return (number, title.trimming { TextLanguage.aroundTitles.contains($0) })
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

/// A mistake in a page of the course, with its line.
package struct TutorialError: Error, CustomStringConvertible {
    package let line: Int
    package let problem: String
    package var page = "TUTORIAL.md"

    package var description: String { "\(page), line \(line): \(problem)" }
}

extension StringProtocol {
    /// Without such characters at both ends.
    package func trimming(_ isCut: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isCut(first) { rest = rest.dropFirst() }
        while let last = rest.last, isCut(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
