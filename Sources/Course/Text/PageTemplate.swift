// What is around the text of a page: its head, the list of chapters and steps, and the way on.
// In: a page. Out: a document. Next: Public/course/text.css; SiteExport.swift.

import CourseTutorial

package struct PageTemplate {
    let book: CourseBook
    let page: CoursePage

    package init(book: CourseBook, page: CoursePage) { (self.book, self.page) = (book, page) }

    private var words: TextLanguage { book.language }

    /// A page needs its style sheet and its pictures, and nothing else from anywhere.
    static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    /// By this an export is known again.
    static let mark = "<meta name=\"generator\" content=\"swift run course --export\">"

    /// Its title, for the head of a document.
    package var title: String {
        "\(book.renderer(for: page).plain(page.title)) – \(words.site)"
    }

    /// The text.
    package var article: String {
        "<article\(language)>\n\(book.renderer(for: page).html(page.blocks))\n</article>"
    }

    /// The language of the text, where a page around it can have another one.
    private var language: String {
        book.language == .english ? "" : " lang=\"\(page.language.rawValue)\""
    }

    /// All of it, for a site without a server.
    var document: String {
        """
        <!DOCTYPE html>
        <html lang="\(words.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        \(Self.mark)
        <title>\(title)</title>
        <link rel="icon" href="icon.svg">
        <link rel="stylesheet" href="text.css">
        </head>
        <body>
        <a class="skip" href="#text">\(words.skip)</a>
        <header class="top">
        <a class="home" href="index.html"><img src="icon.svg" width="24" height="24" alt="">\
        \(words.site)</a>
        <a class="to-contents" href="#contents">\(words.contents)</a>
        </header>
        <nav class="contents" id="contents" aria-label="\(words.contents)">
        \(contents)
        </nav>
        <main id="text" tabindex="-1">
        \(article)
        \(wayOn)
        </main>
        </body>
        </html>

        """
    }

    // MARK: - Contents

    /// The lists of chapters and articles.
    package var contents: String {
        """
        <p class="part">\(words.course)</p>
        \(list(book.chapters))
        <p class="part">\(words.articles)</p>
        \(list(book.articles))
        """
    }

    private func list(_ pages: [CoursePage]) -> String {
        let items = pages.map { other in
            let isHere = other.name == page.name
            let current = isHere ? " aria-current=\"page\"" : ""
            let link = "<a href=\"\(other.fileName)\"\(current)>\(name(of: other))</a>"
            return "<li>\(link)\(isHere ? sections : "")</li>"
        }
        return "<ul>\n\(items.joined(separator: "\n"))\n</ul>"
    }

    /// The steps of this chapter, or the parts of this article.
    private var sections: String {
        guard !page.sections.isEmpty else { return "" }
        let renderer = book.renderer(for: page)
        let items = page.sections.map { section in
            "<li><a href=\"#\(section.id)\">\(renderer.plain(section.title))</a></li>"
        }
        return "\n<ul>\n\(items.joined(separator: "\n"))\n</ul>\n"
    }

    /// "Stage 3 · Emit" has its number in front.
    private func name(of other: CoursePage) -> String {
        let title =
            book.renderer(for: other).plain(other.title) + words.foreign(other.language)
        guard Tutorial.stage(in: "## \(title)") != nil,
            let match = title.wholeMatch(of: /(\D+)(\d+) · (.+)/)
        else { return title }
        return """
            <span class="number"><span class="hidden">\(match.output.1)</span>\
            \(match.output.2)</span> \(match.output.3)
            """
    }

    // MARK: - The way on

    /// Links to the chapters before and after.
    package var wayOn: String {
        let chapters = book.chapters
        guard let index = chapters.firstIndex(where: { $0.name == page.name }) else {
            return """
                <nav class="way" aria-label="\(words.wayOn)">
                <a class="before" href="index.html"><small>\(words.course)</small> \
                \(words.begin)</a>
                </nav>
                """
        }
        func step(_ other: CoursePage, _ kind: String, _ word: String) -> String {
            let title = book.renderer(for: other).plain(other.title)
            return """
                <a class="\(kind)" rel="\(kind == "after" ? "next" : "prev")" \
                href="\(other.fileName)"><small>\(word)</small> \(title)</a>
                """
        }
        let before = index > 0 ? step(chapters[index - 1], "before", words.previous) : ""
        let after =
            index + 1 < chapters.count ? step(chapters[index + 1], "after", words.next) : ""
        return "<nav class=\"way\" aria-label=\"\(words.wayOn)\">\n\(before)\n\(after)\n</nav>"
    }
}
