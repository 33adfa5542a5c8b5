// A sequence chart as SVG. Its text is text, its colours are those of the style sheet, and what it
// shows is told in words as well. In: a chart. Out: HTML. Next: SequenceChart.swift.

import CourseTutorial

struct SequencePicture {
    private let chart: SequenceChart
    private let number: Int
    private let language: TextLanguage
    private var y = 0
    private var parts: [String] = []

    /// Distances in points. A column is as wide as most packets, and a chart as a page's column.
    private static let (margin, line, headHeight) = (64, 17, 32)
    /// A little more than a letter needs, since fonts differ.
    private static let letter = 7.9
    private let gap: Int

    /// The number tells the charts of a page apart.
    init(_ chart: SequenceChart, number: Int, _ language: TextLanguage = .english) {
        (self.chart, self.number, self.language) = (chart, number, language)
        gap = [400, 292, 216][min(chart.participants.count, 4) - 2]
        y = Self.headHeight
        for event in chart.events {
            switch event {
            case .message(let from, let to, let text, let isDashed):
                message(from, to, text, isDashed)
            case .note(let from, let to, let text): note(from, to, text)
            }
        }
        y += 20
    }

    private func x(_ column: Int) -> Int { Self.margin + column * gap }

    var html: String {
        let width = 2 * Self.margin + (chart.participants.count - 1) * gap
        let id = "chart-\(number)"
        let lines = chart.participants.indices.map { column in
            "<line class=\"life\" x1=\"\(x(column))\" y1=\"\(Self.headHeight)\" "
                + "x2=\"\(x(column))\" y2=\"\(y)\"/>"
        }
        let heads = chart.participants.enumerated().map { column, name in
            """
            <rect class="head" x="\(x(column) - 56)" y="1" width="112" height="30" rx="6"/>
            <text class="name" x="\(x(column))" y="21">\(escapedForHTML(name))</text>
            """
        }
        return """
            <div class="chart" role="group" tabindex="0" aria-label="\(language.chart(number))">
            <svg viewBox="0 0 \(width) \(y)" width="\(width)" height="\(y)" role="img" \
            aria-labelledby="\(id)-title \(id)-text">
            <title id="\(id)-title">\(title)</title>
            <desc id="\(id)-text">\(description)</desc>
            \((lines + heads + parts).joined(separator: "\n"))
            </svg></div>
            """
    }

    // MARK: - In words

    private func name(_ column: Int) -> String { escapedForHTML(chart.participants[column]) }

    private var title: String {
        language.messages(between: chart.participants.map { escapedForHTML($0) })
    }

    private var description: String {
        chart.events.map { event in
            switch event {
            case .message(let from, let to, let text, _):
                language.message(from: name(from), to: name(to), escapedForHTML(text))
            case .note(_, _, let text): language.note(escapedForHTML(text))
            }
        }.joined(separator: " ")
    }

    // MARK: - Drawing

    private mutating func message(_ from: Int, _ to: Int, _ text: String, _ isDashed: Bool) {
        let (start, end, isRight) = (x(from), x(to), to > from)
        let room = Int(Double(abs(end - start) - 28) / Self.letter)
        y += 10
        write(Self.wrapped(text, room), between: min(start, end), and: max(start, end))
        y += 8
        let kind = isDashed ? "arrow dashed" : "arrow"
        let (back, tip) = isRight ? (end - 11, end - 1) : (end + 11, end + 1)
        parts.append(
            """
            <path class="\(kind)" d="M\(start) \(y)H\(back)"/>
            <path class="tip" d="M\(tip) \(y)L\(back) \(y - 5)V\(y + 5)Z"/>
            """)
        y += 6
    }

    private mutating func note(_ from: Int, _ to: Int, _ text: String) {
        let (left, right) = (x(from) - 40, x(to) + 40)
        let lines = Self.wrapped(text, Int(Double(right - left - 20) / Self.letter))
        y += 14
        parts.append(
            """
            <rect class="note" x="\(left)" y="\(y)" width="\(right - left)" \
            height="\(lines.count * Self.line + 13)" rx="4"/>
            """)
        y += 4
        write(lines, between: left, and: right)
        y += 12
    }

    /// One line stands in the middle; several begin at one place, as code does.
    private mutating func write(_ lines: [Substring], between left: Int, and right: Int) {
        for line in lines {
            y += Self.line
            let text = escapedForHTML(line)
            parts.append(
                lines.count == 1
                    ? "<text class=\"middle\" x=\"\((left + right) / 2)\" y=\"\(y)\">\(text)</text>"
                    : "<text x=\"\(left + 14)\" y=\"\(y)\">\(text)</text>")
        }
    }

    /// A text in lines, broken behind a comma or a blank where there is one in the second half.
    static func wrapped(_ text: String, _ width: Int) -> [Substring] {
        var rest = text[...]
        var lines: [Substring] = []
        while rest.count > width {
            let line = rest.prefix(width)
            let mark = line.lastIndex { ", &".contains($0) }.map { line.index(after: $0) }
            let middle = line.index(line.startIndex, offsetBy: width / 2)
            let end = mark.flatMap { $0 > middle ? $0 : nil } ?? line.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines + [rest]
    }
}
