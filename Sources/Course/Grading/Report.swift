// The results of one run, and what they are worth. In: results. Out: points, a line.
// Next: ReportStyle.swift for terminals; ReportJSON.swift, ReportXML.swift, ReportPage.swift.

import CourseLanguage
import Foundation

/// Where a report comes from, so that it can be compared with others.
package struct Provenance: Encodable {
    /// Digests: of the checks, of the course, and of what was graded.
    package var grader, course, submission: String?
    /// How many rungs of help were read, check by check.
    package var hints: [String: Int]
    /// The stage that the work began with, by `--start`.
    package var start: Int?

    package init(
        grader: String? = nil, course: String? = nil, submission: String? = nil,
        hints: [String: Int] = [:], start: Int? = nil
    ) {
        self.grader = grader
        self.course = course
        self.submission = submission
        self.hints = hints
        self.start = start
    }
}

/// The results of one run.
package struct Report {
    package let stage: Int
    package let seed: UInt64
    package let results: [CheckResult]
    /// Whether the checks of the engine count.
    let hasOwnEngine: Bool
    package var provenance: Provenance
    /// Why nothing could be judged: it does not compile, or there is no program.
    package let problem: Sentence?

    package init(
        stage: Int, seed: UInt64, results: [CheckResult], hasOwnEngine: Bool = false,
        provenance: Provenance = Provenance(), problem: Sentence? = nil
    ) {
        self.problem = problem
        self.stage = stage
        self.seed = seed
        self.results = results
        self.hasOwnEngine = hasOwnEngine
        self.provenance = provenance
    }

    /// Whether it is about a stage beyond the course: its points are shown apart from the 100.
    package var isBonus: Bool { Stages.bonus.contains(stage) }
    package var passed: Int { results.count { $0.outcome.hasPassed } }
    package var points: Int { sum(results.filter { $0.outcome.hasPassed }) }
    package var maxPoints: Int { sum(judged) }
    package var hasPassed: Bool { problem == nil && passed == judged.count }

    /// All that count.
    package var judged: [CheckResult] {
        results.filter { if case .omitted = $0.outcome { false } else { true } }
    }

    private func sum(_ results: [CheckResult]) -> Int {
        results.reduce(0) { $0 + worth($1.check) }
    }

    func worth(_ check: Check) -> Int {
        check.worth(at: stage, hasOwnEngine: hasOwnEngine)
    }

    /// The points of each stage's checks, the best that can be had there beside them. Points of
    /// replaced checks are with those that take their place.
    package func points(of part: Int) -> (points: Int, maxPoints: Int) {
        let part = judged.filter { $0.check.stage == part }
        return (sum(part.filter { $0.outcome.hasPassed }), sum(part))
    }

    /// Seconds, as formats for programs want them.
    package static func seconds(_ milliseconds: Int) -> String {
        let rest = "\(milliseconds % 1_000)"
        return "\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    /// Milliseconds of all checks.
    var milliseconds: Int { results.reduce(0) { $0 + $1.milliseconds } }

    /// One line for the whole run.
    package var summary: Sentence {
        if let problem { return problem }
        let checks: Sentence = "Stage \(stage): \(passed) of \(judged.count) checks"
        return isBonus
            ? "\(checks), \(points) of \(maxPoints) bonus points"
            : "\(checks), \(points) of \(maxPoints) points"
    }
}
