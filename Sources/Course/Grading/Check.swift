// One thing that a right server does: a sentence, and the code that tests it.
// Next: Checks/Stage1Checks.swift and its neighbours; Grader.swift for how they are run.

import CourseLanguage

/// What a check is about.
package nonisolated enum CheckKind: String, Sendable {
    /// What the stage is for.
    case core
    /// What goes wrong in corners.
    case edge
    /// What the engine does for every stage. No points for a program that uses this engine.
    case wire
}

/// A check.
package nonisolated struct Check: Sendable {
    /// The stage that it belongs to.
    package let stage: Int
    /// Its number in the stage.
    package let number: Int
    /// What a right server does.
    package let title: Sentence
    package let kind: CheckKind
    /// The check that takes its place from the next stage on, where the payload is another.
    package let replacement: String?
    /// Whether it waits for pings: it needs a program with a short heartbeat.
    package let waitsForHeartbeat: Bool
    /// What is usually the matter when it fails, where no rule of Causes/ says more.
    package let cause: Sentence
    /// The check without which it makes no sense.
    package let needs: String?
    let run: @MainActor @Sendable (CheckContext) async throws -> Void

    /// `5.3`
    package var id: String { "\(stage).\(number)" }

    /// Milliseconds between pings, and for an answer, where a check waits for them.
    @MainActor package static var heartbeat = (interval: 300, timeout: 500)

    /// The heading in the tutorial that it belongs to.
    package var anchor: String { "#stage-\(stage)" }

    /// Where its chapter is: `TUTORIAL.md#stage-5`, `TUTORIAL.zh-CN.md#stage-5`.
    package func chapter(in language: Language = .current) -> String {
        Stages.text(of: stage, in: language) + anchor
    }

    /// Whether its points are shown apart.
    package var isBonus: Bool { Stages.bonus.contains(stage) }

    /// Whether it shows that a program has begun with its stage.
    package var isFirst: Bool { id == Grader.firstChecks[stage] ?? "\(stage).1" }

    /// The last stage that it holds for.
    package var lastStage: Int {
        replacement == nil && !isBonus ? Stages.course.upperBound : stage
    }

    /// Core checks are worth two points, corners one. Checks of the engine are worth a point only
    /// for a program that may have another engine.
    package func points(hasOwnEngine: Bool = false) -> Int {
        switch kind {
        case .core: 2
        case .edge: 1
        case .wire: hasOwnEngine ? 1 : 0
        }
    }

    init(
        _ stage: Int, _ number: Int, _ kind: CheckKind, _ title: Sentence,
        until replacement: String? = nil, heartbeat: Bool = false, needs: String? = nil,
        cause: Sentence, run: @escaping @MainActor @Sendable (CheckContext) async throws -> Void
    ) {
        self.stage = stage
        self.number = number
        self.kind = kind
        self.title = title
        self.replacement = replacement
        waitsForHeartbeat = heartbeat
        self.needs = needs
        self.cause = cause
        self.run = run
    }
}

/// The outcome of a check.
package enum Outcome {
    case passed
    case failed(Failure, transcript: [String])
    /// Not run, because something before it failed.
    case skipped(Sentence)
    /// Not judged, for a reason that is no failure.
    case omitted(Sentence)

    package var hasPassed: Bool {
        if case .passed = self { true } else { false }
    }
}

/// A check with its outcome.
package struct CheckResult {
    package let check: Check
    package let outcome: Outcome
    package let milliseconds: Int

    package init(check: Check, outcome: Outcome, milliseconds: Int = 0) {
        self.check = check
        self.outcome = outcome
        self.milliseconds = milliseconds
    }
}

nonisolated extension Check {
    /// All checks that hold for a stage, in order.
    package static func holding(for stage: Int) -> [Check] {
        all.filter { $0.stage <= stage && stage <= $0.lastStage }
    }

    /// Those of earlier stages that no longer hold: others have taken their place.
    package static func replaced(before stage: Int) -> [Check] {
        Stages.course.contains(stage) ? all.filter { $0.lastStage < stage } : []
    }

    /// The check that stands for it at a stage: itself, or what has taken its place.
    func successor(at stage: Int) -> Check {
        guard lastStage < stage, let replacement,
            let next = Check.all.first(where: { $0.id == replacement })
        else { return self }
        return next.successor(at: stage)
    }

    /// What it is worth at a stage: its own points, and those of the checks it has replaced.
    package func worth(at stage: Int, hasOwnEngine: Bool = false) -> Int {
        Check.all.filter { $0.stage <= stage && $0.successor(at: stage).id == id }
            .reduce(0) { $0 + $1.points(hasOwnEngine: hasOwnEngine) }
    }

    /// What a stage asked for, as it holds at a later one, with what it needs.
    package static func part(_ part: Int, at stage: Int) -> [Check] {
        let wanted = all.filter { $0.stage == part }.flatMap {
            $0.successor(at: stage).withPrerequisites(of: stage).map(\.id)
        }
        return holding(for: stage).filter { wanted.contains($0.id) }
    }

    /// All of a stage that it needs, directly or not, and itself.
    package func withPrerequisites(of stage: Int) -> [Check] {
        var wanted: Set<String> = [id]
        let checks = Check.holding(for: stage)
        for check in checks.reversed() where wanted.contains(check.id) {
            if let needs = check.needs { wanted.insert(needs) }
        }
        return checks.filter { wanted.contains($0.id) }
    }

    /// The checks of all stages.
    package static let all: [Check] =
        stage1Checks() + stage2Checks() + stage3Checks() + stage4Checks() + stage5Checks()
        + stage6Checks()
        + stage7Checks() + stage8Checks() + stage9Checks() + stage10Checks() + stage11Checks()
        + stage12Checks()
}

extension Check {
    /// Runs against a program that listens. `memory` has the names of earlier checks. `isLenient`:
    /// an answer to `set nickname` is judged by the check that is about it, and by no other.
    @MainActor package func judge(
        _ program: Program, stage: Int, seed: UInt64, patience: Int = CheckContext.patience,
        memory: CheckMemory = CheckMemory(), isLenient: Bool = false
    ) async -> Outcome {
        let mixed = seed &* 1_000_003 &+ UInt64(self.stage * 100 + number)
        let context = CheckContext(
            program: program, stage: stage, seed: mixed, patience: patience, memory: memory)
        context.isLenient = isLenient && id != "5.1"
        defer { context.close() }
        do {
            try await run(context)
            return .passed
        } catch let reason as NotJudged {
            return .omitted(reason.reason)
        } catch {
            var failure =
                error as? Failure
                ?? Failure(
                    expected: "a server that answers", arrived: "\(bounded("\(error)", 160))")
            // What is on its way to the other clients is evidence, too.
            try? await Task.sleep(for: .milliseconds(60))
            let evidence = Evidence(context, failure)
            failure.cause = likelyCause(evidence)
            failure.server = evidence.serverWords
            return .failed(failure, transcript: context.markedTranscript)
        }
    }
}
