// All pages of the course in a language, and where their links lead. A page that has no partner in
// the language is there in English. In: a function that reads a file of this package. Out: pages.
// Next: PageTemplate.swift.

import CourseTutorial

package struct CourseBook: Sendable {
    package static let tutorials = Tutorial.pages

    package let language: TextLanguage

    /// The chapters, in order, then the articles that the tutorial links to.
    package let pages: [CoursePage]
    package var chapters: [CoursePage] { pages.filter(\.isChapter) }
    package var articles: [CoursePage] { pages.filter { !$0.isChapter } }

    package init(
        language: TextLanguage = .english, reading read: (String) throws -> String
    ) throws {
        self.language = language
        /// The page in the language where it is there, and in English otherwise.
        func page(_ original: String) throws -> (source: String, text: String) {
            let partner = language.partner(of: original)
            if partner != original, let text = try? read(partner) { return (partner, text) }
            return (original, try read(original))
        }
        let texts = try Self.tutorials.map(page)
        var articles: [String] = []
        for match in texts.flatMap({ $0.text.matches(of: /\]\(([^)\s#]+\.md)[)#]/) }) {
            let path = TextLanguage.original(of: String(match.output.1))
            let isOfHere = !path.contains(":") && !Self.tutorials.contains(path)
            if isOfHere, !articles.contains(path) { articles.append(path) }
        }
        pages =
            try texts.flatMap { CoursePage.chapters(of: $0.text, in: $0.source) }
            + articles.map { original in
                let (source, text) = try page(original)
                let file = original.split(separator: "/").last ?? "article.md"
                let name = String(file.dropLast(3))
                return CoursePage(
                    name: name.lowercased(), title: name == "README" ? name : nil,
                    source: source, blocks: CoursePage.blocks(of: text, in: source))
            }
    }

    /// The pictures of all pages, by their paths in this package.
    package var pictures: [String] {
        let all = pages.flatMap { page in
            TextBlock.all(in: page.blocks).flatMap { block -> [String] in
                guard case .picture(let picture) = block else { return [] }
                return [picture.light, picture.dark].compactMap { $0 }
                    .map { Self.resolved($0, from: page.source) }
            }
        }
        return Set(all).sorted()
    }

    // MARK: - Links

    /// Where a link of a page leads: to a page, to another site, or to a file that is not here.
    package func link(_ target: String, from page: CoursePage) -> TextLink {
        if let scheme = target.prefixMatch(of: /([a-z+.-]+):/)?.output.1 {
            let isSite = scheme == "https" || scheme == "http"
            return isSite ? .address(target) : .file(target)
        }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let id = parts.count == 2 ? String(parts[1]) : nil
        let path =
            parts.first?.isEmpty != false
            ? page.source : Self.resolved(String(parts[0]), from: page.source)
        let isOfHere = [.english, language].contains(TextLanguage.language(of: path))
        let original = TextLanguage.original(of: path)
        let found = pages.first { other in
            isOfHere && other.original == original && (id.map { other.ids.contains($0) } ?? true)
        }
        guard let found else { return .file(path) }
        let address = found.name == page.name && id != nil ? "" : found.fileName
        return .address(address + (id.map { "#\($0)" } ?? ""))
    }

    /// A path as it is seen from the package's folder.
    static func resolved(_ target: String, from source: String) -> String {
        var parts = source.split(separator: "/").dropLast()
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The address of a picture beside the pages.
    package static func picture(_ path: String) -> String {
        "pictures/\(path.split(separator: "/").last ?? "")"
    }

    /// Shows the pieces of a page, for a browser that has all pages in one folder.
    package func renderer(for page: CoursePage) -> TextRenderer {
        TextRenderer(
            raise: page.raise, language: page.language, link: { link($0, from: page) },
            picture: { Self.picture($0) })
    }
}
