// Each finished stage passes the checks of the grader, and the stage before fails some.

import Grading
import TestSupport
import Testing

extension Check: nonisolated CustomTestStringConvertible {
    package nonisolated var testDescription: String { "\(id) \(title)" }
}

/// Says at the end of a suite how many of its checks have passed.
struct Summary: SuiteTrait, TestScoping {
    @MainActor static var passed: [Int: Int] = [:]
    let stage: Int

    nonisolated func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await function()
        let (stage, all) = (self.stage, Check.holding(for: self.stage).count)
        await MainActor.run {
            print("Stage \(stage): \(Self.passed[stage, default: 0]) of \(all) checks pass")
        }
    }
}

extension Trait where Self == Summary {
    nonisolated static func summary(_ stage: Int) -> Summary { Summary(stage: stage) }
}

/// A finished stage passes a check.
private func judge(_ check: Check, stage: Int) async throws {
    if try await judge(check, of: "Step\(stage)", stage: stage) {
        Summary.passed[stage, default: 0] += 1
    }
}

/// Whether a program, started afresh, passes a check; otherwise the test fails with the story.
func judge(_ check: Check, of name: String, stage: Int) async throws -> Bool {
    // Hundreds of tests share this client's thread: it may answer a ping seconds late.
    Check.heartbeat.timeout = 4_000
    let heartbeat = check.waitsForHeartbeat ? Check.heartbeat : nil
    let surroundings = Surroundings()
    let program = try await Program.listening(
        name, Program.options(heartbeat), environment: surroundings.environment)
    let outcome = await check.judge(
        program, stage: stage, seed: 7, patience: RawClient.patience)
    if case .failed(let failure, let transcript) = outcome {
        let story = transcript.suffix(20).joined(separator: "\n")
        Issue.record(
            """
            \(check.id) \(check.title)
            \(failure)
            likely: \(failure.cause ?? check.cause)
            \(story)
            \(program.errorText)\(check.chapter())
            """)
    }
    _ = try await program.terminate()
    return outcome.hasPassed
}

@Suite("Stage 1, check by check", .serialized, .summary(1))
struct Stage1Checks {
    @Test(arguments: Check.holding(for: 1))
    func passes(check: Check) async throws { try await judge(check, stage: 1) }
}

@Suite("Stage 2, check by check", .serialized, .summary(2))
struct Stage2Checks {
    @Test(arguments: Check.holding(for: 2))
    func passes(check: Check) async throws { try await judge(check, stage: 2) }
}

@Suite("Stage 3, check by check", .serialized, .summary(3))
struct Stage3Checks {
    @Test(arguments: Check.holding(for: 3))
    func passes(check: Check) async throws { try await judge(check, stage: 3) }
}

@Suite("Stage 4, check by check", .serialized, .summary(4))
struct Stage4Checks {
    @Test(arguments: Check.holding(for: 4))
    func passes(check: Check) async throws { try await judge(check, stage: 4) }
}

@Suite("Stage 5, check by check", .serialized, .summary(5))
struct Stage5Checks {
    @Test(arguments: Check.holding(for: 5))
    func passes(check: Check) async throws { try await judge(check, stage: 5) }
}

@Suite("Stage 6, check by check", .serialized, .summary(6))
struct Stage6Checks {
    @Test(arguments: Check.holding(for: 6))
    func passes(check: Check) async throws { try await judge(check, stage: 6) }
}

@Suite("Stage 7, check by check", .serialized, .summary(7))
struct Stage7Checks {
    @Test(arguments: Check.holding(for: 7))
    func passes(check: Check) async throws { try await judge(check, stage: 7) }
}

@Suite("Stage 8, check by check", .serialized, .summary(8))
struct Stage8Checks {
    @Test(arguments: Check.holding(for: 8))
    func passes(check: Check) async throws { try await judge(check, stage: 8) }
}

@Suite("Stage 9, check by check", .serialized, .summary(9))
struct Stage9Checks {
    @Test(arguments: Check.holding(for: 9))
    func passes(check: Check) async throws { try await judge(check, stage: 9) }
}

@Suite("Stage 10, check by check", .serialized, .summary(10))
struct Stage10Checks {
    @Test(arguments: Check.holding(for: 10))
    func passes(check: Check) async throws { try await judge(check, stage: 10) }
}

@Suite("Stage 11, check by check", .serialized, .summary(11))
struct Stage11Checks {
    @Test(arguments: Check.holding(for: 11))
    func passes(check: Check) async throws { try await judge(check, stage: 11) }
}

@Suite("Stage 12, check by check", .serialized, .summary(12))
struct Stage12Checks {
    @Test(arguments: Check.holding(for: 12))
    func passes(check: Check) async throws { try await judge(check, stage: 12) }
}

@Suite("The checks")
struct ListTests {
    @Test("numbers run from 1 in each stage, and prerequisites exist before their dependents")
    func numbers() {
        for stage in Stages.all {
            let checks = Check.all.filter { $0.stage == stage }
            #expect(checks.map(\.number) == Array(1...checks.count))
            #expect(checks.contains { $0.kind == .core })
        }
        var known: Set<String> = []
        for check in Check.all {
            if let needs = check.needs {
                #expect(known.contains(needs), "\(check.id) needs \(needs)")
            }
            known.insert(check.id)
        }
        #expect(Set(Check.all.map(\.title)).count == Check.all.count)
    }

    @Test("each check has help in three rungs, and one that is replaced names the check for it")
    func hints() {
        for check in Check.all {
            #expect(check.hint?.rungs.allSatisfy { !$0.isEmpty } == true, "\(check.id)")
            if let replacement = check.replacement {
                #expect(Check.all.contains { $0.id == replacement && $0.stage == check.stage + 1 })
            }
        }
    }

    @Test("the checks of the course are worth 100 points, and stages 5 to 8 most of them")
    func points() {
        let course = Check.all.filter { !$0.isBonus }
        let later = course.filter { $0.stage >= 5 }.reduce(0) { $0 + $1.points() }
        #expect(course.reduce(0) { $0 + $1.points() } == 100)
        #expect(later >= 60)
    }

    @Test("a bonus stage has checks and points of its own, and asks for no earlier ones")
    func bonus() {
        for stage in Stages.bonus {
            let checks = Check.holding(for: stage)
            #expect(checks.allSatisfy { $0.stage == stage && $0.isBonus })
            #expect(checks.reduce(0) { $0 + $1.worth(at: stage) } >= 12)
            #expect(Check.replaced(before: stage).isEmpty)
            let report = Report(
                stage: stage, seed: 1,
                results: checks.map { CheckResult(check: $0, outcome: .passed) })
            #expect(report.summary.english.hasSuffix("bonus points"))
        }
    }

    @Test("the stage before fails at a core check", arguments: 2...12)
    func before(stage: Int) async throws {
        let surroundings = Surroundings()
        let program = try await Program.listening(
            "Step\(stage - 1)", environment: surroundings.environment)
        var failed: [String] = []
        for check in Check.all
        where check.stage == stage && check.kind == .core && check.needs == nil {
            let outcome = await check.judge(program, stage: stage, seed: 1)
            if !outcome.hasPassed { failed.append(check.id) }
        }
        #expect(!failed.isEmpty)
        _ = try await program.terminate()
    }
}
