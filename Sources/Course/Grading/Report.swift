// Results for people and for programs. In: results. Out: lines, JSON, JUnit's XML.
// Next: ReportStyle.swift; ../grade/main.swift above.

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
    package let provenance: Provenance

    package init(
        stage: Int, seed: UInt64, results: [CheckResult], hasOwnEngine: Bool = false,
        provenance: Provenance = Provenance()
    ) {
        self.stage = stage
        self.seed = seed
        self.results = results
        self.hasOwnEngine = hasOwnEngine
        self.provenance = provenance
    }

    package var passed: Int { results.count { $0.outcome.hasPassed } }
    package var points: Int { sum(results.filter { $0.outcome.hasPassed }) }
    package var maxPoints: Int { sum(judged) }
    package var hasPassed: Bool { passed == judged.count }

    /// All that count.
    package var judged: [CheckResult] {
        results.filter { if case .omitted = $0.outcome { false } else { true } }
    }

    private func sum(_ results: [CheckResult]) -> Int {
        results.reduce(0) { $0 + worth($1.check) }
    }

    private func worth(_ check: Check) -> Int {
        check.worth(at: stage, hasOwnEngine: hasOwnEngine)
    }

    /// One line for the whole run.
    package var summary: String {
        "Stage \(stage): \(passed) of \(judged.count) checks, \(points) of \(maxPoints) points"
    }

    private struct Entry: Encodable {
        let id, title, outcome: String
        let points, maxPoints: Int
        var expected: String?
        var arrived: String?
    }

    private struct Whole: Encodable {
        let stage: Int
        let seed: UInt64
        let points, maxPoints: Int
        let checks: [Entry]
        let provenance: Provenance
    }

    /// The report as JSON.
    package func json() throws -> Data {
        var entries = results.map { result in
            let (word, failure) = Self.parts(result.outcome)
            return Entry(
                id: result.check.id, title: result.check.title, outcome: word,
                points: result.outcome.hasPassed ? worth(result.check) : 0,
                maxPoints: worth(result.check), expected: failure?.expected,
                arrived: failure?.arrived)
        }
        entries += Check.replaced(before: stage).map {
            Entry(
                id: $0.id, title: $0.title, outcome: "replaced by \($0.successor(at: stage).id)",
                points: 0, maxPoints: 0)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Whole(
                stage: stage, seed: seed, points: points, maxPoints: maxPoints, checks: entries,
                provenance: provenance))
    }

    private static func parts(_ outcome: Outcome) -> (word: String, failure: Failure?) {
        switch outcome {
        case .passed: ("passed", nil)
        case .skipped: ("skipped", nil)
        case .omitted: ("omitted", nil)
        case .failed(let failure, _): ("failed", failure)
        }
    }

    /// The report as JUnit's XML.
    package func junit() -> String {
        let failures = results.count { Self.parts($0.outcome).word == "failed" }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text +=
            "<testsuite name=\"Stage \(stage)\" tests=\"\(results.count)\" "
            + "failures=\"\(failures)\">\n"
        for result in results {
            let name = Self.escaped("\(result.check.id) \(result.check.title)")
            text += "  <testcase classname=\"Stage\(result.check.stage)\" name=\"\(name)\">"
            switch result.outcome {
            case .passed: break
            case .skipped(let reason), .omitted(let reason):
                text += "<skipped message=\"\(Self.escaped(reason))\"/>"
            case .failed(let failure, let transcript):
                text += "<failure message=\"\(Self.escaped(failure.description))\">"
                text += Self.escaped(transcript.joined(separator: "\n")) + "</failure>"
            }
            text += "</testcase>\n"
        }
        return text + "</testsuite>\n"
    }

    /// Text in XML; a character that XML does not allow becomes a question mark.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                let isAllowed =
                    scalar.value >= 0x20 && scalar.value < 0xFFFE || scalar.value > 0xFFFF
                result.unicodeScalars.append(isAllowed ? scalar : "?")
            }
        }
        return result
    }
}
