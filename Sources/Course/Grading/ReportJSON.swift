// A report for programs: as JSON of its own, and as the file that Gradescope reads.
// Next: Report.swift.

import CourseLanguage
import Foundation

extension Report {
    private struct Entry: Encodable {
        let id, title, outcome: String
        let points, maxPoints: Int
        var milliseconds = 0
        var expected, arrived, cause: String?
        /// What the server has written to its log about it.
        var server: [String]?
        /// Why it was not run, or not judged.
        var reason: String?
        var transcript: [String]?
    }

    private struct Whole: Encodable {
        let stage: Int
        let seed: UInt64
        let points, maxPoints: Int
        let problem: String?
        let checks: [Entry]
        let provenance: Provenance
    }

    /// The report as JSON. Its keys, and the words for an outcome, are the same in each language.
    package func json(in language: Language = .english) throws -> Data {
        let replaced = Check.replaced(before: stage).map {
            Entry(
                id: $0.id, title: $0.title.text(in: language),
                outcome: "replaced by \($0.successor(at: stage).id)",
                points: 0, maxPoints: 0)
        }
        return try Self.encoded(
            Whole(
                stage: stage, seed: seed, points: points, maxPoints: maxPoints,
                problem: problem?.text(in: language),
                checks: results.map { entry($0, language) } + (problem == nil ? replaced : []),
                provenance: provenance))
    }

    private func entry(_ result: CheckResult, _ language: Language) -> Entry {
        var entry = Entry(
            id: result.check.id, title: result.check.title.text(in: language),
            outcome: result.outcome.word,
            points: result.outcome.hasPassed ? worth(result.check) : 0,
            maxPoints: worth(result.check), milliseconds: result.milliseconds)
        switch result.outcome {
        case .passed: break
        case .skipped(let reason), .omitted(let reason): entry.reason = reason.text(in: language)
        case .failed(let failure, let transcript):
            (entry.expected, entry.arrived) = (
                failure.expected.text(in: language), failure.arrived.text(in: language)
            )
            entry.cause = (failure.cause ?? result.check.cause).text(in: language)
            entry.server = failure.server
            entry.transcript = transcript
        }
        return entry
    }

    private static func encoded(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    // MARK: - Gradescope

    /// The names are Gradescope's: its documentation, "Autograder Specifications".
    private struct GradescopeResults: Encodable {
        struct Test: Encodable {
            let score, max_score: Double
            let status, name, number, output: String
            let output_format = "text"
        }

        let score: Double
        let execution_time: Double
        let output: String
        let tests: [Test]
    }

    /// The report as Gradescope's `results.json`.
    package func gradescope(in language: Language = .english) throws -> Data {
        let tests = judged.map { result in
            GradescopeResults.Test(
                score: result.outcome.hasPassed ? Double(worth(result.check)) : 0,
                max_score: Double(worth(result.check)),
                status: result.outcome.hasPassed ? "passed" : "failed",
                name: result.check.title.text(in: language), number: result.check.id,
                output: result.story(in: language).joined(separator: "\n"))
        }
        return try Self.encoded(
            GradescopeResults(
                score: Double(points), execution_time: Double(milliseconds) / 1_000,
                output: summary.text(in: language), tests: tests))
    }
}

extension Outcome {
    /// What it is called in files.
    var word: String {
        switch self {
        case .passed: "passed"
        case .skipped: "skipped"
        case .omitted: "omitted"
        case .failed: "failed"
        }
    }
}

extension CheckResult {
    /// What is told of it, in lines; empty if it passed.
    func story(in language: Language) -> [String] {
        switch outcome {
        case .passed: return []
        case .skipped(let reason), .omitted(let reason): return [reason.text(in: language)]
        case .failed(let failure, _):
            let cause = failure.cause ?? check.cause
            return [
                column("expected", in: language) + failure.expected.text(in: language),
                column("arrived", in: language) + failure.arrived.text(in: language),
            ] + failure.server.map { column("server", in: language) + $0 } + [
                column("likely", in: language) + cause.text(in: language),
                column("read", in: language) + check.chapter(in: language),
            ]
        }
    }
}
