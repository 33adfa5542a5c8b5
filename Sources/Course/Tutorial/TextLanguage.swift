// The languages of the course's text: by which names the pages go, and which words of a page a
// program knows. All such words stand here. In: a path. Out: the path in a language.
// Next: Tutorial.swift; ../Text/TextWords.swift, for what is around the text.

/// A language of the text. English is the original; a page in another language is its partner, with
/// the same headings, steps, code and links.
package enum TextLanguage: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh-CN"

    // MARK: - Words

    /// What is before the number of a chapter: `## Stage 5 · Nicknames`.
    package var stage: String {
        switch self {
        case .english: "Stage "
        case .chinese: "阶段 "
        }
    }

    /// What is before the number of a step: `**Step 2: a page.**`.
    package var step: String {
        switch self {
        case .english: "Step "
        case .chinese: "步骤 "
        }
    }

    /// The head of the column with the checks, in a table of edge cases.
    package var check: String {
        switch self {
        case .english: "Check"
        case .chinese: "检查项"
        }
    }

    /// What is before the words that a chapter brings.
    package var newWords: String {
        switch self {
        case .english: "**New words:** "
        case .chinese: "**新词：** "
        }
    }

    /// What stands around the title of a step, and is no part of it.
    package static let aroundTitles = ": .：。"
    /// What can end a question or an answer, before the number of the next one.
    package static let ends = ".?!)>。？！）”"

    /// A text behind such a word in one of the languages.
    static func text(
        of line: String, behind mark: String, _ word: KeyPath<TextLanguage, String>
    ) -> Substring? {
        for language in allCases {
            let start = mark + language[keyPath: word]
            if line.hasPrefix(start) { return line.dropFirst(start.count) }
        }
        return nil
    }

    // MARK: - Pages

    /// The partner of an English page: `TUTORIAL.zh-CN.md`, `Documentation/zh-CN/glossary.md`.
    package func partner(of path: String) -> String {
        guard self != .english, path.hasSuffix(".md") else { return path }
        guard let slash = path.lastIndex(of: "/") else {
            return "\(path.dropLast(3)).\(rawValue).md"
        }
        return "\(path[..<slash])/\(rawValue)\(path[slash...])"
    }

    /// The English page that a page belongs to; an English page belongs to itself.
    package static func original(of path: String) -> String {
        let language = language(of: path)
        guard language != .english else { return path }
        let name = language.rawValue
        guard path.contains("/") else { return "\(path.dropLast(name.count + 4)).md" }
        return path.replacing("/\(name)/", with: "/")
    }

    /// The language that a page is in, by its name.
    package static func language(of path: String) -> TextLanguage {
        allCases.first { language in
            let name = language.rawValue
            let isInFolder = path.contains("/\(name)/") && path.hasSuffix(".md")
            let isNamed = !path.contains("/") && path.hasSuffix(".\(name).md")
            return isInFolder || isNamed
        } ?? .english
    }
}
