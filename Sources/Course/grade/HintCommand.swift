// `--hint 5.3`: help with a check, one step more at each call. Next: ../Grading/Hint.swift.

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
            let name = ["Question", "Where", "Shape"][number]
            print(style.dim(name))
            for line in rung.split(separator: "\n", omittingEmptySubsequences: false) {
                print("    \(line)")
            }
        }
        if shown < rungs.count {
            print(style.dim("\nMore: swift run grade --hint \(check.id)"))
        }
    }
}
