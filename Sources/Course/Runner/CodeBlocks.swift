// Which blocks of the tutorial MyChat has already. In: the tutorial, the two files. Out: yes or no
// for each block, by stage, step and number. Next: ../Tutorial/Workspace.swift.

import CourseTutorial

package nonisolated enum CodeBlocks {
    /// `5.2.1`: the first block in step 2 of stage 5. True: the lines of the block are in the file,
    /// in this order. Lines that a later step has put between them make no difference, and neither
    /// do blanks at the ends of a line.
    package static func found(
        in text: (Edit.File) -> String, of tutorial: Tutorial
    ) -> [String: Bool] {
        var lines: [Edit.File: [String]] = [:]
        for file in Edit.File.allCases { lines[file] = significant(text(file)) }
        var result: [String: Bool] = [:]
        for step in tutorial.steps {
            for (index, edit) in step.edits.enumerated() {
                let wanted = edit.text.flatMap(significant)
                let key = "\(step.stage).\(step.number).\(index + 1)"
                result[key] = isIn(lines[edit.file] ?? [], wanted)
            }
        }
        return result
    }

    /// The lines that are not empty, without the blanks at their ends.
    private static func significant(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimming(\.isWhitespace) }
            .filter { !$0.isEmpty }
    }

    private static func isIn(_ lines: [String], _ wanted: [String]) -> Bool {
        var rest = wanted[...]
        for line in lines where line == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
