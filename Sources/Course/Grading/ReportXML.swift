// A report as JUnit's XML, for CI systems: in the form that Jenkins and GitLab validate.
// Next: Report.swift.

import CourseLanguage

extension Report {
    /// The report as JUnit's XML; its names and keys are the same in each language.
    package func junit(in language: Language = .english) -> String {
        let count = { (word: String) in results.count { $0.outcome.word == word } }
        let name = problem == nil ? "Stage \(stage)" : "Build"
        let counts =
            "tests=\"\(results.count + (problem == nil ? 0 : 1))\" failures=\"\(count("failed"))\" "
            + "errors=\"\(problem == nil ? 0 : 1)\""
        let time = "time=\"\(Self.seconds(milliseconds))\""
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"grade\" \(counts) \(time)>")
        lines.append(
            "  <testsuite name=\"\(name)\" \(counts) "
                + "skipped=\"\(count("skipped") + count("omitted"))\" \(time)>")
        if let problem {
            let message = markupEscaped(problem.text(in: language))
            lines.append("    <testcase classname=\"Build\" name=\"it compiles\" time=\"0.000\">")
            lines.append(
                "      <error message=\"\(message)\" type=\"build\"/>"
            )
            lines.append("    </testcase>")
        }
        for result in results { lines += Self.testcase(result, language) }
        return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func testcase(_ result: CheckResult, _ language: Language) -> [String] {
        let name = markupEscaped("\(result.check.id) \(result.check.title.text(in: language))")
        let start =
            "    <testcase classname=\"Stage\(result.check.stage)\" name=\"\(name)\" "
            + "time=\"\(seconds(result.milliseconds))\""
        let inside: String
        switch result.outcome {
        case .passed: return [start + "/>"]
        case .skipped(let reason), .omitted(let reason):
            inside = "      <skipped message=\"\(markupEscaped(reason.text(in: language)))\"/>"
        case .failed(let failure, let transcript):
            let message = markupEscaped(failure.sentence.text(in: language))
            let lines = shownTranscript(transcript, in: language)
            let text = (result.story(in: language) + lines).joined(separator: "\n")
            inside =
                "      <failure message=\"\(message)\" type=\"check\">"
                + markupEscaped(text) + "</failure>"
        }
        return [start + ">", inside, "    </testcase>"]
    }
}

/// Text in XML or HTML; a character that XML does not allow becomes a question mark.
package func markupEscaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        case "\n", "\t": result.unicodeScalars.append(scalar)
        default:
            let isAllowed = scalar.value >= 0x20 && scalar.value < 0xFFFE || scalar.value > 0xFFFF
            result.unicodeScalars.append(isAllowed ? scalar : "?")
        }
    }
    return result
}
