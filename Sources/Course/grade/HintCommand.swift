// `--hint 5.3`: help with a check, one step more at each call. Next: ../Grading/Hint.swift.

import CourseLanguage
import CourseRunner
import Grading

enum HintCommand {
    /// Shows one step of help more than last time.
    static func run(_ check: Check, in packageFolder: PackageFolder?, style: ReportStyle) {
        let rungs = check.hint?.rungs ?? []
        var shown = 1
        if let packageFolder {
            var progress = LearnerProgress.load(packageFolder)
            shown = min((progress.hints[check.id] ?? 0) + 1, rungs.count)
            progress.hints[check.id] = shown
            try? progress.save(packageFolder)
        }
        print("\(check.id)  \(check.title)\n")
        for (number, rung) in rungs.prefix(shown).enumerated() {
            let names: [Sentence] = ["Question", "Where", "Shape"]
            print(style.dim(names[number]))
            for line in rung.text.split(separator: "\n", omittingEmptySubsequences: false) {
                print("    \(line)")
            }
        }
        if shown < rungs.count {
            print("\n" + style.dim("More: \(nextGrade("--hint \(check.id)"))"))
        }
    }
}
