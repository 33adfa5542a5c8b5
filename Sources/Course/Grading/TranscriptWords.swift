// The words of a transcript, for a person. A line is kept as it is in reports for programs, in
// English: `12 ms  A  vanishes`. What was sent stays as it is in each language.
// In: a line. Out: a line. Next: CheckContext.swift for where lines come from.

import CourseLanguage

nonisolated enum TranscriptWords {
    /// At the end of a line.
    private static let marks: [Sentence] = ["<-- here", "(of an earlier check: not looked at)"]

    /// What clients and the grader do, without values.
    private static let deeds: [Sentence] = [
        "connects", "vanishes", "closes", "kills the program, and starts it again",
        "kills the first server",
        "starts redis-server, and two servers with REDIS_URL in their environment",
    ]

    /// What has a value at its end.
    private static let beginnings: [(String, @Sendable (String) -> Sentence)] = [
        ("connects with ", { "connects with \($0)" }), ("a frame ", { "a frame \($0)" }),
    ]

    /// A line in a language.
    static func line(_ line: String, in language: Language) -> String {
        let mark = marks.first { line.hasSuffix($0.english) }
        var text = line.dropLast(mark?.english.count ?? 0)
        var end = mark?.text(in: language) ?? ""
        // What was cut: see `bounded`.
        if let cut = text.firstMatch(of: /… \((\d+) characters\)( *)$/) {
            let sum: Sentence = "… (\(cut.output.1) characters)"
            end = sum.text(in: language) + cut.output.2 + end
            text = text[..<cut.range.lowerBound]
        }
        guard let match = text.prefixMatch(of: /(\d+ ms  )(\S+)(  (?:← )?)/) else {
            return text + end
        }
        let (time, name, way) = (match.output.1, String(match.output.2), match.output.3)
        let author = name == grader.english ? grader.text(in: language) : name
        let rest = text[match.range.upperBound...]
        let words = rest.reversed().drop { $0 == " " }.reversed()
        let blanks = rest.dropFirst(words.count)
        let said = deed(String(words))?.text(in: language) ?? String(words)
        return "\(time)\(author)\(way)\(said)\(blanks)\(end)"
    }

    private static let grader: Sentence = "grader"

    private static func deed(_ words: String) -> Sentence? {
        if let known = deeds.first(where: { $0.english == words }) { return known }
        for (beginning, sentence) in beginnings where words.hasPrefix(beginning) {
            return sentence(String(words.dropFirst(beginning.count)))
        }
        return nil
    }
}

/// The lines of a transcript in the language that was chosen.
package nonisolated func shownTranscript(
    _ lines: some Sequence<String>, in language: Language = .current
) -> [String] {
    lines.map { TranscriptWords.line($0, in: language) }
}
