// MyChat after a step of the course: the contents of its two files. In: the tutorial's steps.
// Out: text.

/// What a learner has written so far.
package struct Workspace: Equatable {
    private var files: [Edit.File: [String]] = [:]

    package init() {}

    /// MyChat after a step of a chapter, and after all steps before. Step 0 is the end of the
    /// chapter before.
    package init(
        _ tutorial: Tutorial, after stage: Int, step: Int = .max
    ) throws(TutorialError) {
        for known in tutorial.steps where (known.stage, known.number) <= (stage, step) {
            try apply(known)
        }
    }

    /// MyChat as a chapter begins: as it was after the chapter before, or, where the first step of
    /// a chapter is a new program, that program.
    package init(
        _ tutorial: Tutorial, atBeginningOf stage: Int
    ) throws(TutorialError) {
        let first = tutorial.steps.first { $0.stage == stage }
        let isNew = first?.edits.contains { $0.file == .program && $0.place == .all } == true
        try self.init(tutorial, after: isNew ? stage : stage - 1, step: isNew ? 1 : .max)
    }

    /// Applies a step.
    package mutating func apply(_ step: Tutorial.Step) throws(TutorialError) {
        for edit in step.edits {
            files[edit.file] = try edit.applied(to: files[edit.file] ?? [])
        }
    }

    /// The text of a file.
    package func text(of file: Edit.File) -> String {
        (files[file] ?? []).joined(separator: "\n") + "\n"
    }

    /// The text of a file, with a mark at each place where a chapter's steps begin to work. Marks
    /// in one place stand in the order of the steps; a step with several blocks there has one.
    package func marked(_ file: Edit.File, for stage: Int, of tutorial: Tutorial) -> String {
        var lines = files[file] ?? []
        var marks: [(index: Int, line: String)] = []
        for step in tutorial.steps where step.stage == stage {
            for edit in step.edits where edit.file == file {
                guard let (index, indent) = Self.place(of: edit, in: lines) else { continue }
                let words = "TODO stage \(stage), step \(step.number): \(step.title)"
                let isMarkup = file == .page && !Self.isScript(lines, index)
                let line = indent + (isMarkup ? "<!-- \(words) -->" : "// \(words)")
                if !marks.contains(where: { $0 == (index, line) }) { marks.append((index, line)) }
            }
        }
        // From the last place to the first: an insertion moves only what follows it.
        for place in Set(marks.map(\.index)).sorted(by: >) {
            lines.insert(contentsOf: marks.filter { $0.index == place }.map(\.line), at: place)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The place of the mark for a change; nil if the line is not there yet, because an earlier
    /// step adds it.
    private static func place(of edit: Edit, in lines: [String]) -> (Int, String)? {
        let (name, offset): (String, Int)
        switch edit.place {
        case .all: return nil
        case .after(let line): (name, offset) = (line, 1)
        case .before(let line), .instead(let line, _): (name, offset) = (line, 0)
        }
        guard let index = lines.firstIndex(where: { $0.trimming { $0 == " " } == name })
        else { return nil }
        let indent = String((edit.text.first { !$0.isEmpty } ?? "").prefix { $0 == " " })
        return (index + offset, indent)
    }

    private static func isScript(_ lines: [String], _ index: Int) -> Bool {
        let start = lines.lastIndex { $0.trimming { $0 == " " } == "<script>" } ?? .max
        return index > start
    }
}
