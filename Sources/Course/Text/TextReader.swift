// Markdown, as far as TUTORIAL.md and the articles use it. In: a page's text. Out: its pieces.
// What is not known is a paragraph, so nothing of the text is lost.
// Simplified: what the text does not use (footnotes, underlined headings, indented code) is text.
// Next: TextLists.swift, TextMarkup.swift; TextRenderer.swift.

import CourseTutorial

package struct TextReader {
    /// How often a heading's id was given: GitHub numbers the second and all others.
    private var ids: [String: Int] = [:]
    private var stage = 0
    private var step = 0

    package static func blocks(of text: String) -> [TextBlock] {
        var reader = TextReader()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return reader.read(lines[...])
    }

    mutating func read(_ lines: ArraySlice<String>) -> [TextBlock] {
        var rest = lines
        var blocks: [TextBlock] = []
        var comment = ""
        while let line = rest.first {
            if line.isBlank {
                rest.removeFirst()
            } else if line.hasPrefix("<!--") {
                comment = Self.take(&rest, through: "-->").joined(separator: "\n")
            } else {
                blocks.append(block(&rest, after: comment))
                comment = ""
            }
        }
        return blocks
    }

    /// The next piece. There is a line, and it is not blank.
    private mutating func block(
        _ rest: inout ArraySlice<String>, after comment: String
    ) -> TextBlock {
        let line = rest.first ?? ""
        if line.hasPrefix("```") { return code(&rest, after: comment) }
        if let heading = heading(line) {
            rest.removeFirst()
            return heading
        }
        if let block = Self.markup(&rest, reader: &self) { return block }
        if line.hasPrefix(">") {
            return .quote(read(Self.takeQuote(&rest)[...]))
        }
        if line.hasPrefix("|"), let table = Self.table(&rest) { return table }
        if TextListMarker(line) != nil { return list(&rest) }
        return paragraph(&rest)
    }

    // MARK: - Headings and paragraphs

    private mutating func heading(_ line: String) -> TextBlock? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
        let text = line.dropFirst(level).trimming { $0 == " " }
        if let number = Tutorial.stage(in: line) {
            (stage, step) = (number, 0)
        }
        let slug = Self.slug(text)
        let count = ids[slug, default: 0]
        ids[slug] = count + 1
        return .heading(level: level, text: text, id: count == 0 ? slug : "\(slug)-\(count)")
    }

    /// The id that GitHub gives to a heading.
    static func slug(_ heading: String) -> String {
        let text = heading.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 }
        let kept = text.lowercased().filter {
            $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
        }
        return kept.replacing(" ", with: "-")
    }

    private mutating func paragraph(_ rest: inout ArraySlice<String>) -> TextBlock {
        var lines = [rest.removeFirst()]
        while let line = rest.first, !line.isBlank, !Self.interrupts(line) {
            lines.append(line)
            rest.removeFirst()
        }
        guard let (number, _) = Tutorial.step(in: lines[0]) else {
            return .paragraph(lines.joined(separator: "\n"), id: nil)
        }
        step = number
        let chapter = stage == 0 ? "begin" : "stage-\(stage)"
        return .paragraph(lines.joined(separator: "\n"), id: "\(chapter)-step-\(number)")
    }

    /// Whether a line ends the paragraph above it, without a blank line between the two.
    static func interrupts(_ line: String) -> Bool {
        let marks = ["```", "#", ">", "|", "<!--", "<details>", "<picture>", "<a id="]
        return marks.contains { line.hasPrefix($0) } || TextListMarker(line) != nil
    }

    // MARK: - Code

    private func code(_ rest: inout ArraySlice<String>, after comment: String) -> TextBlock {
        let first = rest.removeFirst()
        let fence = String(first.prefix { $0 == "`" })
        let language = first.dropFirst(fence.count).trimming { $0 == " " }
        let end = rest.firstIndex { $0.trimming { $0 == " " } == fence } ?? rest.endIndex
        let lines = rest[..<end]
        rest = rest[end...].dropFirst()
        if language == "mermaid", let chart = SequenceChart(lines) { return .chart(chart) }
        let target = (try? Edit.target(in: comment, at: 0)) ?? nil
        return .code(
            CodeBlock(
                language: language, text: lines.joined(separator: "\n"), file: target?.0,
                place: target?.1, stage: stage, step: step))
    }

    // MARK: - Lines

    /// The lines up to the one that has the word in it, and that one.
    static func take(_ rest: inout ArraySlice<String>, through word: String) -> [String] {
        let end = rest.firstIndex { $0.contains(word) }.map { $0 + 1 } ?? rest.endIndex
        defer { rest = rest[end...] }
        return Array(rest[..<end])
    }

    private static func takeQuote(_ rest: inout ArraySlice<String>) -> [String] {
        let lines = rest.prefix { $0.hasPrefix(">") }
        rest = rest.dropFirst(lines.count)
        return lines.map { line in
            String(line.dropFirst(line.hasPrefix("> ") ? 2 : 1))
        }
    }

    // MARK: - Tables

    /// Lines between `|`; the second line, of dashes, makes them a table.
    private static func table(_ rest: inout ArraySlice<String>) -> TextBlock? {
        let lines = rest.prefix { $0.hasPrefix("|") }
        guard lines.count >= 2,
            cells(lines[lines.startIndex + 1]).allSatisfy({ $0.wholeMatch(of: /:?-+:?/) != nil })
        else { return nil }
        rest = rest.dropFirst(lines.count)
        let header = cells(lines[lines.startIndex])
        let rows = lines.dropFirst(2).map { line in
            let cells = cells(line)
            return (0..<header.count).map { $0 < cells.count ? cells[$0] : "" }
        }
        return .table(header: header, rows: rows)
    }

    /// The cells of a line. `\|` is a character in a cell.
    private static func cells(_ line: String) -> [String] {
        var cells = [""]
        var isEscaped = false
        for character in line.trimming({ $0 == " " }).dropFirst() {
            if character == "|", !isEscaped {
                cells.append("")
            } else {
                if character == "|" { cells[cells.count - 1].removeLast() }
                cells[cells.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if cells.last == "" { cells.removeLast() }
        return cells.map { $0.trimming { $0 == " " } }
    }
}

extension StringProtocol {
    var isBlank: Bool { allSatisfy { $0 == " " } }
}
