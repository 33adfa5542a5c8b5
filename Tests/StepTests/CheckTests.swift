// The finished stages pass the checks that learners are graded by; the stage before fails.

import Grading
import TestSupport
import Testing

/// A check's place in the list: tests are named by it.
nonisolated struct CheckCase: Sendable, CustomTestStringConvertible {
    let stage: Int
    let id: String
    let title: String
    var testDescription: String { "\(id) \(title)" }
}

/// Judges one check on a fresh program.
private func judge(_ item: CheckCase, seed: UInt64 = 7) async throws -> Outcome {
    let check = try #require(Check.all.first { $0.id == item.id })
    let program = try await Program.listening("Step\(item.stage)")
    let outcome = await check.judge(program, stage: item.stage, seed: seed)
    if case .failed(let failure, let transcript) = outcome {
        let story = transcript.suffix(20).joined(separator: "\n")
        Issue.record("\(item.id) \(item.title)\n\(failure)\n\(story)\n\(program.errorText)")
    }
    _ = try await program.terminate()
    return outcome
}

/// The checks that hold for a stage, by their ids.
private nonisolated func cases(_ stage: Int) -> [CheckCase] {
    MainActor.assumeIsolated {
        Check.holding(for: stage).map { CheckCase(stage: stage, id: $0.id, title: $0.title) }
    }
}

@Suite("The checks")
struct ListTests {
    @Test("numbers run from 1 in each stage, and prerequisites exist before their dependents")
    func numbers() {
        for stage in 1...8 {
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

    @Test("a finished stage passes every check that holds for it", arguments: 1...8)
    func stages(stage: Int) async throws {
        for check in Check.holding(for: stage) {
            _ = try await judge(CheckCase(stage: stage, id: check.id, title: check.title))
        }
    }

    @Test("the stage before fails at a core check", arguments: 2...8)
    func before(stage: Int) async throws {
        let program = try await Program.listening("Step\(stage - 1)")
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
