// A report as a page for a student: one file of HTML without scripts, to be opened or printed.
// Next: Report.swift.

import CourseLanguage

extension Report {
    /// The report as a page. `notes`: lines below the summary.
    package func page(of name: String, notes: [Sentence] = []) -> String {
        let title = markupEscaped(CheckContext.visible(name))
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"\(Language.current.rawValue)\">",
            "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width\">", "<title>\(title)</title>",
            "<style>\(Self.style)</style>", "<h1>\(title)</h1>",
            "<p class=\"summary\">\(markupEscaped(summary.text))</p>",
        ]
        lines += notes.map { "<p>\(markupEscaped($0.text))</p>" }
        if problem == nil { lines += stages() }
        let failed = results.filter { $0.outcome.word == "failed" }
        if let first = failed.first {
            lines.append("<h2>\("What to look at, first \(first.check.id)" as Sentence)</h2>")
            for result in failed { lines += Self.section(result) }
        }
        if !results.isEmpty { lines += ["<h2>\("All checks" as Sentence)</h2>"] + table() }
        let digests: [(Sentence, String)] = [
            ("seed", "\(seed)"), ("submission", provenance.submission ?? ""),
            ("grader", provenance.grader ?? ""), ("course", provenance.course ?? ""),
        ].filter { !$0.1.isEmpty }
        let foot = digests.map { "\($0.0) \($0.1)" }.joined(separator: " · ")
        lines.append("<p class=\"foot\">\(markupEscaped(foot))</p>")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The points, stage by stage.
    private func stages() -> [String] {
        var lines = [Self.head(["Stage", "Points"])]
        for number in Stages.course.contains(stage) ? Stages.course : stage...stage {
            let part = points(of: number)
            let text: Sentence =
                number > stage
                ? "not begun"
                : part.maxPoints == 0
                    ? "the engine's, or replaced by later stages"
                    : "\(part.points) of \(part.maxPoints)"
            lines.append("<tr><td>\(number)</td><td>\(text)</td></tr>")
        }
        return lines + ["</table>"]
    }

    private static func section(_ result: CheckResult) -> [String] {
        guard case .failed(let failure, let transcript) = result.outcome else { return [] }
        let rows: [(Sentence, Sentence)] = [
            ("expected", failure.expected), ("arrived", failure.arrived),
            ("likely", failure.cause ?? result.check.cause),
            ("read", Sentence(verbatim: result.check.chapter())),
            ("help", Sentence(verbatim: nextGrade("--hint \(result.check.id)"))),
        ]
        let told = failure.server.map { ("server" as Sentence, Sentence(verbatim: $0)) }
        let title = markupEscaped(result.check.title.text)
        var lines = ["<h3>\(result.check.id) \(title)</h3>", "<dl>"]
        lines +=
            (rows[..<2] + told + rows[2...]).map {
                "<dt>\($0.0)</dt><dd>\(markupEscaped($0.1.text))</dd>"
            } + ["</dl>"]
        if !transcript.isEmpty {
            let text = markupEscaped(shownTranscript(transcript).joined(separator: "\n"))
            let label: Sentence = "what was sent"
            lines.append("<details><summary>\(label)</summary><pre>\(text)</pre></details>")
        }
        return lines
    }

    private func table() -> [String] {
        let rows = results.map { result in
            let word = result.outcome.word
            let points = result.outcome.hasPassed ? worth(result.check) : 0
            return "<tr class=\"\(word)\"><td>\(result.check.id)</td>"
                + "<td>\(markupEscaped(result.check.title.text))</td>"
                + "<td>\(Sentence(words: word))</td>"
                + "<td>\("\(points) of \(worth(result.check))" as Sentence)</td></tr>"
        }
        let head = Self.head(["Check", "What a right server does", "Outcome", "Points"])
        return [head] + rows + ["</table>"]
    }

    /// The beginning of a table.
    private static func head(_ names: [Sentence]) -> String {
        "<table><tr>\(names.map { "<th>\($0)</th>" }.joined())</tr>"
    }

    package static let style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
        .summary { font-size: 1.25rem; font-weight: 600; }
        table { border-collapse: collapse; margin: 1rem 0; }
        th, td { text-align: left; padding: .2rem .8rem; border-bottom: 1px solid #8886; }
        .failed td:nth-child(3) { color: #c00; font-weight: 600; }
        dt { float: left; clear: left; width: 6rem; opacity: .7; }
        dd { margin: 0 0 .3rem 6rem; overflow-wrap: anywhere; white-space: pre-wrap; }
        pre { overflow-x: auto; border: 1px solid #8886; padding: .5rem; }
        .foot { margin-top: 3rem; font-size: .8rem; opacity: .7; overflow-wrap: anywhere; }
        """
}
