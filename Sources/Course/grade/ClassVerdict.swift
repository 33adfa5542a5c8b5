// From the result of one submission to its row: points, and what is told in a line.
// Next: ClassTable.swift.

import CourseLanguage
import CourseRunner
import Grading

extension ClassRow {
    private static let outOfTime: Sentence = "not run because its time was over"

    /// Takes what the submission's grader has found.
    mutating func take(
        _ result: ClassResult, of submission: Submission, seed: UInt64, part: Int?
    ) {
        guard result.errors.isEmpty else {
            note = "does not compile: \(result.errors[0])"
            return
        }
        let stage = max(result.stage, 1)
        var results = result.checks.compactMap(\.result)
        let wanted = part.map { Check.part($0, at: stage) } ?? Check.holding(for: stage)
        for check in wanted.dropFirst(results.count) {
            results.append(CheckResult(check: check, outcome: .skipped(Self.outOfTime)))
        }
        report = Report(stage: stage, seed: seed, results: results)
        if let failed = result.next?.result, stage == failed.check.stage - 1 {
            next = Self.story(failed)
        }
        earned = Self.earned(results, stage: stage, submission.progress)
        var words = Self.words(results)
        if let crash = result.crash, !words.contains(where: { $0.english.contains(crash.english) })
        {
            words.append(crash)
        }
        if result.isOutOfTime {
            words.append("its time of \(ClassJob.time / 1_000) s was over")
        }
        if submission.html == nil { words.append("there is no index.html") }
        note = words.first.map { words.dropFirst().reduce($0) { "\($0); \($1)" } } ?? ""
    }

    /// What the text has given away is worth half: the stages before `--start`, and a check whose
    /// last step of help, the shape of the code, was read.
    private static func earned(
        _ results: [CheckResult], stage: Int, _ progress: LearnerProgress
    ) -> String {
        var halves = 0
        for check in results where check.outcome.hasPassed {
            let isGiven =
                check.check.stage < progress.start ?? 0 || progress.hints[check.check.id] ?? 0 >= 3
            halves += check.check.worth(at: stage) * (isGiven ? 1 : 2)
        }
        return halves.isMultiple(of: 2) ? "\(halves / 2)" : "\(halves / 2).5"
    }

    /// The failed checks, and their causes, in a line.
    private static func words(_ results: [CheckResult]) -> [Sentence] {
        var words: [Sentence] = []
        var failed: [String] = []
        var skipped = 0
        for result in results {
            switch result.outcome {
            case .failed(let failure, _):
                failed.append(result.check.id)
                if let cause = failure.cause, !words.contains(cause) { words.append(cause) }
            case .skipped: skipped += 1
            case .passed, .omitted: break
            }
        }
        if words.isEmpty, let first = results.first(where: { failed.first == $0.check.id }) {
            words.append(first.check.cause)
        }
        if !failed.isEmpty { words.append("failed: \(failed.joined(separator: " "))") }
        if skipped > 0 { words.append("\(skipped) not run because of them") }
        return words
    }

    /// `5.1: expected …; arrived …; likely …`
    private static func story(_ result: CheckResult) -> Sentence {
        guard case .failed(let failure, _) = result.outcome else { return "" }
        let cause = failure.cause ?? result.check.cause
        return "\(result.check.id): \(failure.sentence); likely: \(cause)"
    }
}
