// Results for people and for programs. In: results. Out: lines, JSON, JUnit's XML.
// Next: grade/main.swift.

import Foundation

/// The results of one run.
package struct Report {
    package let stage: Int
    package let seed: UInt64
    package let results: [CheckResult]

    package init(stage: Int, seed: UInt64, results: [CheckResult]) {
        self.stage = stage
        self.seed = seed
        self.results = results
    }

    package var passed: Int { results.count { $0.outcome.hasPassed } }
    package var points: Int { results.filter { $0.outcome.hasPassed }.map(\.check.points).sum }
    package var maxPoints: Int { results.map(\.check.points).sum }
    package var hasPassed: Bool { passed == results.count }

    /// One line for the whole run.
    package var summary: String {
        "Stage \(stage): \(passed) of \(results.count) checks, \(points) of \(maxPoints) points"
    }

    /// The line of one result, and, of a failure, its story.
    package static func lines(_ result: CheckResult, hasTranscript: Bool) -> [String] {
        let check = result.check
        switch result.outcome {
        case .passed: return ["✓ \(check.id)  \(check.title)"]
        case .skipped(let reason): return ["– \(check.id)  \(check.title) (\(reason))"]
        case .failed(let failure, let transcript):
            var lines = ["✗ \(check.id)  \(check.title)"]
            let shown = hasTranscript ? transcript[...] : transcript.suffix(12)
            if shown.count < transcript.count { lines.append("      …") }
            lines += shown.map { "      \($0)" }
            lines.append("    expected  \(failure.expected)")
            lines.append("    arrived   \(failure.arrived)")
            lines.append("    likely    \(check.cause)")
            lines.append("    read      TUTORIAL.md\(check.anchor)")
            return lines
        }
    }

    private struct Entry: Encodable {
        let id, title, outcome: String
        let points, maxPoints: Int
        let expected, arrived: String?
    }

    private struct Whole: Encodable {
        let stage: Int
        let seed: UInt64
        let points, maxPoints: Int
        let checks: [Entry]
    }

    /// The report as JSON.
    package func json() throws -> Data {
        let entries = results.map { result in
            let (word, failure) = Self.parts(result.outcome)
            return Entry(
                id: result.check.id, title: result.check.title, outcome: word,
                points: result.outcome.hasPassed ? result.check.points : 0,
                maxPoints: result.check.points, expected: failure?.expected,
                arrived: failure?.arrived)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Whole(stage: stage, seed: seed, points: points, maxPoints: maxPoints, checks: entries))
    }

    private static func parts(_ outcome: Outcome) -> (word: String, failure: Failure?) {
        switch outcome {
        case .passed: ("passed", nil)
        case .skipped: ("skipped", nil)
        case .failed(let failure, _): ("failed", failure)
        }
    }

    /// The report as JUnit's XML.
    package func junit() -> String {
        let failures = results.count { Self.parts($0.outcome).word == "failed" }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text +=
            "<testsuite name=\"Stage \(stage)\" tests=\"\(results.count)\" failures=\"\(failures)\">\n"
        for result in results {
            let name = Self.escaped("\(result.check.id) \(result.check.title)")
            text += "  <testcase classname=\"Stage\(result.check.stage)\" name=\"\(name)\">"
            switch result.outcome {
            case .passed: break
            case .skipped(let reason): text += "<skipped message=\"\(Self.escaped(reason))\"/>"
            case .failed(let failure, let transcript):
                text += "<failure message=\"\(Self.escaped(failure.description))\">"
                text += Self.escaped(transcript.joined(separator: "\n")) + "</failure>"
            }
            text += "</testcase>\n"
        }
        return text + "</testsuite>\n"
    }

    /// Text in XML; what XML cannot say becomes a question mark.
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

extension Array<Int> {
    var sum: Int { reduce(0, +) }
}
