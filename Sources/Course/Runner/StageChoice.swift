// Which stage a program is measured by. In: how far it is, how far it has been, what was asked for.
// Out: a stage, and why, where that needs a word. Next: LearnerProgress.swift,
// ../Grading/StageSign.swift.

import CourseLanguage
import Grading

/// Finds the stage to grade: how far the program is, how far it has been, or the next one, if it
/// was asked for or something of it answers already. A mistake must not make the grader look at
/// less, and the first step of a chapter is not to be told as a mistake.
package struct StageChoice {
    /// The package whose MyChat it is; nil: another program, of which nothing is remembered.
    private let package: PackageFolder?

    package init(remembering package: PackageFolder?) { self.package = package }

    /// The stage, and a sentence where it is more than the program passes. `part`: a stage that
    /// the choice is to include, and no more.
    package func stage(by scout: Grader, part: Int? = nil) async -> (stage: Int, reason: Sentence?)
    {
        let reached = await scout.reachedStage()
        let before = remember(reached: reached)
        let known = max(reached, before.reached ?? 0, part ?? 1, 1)
        guard part == nil else { return (known, nil) }
        if let begun = before.bonus, begun >= known {
            let reason: Sentence = "You have begun with stage \(begun), or asked for it."
            return (begun, begun > reached ? reason : nil)
        }
        let reason: Sentence? =
            known > max(reached, 1)
            ? "It was at stage \(known) before, so stage \(known) is checked." : nil
        guard known < Stages.course.upperBound else { return (known, reason) }
        if before.asked == known + 1 {
            return (known + 1, "You asked for stage \(known + 1), so it is checked.")
        }
        guard scout.crash == nil, await scout.shows(known + 1) else { return (known, reason) }
        return (known + 1, "Your program answers a part of stage \(known + 1), so it is checked.")
    }

    /// Remembers how far MyChat is, if that is further than before. Returns what was known.
    @discardableResult
    package func remember(reached: Int) -> LearnerProgress {
        guard let package else { return LearnerProgress() }
        let before = LearnerProgress.load(package)
        guard reached > before.reached ?? 0 else { return before }
        var progress = before
        progress.reached = reached
        try? progress.save(package)
        return before
    }

    /// Remembers the stage that was asked for, if it is the one that comes next.
    package func remember(asked stage: Int) {
        guard let package else { return }
        var progress = LearnerProgress.load(package)
        guard stage <= (progress.reached ?? 0) + 1, progress.asked != stage else { return }
        progress.asked = stage
        try? progress.save(package)
    }
}
