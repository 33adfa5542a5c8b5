// One thing that a right server does, as a sentence, with the program that finds out.
// Next: Checks/ for the list, stage by stage, and Grader.swift for how they are run.

/// What a check is about.
package nonisolated enum CheckKind: String, Sendable {
    /// What the stage is for.
    case core
    /// What goes wrong in corners.
    case edge
    /// What the engine does for every stage. It weighs nothing on a program that uses the engine.
    case wire
}

/// A check.
package nonisolated struct Check: Sendable {
    /// The stage that it belongs to.
    package let stage: Int
    /// Its number in the stage.
    package let number: Int
    /// What a right server does.
    package let title: String
    package let kind: CheckKind
    /// The last stage that it holds for; later ones have another payload.
    package let lastStage: Int
    /// What is usually the matter when it fails.
    package let cause: String
    /// The check without which it makes no sense.
    package let needs: String?
    let run: @MainActor @Sendable (Bench) async throws -> Void

    /// `5.3`
    package var id: String { "\(stage).\(number)" }

    /// The heading in TUTORIAL that it belongs to.
    package var anchor: String { "#stage-\(stage)" }

    /// Core checks are worth two points, corners one.
    package var points: Int {
        switch kind {
        case .core: 2
        case .edge: 1
        case .wire: 0
        }
    }

    init(
        _ stage: Int, _ number: Int, _ kind: CheckKind, _ title: String, upTo lastStage: Int = 8,
        needs: String? = nil, cause: String,
        run: @escaping @MainActor @Sendable (Bench) async throws -> Void
    ) {
        self.stage = stage
        self.number = number
        self.kind = kind
        self.title = title
        self.lastStage = lastStage
        self.needs = needs
        self.cause = cause
        self.run = run
    }
}

/// What became of a check.
package enum Outcome {
    case passed
    case failed(Failure, transcript: [String])
    /// Not run: why.
    case skipped(String)

    package var hasPassed: Bool {
        if case .passed = self { true } else { false }
    }
}

nonisolated extension Check {
    /// All checks that hold for a stage, in order.
    package static func holding(for stage: Int) -> [Check] {
        all.filter { $0.stage <= stage && stage <= $0.lastStage }
    }

    /// The checks of all stages.
    package static let all: [Check] =
        stage1Checks() + stage2Checks() + stage3Checks() + stage4Checks() + stage5Checks()
        + stage6Checks()
        + stage7Checks() + stage8Checks()
}

extension Check {
    /// Runs against a program that listens.
    @MainActor package func judge(_ program: Program, stage: Int, seed: UInt64) async -> Outcome {
        let mixed = seed &* 1_000_003 &+ UInt64(self.stage * 100 + number)
        let bench = Bench(program: program, stage: stage, seed: mixed)
        defer { bench.close() }
        do {
            try await run(bench)
            return .passed
        } catch let failure as Failure {
            return .failed(failure, transcript: bench.transcript)
        } catch {
            let failure = Failure(expected: "a server that answers", arrived: "\(error)")
            return .failed(failure, transcript: bench.transcript)
        }
    }
}
