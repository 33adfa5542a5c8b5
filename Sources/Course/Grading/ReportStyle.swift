// How results look in a terminal, and in plain words. In: results. Out: lines. Next: Report.swift.

import CourseLanguage

/// Colours and signs, or words only: for a log, or for a screen reader.
package struct ReportStyle {
    package let isPlain: Bool
    package let hasColours: Bool

    package init(isPlain: Bool, hasColours: Bool) {
        self.isPlain = isPlain
        self.hasColours = hasColours && !isPlain
    }

    private enum Colour: Int {
        case red = 31
        case green = 32
        case grey = 90
    }

    private func sign(_ sign: String, _ word: Sentence, _ colour: Colour) -> String {
        isPlain ? word.text : painted(sign, colour)
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        hasColours ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The line of one result, and, of a failure, its story.
    /// `again` is the command that runs one check with this seed.
    package func lines(
        _ result: CheckResult, isWhole: Bool, again: (Check) -> String
    ) -> [String] {
        let check = result.check
        let title = "\(check.id)  \(check.title)"
        switch result.outcome {
        case .passed: return ["\(sign("✓", "ok", .green)) \(title)"]
        case .skipped(let reason), .omitted(let reason):
            return ["\(sign("–", "skipped", .grey)) \(dim("\(title) (\(reason))"))"]
        case .failed(_, let transcript):
            var lines = ["\(sign("✗", "FAILED", .red)) \(title)"]
            let shown = isWhole ? transcript[...] : transcript.suffix(14)
            if shown.count < transcript.count { lines.append("      …") }
            lines += shownTranscript(shown).map { "      \($0)" }
            lines += result.story(in: .current).map { "    \($0)" }
            lines.append("    \(column("hint"))\(nextGrade("--hint \(check.id)"))")
            lines.append("    \(column("again"))\(again(check))")
            return lines
        }
    }

    /// Which checks of earlier stages no longer hold, in a line.
    package func replaced(before stage: Int) -> String? {
        let checks = Check.replaced(before: stage)
        guard !checks.isEmpty else { return nil }
        return dim(
            "\(checks.count) checks of earlier stages are replaced by later ones "
                + "(--list shows them)")
    }

    /// A heading, or what is less important.
    package func dim(_ text: Sentence) -> String { painted(text.text, .grey) }

    /// How much of it there is, for the end of a line.
    package func bar(_ passed: Int, of all: Int) -> String {
        guard !isPlain, all > 0 else { return "" }
        let full = passed * 24 / all
        let rest = String(repeating: "░", count: 24 - full)
        return "  " + painted(String(repeating: "█", count: full), .green) + painted(rest, .grey)
    }
}

/// A label and the blanks behind it: ten columns. A Chinese character takes two.
func column(_ label: Sentence, in language: Language = .current) -> String {
    let text = label.text(in: language)
    let width = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    return text + String(repeating: " ", count: max(1, 10 - width))
}
