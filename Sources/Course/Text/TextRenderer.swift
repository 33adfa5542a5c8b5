// Pieces of a page as HTML. It needs a style sheet (Public/course/text.css) and no script.
// In: blocks, and where links lead. Out: HTML. Next: InlineText.swift, CodeScanner.swift,
// SequencePicture.swift; CoursePage.swift, which uses it.

import CourseTutorial

package struct TextRenderer {
    /// By how much headings are raised, so that each page begins with the first level.
    package var raise = 0
    /// The language of the words that are added.
    package var language = TextLanguage.english
    /// Where a link leads.
    package let link: (String) -> TextLink
    /// The address of a picture.
    package let picture: (String) -> String

    package init(
        raise: Int = 0, language: TextLanguage = .english,
        link: @escaping (String) -> TextLink, picture: @escaping (String) -> String = { $0 }
    ) {
        (self.raise, self.language, self.link, self.picture) = (raise, language, link, picture)
    }

    package func html(_ blocks: [TextBlock]) -> String {
        var charts = 0
        return blocks.map { block in
            if case .chart = block { charts += 1 }
            return html(block, chart: charts)
        }.joined(separator: "\n")
    }

    /// Words in one line, in a piece or alone.
    package func inline(_ text: String) -> String { InlineText.html(text, link: link) }

    /// The same without tags, for titles and lists of contents.
    package func plain(_ text: String) -> String { inline(text).replacing(/<[^>]*>/, with: "") }

    private func html(_ block: TextBlock, chart: Int) -> String {
        switch block {
        case .heading(let level, let text, let id):
            let tag = "h\(max(1, level - raise))"
            return "<\(tag) id=\"\(id)\">\(inline(text))\(address(id, of: plain(text)))</\(tag)>"
        case .paragraph(let text, nil): return "<p>\(inline(text))</p>"
        case .paragraph(let text, let id?):
            let title = id.replacing("-", with: " ")
            return "<p class=\"step\" id=\"\(id)\">\(inline(text))\(address(id, of: title))</p>"
        case .list(let isOrdered, let items):
            let tag = isOrdered ? "ol" : "ul"
            return "<\(tag)>\n\(items.map(item).joined(separator: "\n"))\n</\(tag)>"
        case .table(let header, let rows): return table(header, rows)
        case .quote(let inner): return "<blockquote>\n\(html(inner))\n</blockquote>"
        case .code(let code): return figure(code)
        case .chart(let chart_):
            return SequencePicture(chart_, number: chart, language).html
        case .picture(let picture): return html(picture)
        case .folded(let summary, let content):
            let words = InlineText.html(summary, isMarkdown: false, link: link)
            return "<details><summary>\(words)</summary>\n\(html(content))\n</details>"
        case .markup(let text): return "<p>\(words(text))</p>"
        case .anchor(let id): return "<a id=\"\(id)\"></a>"
        }
    }

    /// Text in which only tags mean something.
    private func words(_ text: String) -> String {
        InlineText.html(text, isMarkdown: false, link: link)
    }

    /// What one clicks to have the address of a place.
    private func address(_ id: String, of title: String) -> String {
        " <a class=\"address\" href=\"#\(id)\" aria-label=\"\(language.address(of: title))\">#</a>"
    }

    /// An item that is one paragraph has no tag for it.
    private func item(_ blocks: [TextBlock]) -> String {
        guard let first = blocks.first else { return "<li></li>" }
        let rest = blocks.count == 1 ? "" : "\n" + html(Array(blocks.dropFirst()))
        switch first {
        case .paragraph(let text, nil): return "<li>\(inline(text))\(rest)</li>"
        case .markup(let text): return "<li>\(words(text))\(rest)</li>"
        case .heading, .paragraph, .list, .table, .quote, .code, .chart, .picture, .folded,
            .anchor:
            return "<li>\(html(blocks))</li>"
        }
    }

    // MARK: - Tables and pictures

    /// A row of edge cases says which check it belongs to.
    private func table(_ header: [String], _ rows: [[String]]) -> String {
        let names = header.map(plain)
        let head = header.map { $0.isEmpty ? "<td></td>" : "<th scope=\"col\">\(inline($0))</th>" }
        let body = rows.map { row in
            let isCheck = TextLanguage.allCases.contains { $0.check == names.last }
            let hasCheck = isCheck && row.last?.wholeMatch(of: /\d\.\d+/) != nil
            let check = hasCheck ? " data-check=\"\(escapedForHTML(row.last ?? ""))\"" : ""
            return "<tr\(check)>\(row.map { "<td>\(inline($0))</td>" }.joined())</tr>"
        }
        let label = language.table(names.filter { !$0.isEmpty })
        return """
            <div class="table" role="group" tabindex="0" aria-label="\(label)"><table>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    private func html(_ image: TextPicture) -> String {
        let width = image.width.map { " width=\"\($0)\"" } ?? ""
        let dark = image.dark.map { path in
            let address = escapedForHTML(picture(path))
            return "<source media=\"(prefers-color-scheme: dark)\" srcset=\"\(address)\">"
        }
        let light = escapedForHTML(picture(image.light))
        return """
            <picture>\(dark ?? "")<img src="\(light)"\(width) \
            alt="\(escapedForHTML(image.alternative))"></picture>
            """
    }

    // MARK: - Code

    /// What fits on a phone, also where it is folded; longer lines are scrolled, by keyboard too.
    private static let narrowLine = 34

    private func figure(_ code: CodeBlock) -> String {
        let isLong = code.text.split(separator: "\n").contains { $0.count > Self.narrowLine }
        let focus = isLong ? " tabindex=\"0\"" : ""
        let spans = CodeScanner.spans(of: code.text, in: code.language).map { span in
            let text = escapedForHTML(span.text)
            return span.kind == .plain
                ? text : "<span class=\"\(span.kind.rawValue)\">\(text)</span>"
        }
        let pre = "<pre\(focus)><code>\(spans.joined())</code></pre>"
        guard let file = code.file, let place = code.place else {
            return "<figure class=\"code\">\(pre)</figure>"
        }
        return """
            <figure class="code goes" data-file="\(file.rawValue)" data-stage="\(code.stage)" \
            data-step="\(code.step)"><figcaption><strong>\(file.rawValue)</strong> \
            \(language.place(place))</figcaption>\(pre)</figure>
            """
    }
}
