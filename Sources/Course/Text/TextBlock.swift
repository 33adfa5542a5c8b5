// A page of text in pieces, as TUTORIAL.md and the articles use them. The words inside a piece are
// Markdown still. Next: TextReader.swift, which makes them; TextRenderer.swift, which shows them.

import CourseTutorial

/// A piece of a page.
package indirect enum TextBlock: Equatable, Sendable {
    /// The id is the one that GitHub gives to the heading.
    case heading(level: Int, text: String, id: String)
    /// A numbered step of a chapter has an id.
    case paragraph(String, id: String?)
    case list(isOrdered: Bool, items: [[TextBlock]])
    case table(header: [String], rows: [[String]])
    case quote([TextBlock])
    case code(CodeBlock)
    case chart(SequenceChart)
    case picture(TextPicture)
    /// What can be opened: a question, and its answer.
    case folded(summary: String, content: [TextBlock])
    /// Text in which only the allowed tags of HTML mean something, and nothing of Markdown.
    case markup(String)
    /// A place to link to: `<a id="stage-1"></a>`.
    case anchor(String)
}

/// A block of code, and where a learner puts it.
package struct CodeBlock: Equatable {
    /// The word behind the fence: `swift`, `js`, or nothing.
    package let language: String
    package let text: String
    /// The file of MyChat that the block goes into, and the place in it; nil: it is for reading.
    package var file: Edit.File?
    package var place: Edit.Place?
    /// The chapter (0: the beginning) and the step that the block belongs to.
    package var stage = 0
    package var step = 0
}

/// A picture, in light and dark.
package struct TextPicture: Equatable {
    package let light: String
    package let dark: String?
    package let alternative: String
    package let width: Int?
}

extension TextBlock {
    /// All pieces of some pieces, those inside of others too.
    package static func all(in blocks: [TextBlock]) -> [TextBlock] {
        blocks.flatMap { block in
            switch block {
            case .quote(let inner), .folded(_, let inner): [block] + all(in: inner)
            case .list(_, let items): [block] + items.flatMap { all(in: $0) }
            case .heading, .paragraph, .table, .code, .chart, .picture, .markup, .anchor: [block]
            }
        }
    }

    /// The ids that a link can lead to.
    package var id: String? {
        switch self {
        case .heading(_, _, let id), .anchor(let id): id
        case .paragraph(_, let id): id
        case .list, .table, .quote, .code, .chart, .picture, .folded, .markup: nil
        }
    }
}
