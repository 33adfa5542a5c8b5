// One page of the course: the beginning, a chapter, what comes next, or an article. In: the pieces
// of a text. Out: pages, with their titles and places to link to. Next: CourseBook.swift.

import CourseTutorial

package struct CoursePage: Sendable {
    /// A place that the list of contents names: a step, or in an article a heading.
    package struct Section: Equatable {
        package let id: String
        package let title: String
    }

    /// The name of its file without the ending: `stage-3`.
    package let name: String
    package let title: String
    /// The file that the text is from: `TUTORIAL.md`.
    package let source: String
    /// The English page that the source belongs to: `TUTORIAL.md` of `TUTORIAL.zh-CN.md`.
    package var original: String { TextLanguage.original(of: source) }
    package var language: TextLanguage { TextLanguage.language(of: source) }
    package let blocks: [TextBlock]
    package let sections: [Section]
    /// All places to link to.
    package let ids: Set<String>

    package var isChapter: Bool { CourseBook.tutorials.contains(original) }
    package var fileName: String { "\(name).html" }

    /// By how much headings are raised: a chapter begins with the second level.
    package var raise: Int {
        let levels = blocks.compactMap {
            if case .heading(let level, _, _) = $0 { level } else { nil }
        }
        return (levels.min() ?? 1) - 1
    }

    init(name: String, title: String? = nil, source: String, blocks: [TextBlock]) {
        let all = TextBlock.all(in: blocks)
        let headings = all.compactMap {
            if case .heading(_, let text, _) = $0 { text } else { nil }
        }
        (self.name, self.source, self.blocks) = (name, source, blocks)
        self.title = title ?? headings.first ?? name
        ids = Set(all.compactMap(\.id))
        let isChapter = CourseBook.tutorials.contains(TextLanguage.original(of: source))
        sections = all.compactMap { block in
            switch block {
            case .paragraph(let text, let id?) where isChapter:
                Tutorial.step(in: text).map { Section(id: id, title: "\($0) · \($1)") }
            case .heading(2, let text, let id) where !isChapter: Section(id: id, title: text)
            default: nil
            }
        }
    }

    /// A tutorial in pages: what comes before the first chapter, each chapter, what comes after.
    static func chapters(of text: String, in source: String) -> [CoursePage] {
        let isFirst = TextLanguage.original(of: source) == CourseBook.tutorials.first
        let language = TextLanguage.language(of: source)
        let begin = isFirst ? "index" : "more"
        var parts: [(name: String, blocks: [TextBlock])] = [(begin, [])]
        for block in Self.blocks(of: text, in: source) {
            if case .heading(2, let title, let id) = block {
                let stage = Tutorial.stage(in: "## \(title)")
                if stage != nil || parts.count > 1 {
                    // The anchor above a heading belongs to it, and names it.
                    var begin: [TextBlock] = []
                    var name = id
                    if case .anchor(let anchor)? = parts[parts.count - 1].blocks.last {
                        begin = [parts[parts.count - 1].blocks.removeLast()]
                        name = anchor
                    }
                    parts.append((stage.map { "stage-\($0)" } ?? name, begin))
                }
            }
            parts[parts.count - 1].blocks.append(block)
        }
        return parts.map { name, blocks in
            CoursePage(
                name: name, title: name == "index" ? language.begin : nil, source: source,
                blocks: blocks)
        }
    }

    /// The pieces of a page, without the link to the same page in another language: a book has one.
    static func blocks(of text: String, in source: String) -> [TextBlock] {
        TextReader.blocks(of: text).filter { block in
            guard case .paragraph(let words, nil) = block,
                let match = words.wholeMatch(of: /\[[^\]]+\]\(([^)#]+)\)/)
            else { return true }
            let target = CourseBook.resolved(String(match.output.1), from: source)
            return TextLanguage.original(of: target) != TextLanguage.original(of: source)
        }
    }
}
