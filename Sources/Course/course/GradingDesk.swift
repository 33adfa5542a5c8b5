// The checks, run at every save and when a page asks for it. A run ends when a newer one begins.
// In: a program that was built, the chapter that is read. Out: the part `grading`, and each check
// as it begins and ends. Next: ShownCheck.swift; ../Runner/StageChoice.swift,
// ../Grading/Grader.swift.

import CourseLanguage
import CourseRunner
import EngineSockets
import Grading

final class GradingDesk {
    private static let lastStage = Stages.all.upperBound
    /// Milliseconds that anything may take while the program's stage is found.
    private static let scoutsPatience = 1_500

    private let workbench: Workbench
    private let subject: Subject
    private let choice: StageChoice
    /// The chapter that is being read.
    var readStage: Int?
    /// How far a program is of which nothing is remembered; and the help that was given for it.
    private var ownProgress = LearnerProgress()
    private var grader: Grader?
    /// Counts runs: what an older one finds out is not told.
    private var turn = 0
    private var results: [String: CheckResult] = [:]

    init(_ workbench: Workbench, _ subject: Subject) {
        (self.workbench, self.subject) = (workbench, subject)
        choice = StageChoice(remembering: workbench.target.isOwn ? workbench.package : nil)
    }

    private var progress: LearnerProgress {
        workbench.target.isOwn ? LearnerProgress.load(workbench.package) : ownProgress
    }

    // MARK: - Beginning and ending

    /// A run at the stage that is due.
    func gradeAgain() {
        let turn = newTurn()
        Task { await run(turn) }
    }

    /// A run that a page asks for.
    func grade(stage: Int?, check: Check?, seed: UInt64?) {
        if let stage, check == nil { choice.remember(asked: stage) }
        let turn = newTurn()
        Task {
            if let check {
                let fitting = max(check.stage, min(workbench.grading.stage, check.lastStage))
                await run(turn, stage ?? fitting, seed: seed, only: check)
            } else if let stage {
                await run(turn, stage, seed: seed)
            } else {
                await run(turn, seed: seed)
            }
        }
    }

    /// No run, for this reason.
    func wait(_ reason: Sentence) {
        _ = newTurn()
        show(reason: reason)
    }

    private func show(reason: Sentence) {
        var part = workbench.grading
        (part.isRunning, part.reason) = (false, reason.text)
        for index in part.checks.indices where part.checks[index].state == .running {
            part.checks[index].state = .waiting
        }
        workbench.show(part)
    }

    func end() { _ = newTurn() }

    private func newTurn() -> Int {
        grader?.end()
        grader = nil
        turn += 1
        return turn
    }

    // MARK: - The stage

    /// A run at the stage that is due, and at the next one, if that was reached meanwhile.
    private func run(_ turn: Int, seed: UInt64? = nil) async {
        if progress.reached == nil {
            show(reason: "looks how far the program is")
            let scout = Grader(
                subject, seed: seed ?? Self.randomSeed, patience: Self.scoutsPatience)
            grader = scout
            let reached = await scout.reachedStage()
            guard turn == self.turn else { return }
            remember(reached: reached)
        }
        while turn == self.turn {
            let stage = dueStage
            await run(turn, stage, seed: seed)
            guard turn == self.turn, dueStage > stage else { return }
        }
    }

    private var dueStage: Int {
        let reached = progress.reached ?? 0
        return max(reached, min(readStage ?? reached, reached + 1), progress.bonus ?? 1)
    }

    private func remember(reached: Int) {
        choice.remember(reached: reached)
        ownProgress.reached = max(ownProgress.reached ?? 0, reached)
        if workbench.target.isOwn {
            workbench.rebuilder.showFiles()
        } else {
            workbench.files.reached = ownProgress.reached ?? 0
        }
    }

    // MARK: - A run

    private static var randomSeed: UInt64 { UInt64.random(in: 1...99_999) }

    private func run(_ turn: Int, _ stage: Int, seed: UInt64?, only check: Check? = nil) async {
        let seed = seed ?? Self.randomSeed
        let all = Check.holding(for: stage)
        let checks = check?.withPrerequisites(of: stage) ?? all
        if check == nil || stage != workbench.grading.stage { results = [:] }
        for check in checks { results[check.id] = nil }
        workbench.show(part(stage, seed, all, isRunning: true))
        let runner = Grader(subject, seed: seed)
        grader = runner
        _ = await runner.run(
            checks, stage: stage,
            report: { [self] result in
                guard turn == self.turn else { return }
                results[result.check.id] = result
                update(result.check) { $0.take(result) }
                if result.check.isFirst, result.outcome.hasPassed, stage > progress.reached ?? 0 {
                    if result.check.stage == stage { remember(reached: stage) }
                }
            },
            begins: { [self] check in
                if turn == self.turn { update(check) { $0.state = .running } }
            })
        guard turn == self.turn else { return }
        var end = part(stage, seed, all, isRunning: false)
        let report = report(stage, seed, all)
        end.summary = report.summary.text
        end.next = next(after: report).text
        workbench.show(end)
    }

    /// Changes a check, and tells of it.
    private func update(_ check: Check, _ change: (inout ShownCheck) -> Void) {
        var part = workbench.grading
        guard let index = part.checks.firstIndex(where: { $0.id == check.id }) else { return }
        change(&part.checks[index])
        workbench.show(part, isWhole: false)
        workbench.tell("check", part.checks[index])
    }

    /// What has not been run counts as not passed.
    private func report(_ stage: Int, _ seed: UInt64, _ all: [Check]) -> Report {
        let results = all.map { [results] in
            results[$0.id] ?? CheckResult(check: $0, outcome: .skipped("not run yet"))
        }
        return Report(
            stage: stage, seed: seed, results: results, hasOwnEngine: subject.mayHaveOwnEngine)
    }

    private func part(
        _ stage: Int, _ seed: UInt64, _ all: [Check], isRunning: Bool
    ) -> GradingPart {
        let hints = progress.hints
        let checks = all.map { check in
            var shown = ShownCheck(
                check,
                points: check.worth(at: stage, hasOwnEngine: subject.mayHaveOwnEngine),
                rungs: hints[check.id] ?? 0)
            if let result = results[check.id] { shown.take(result) }
            return shown
        }
        let report = report(stage, seed, all)
        return GradingPart(
            isRunning: isRunning, stage: stage, seed: seed, checks: checks,
            points: report.points, maxPoints: report.maxPoints)
    }

    private func next(after report: Report) -> Sentence {
        let failed = report.judged.first { if case .failed = $0.outcome { true } else { false } }
        if let failed, case .failed(let failure, _) = failed.outcome {
            return "\(failed.check.id): \(failure.cause ?? failed.check.cause)"
        }
        if let waiting = report.judged.first(where: { !$0.outcome.hasPassed }) {
            return "\(waiting.check.id) has not been run"
        }
        return report.stage < Self.lastStage
            ? "stage \(report.stage + 1)" : "that is all of it: a whole chat"
    }

    // MARK: - Hints

    /// One rung more of the help for a check.
    func hint(for check: Check) throws -> ShownCheck {
        let all = check.hint?.rungs.count ?? 0
        var progress = progress
        let rungs = min((progress.hints[check.id] ?? 0) + 1, all)
        progress.hints[check.id] = rungs
        ownProgress = progress
        if workbench.target.isOwn { try progress.save(workbench.package) }
        let shown = ShownCheck(check, points: 0, rungs: rungs)
        update(check) { ($0.hints, $0.hasMoreHints) = (shown.hints, shown.hasMoreHints) }
        return shown
    }
}
