// All pages of the course: nothing of Markdown is left, every link leads somewhere, every step has
// an address; and the export, which leaves other files as they are. Next: RendererTests.swift.

import CourseTutorial
import Foundation
import Testing

@testable import CourseText

@Suite("The book", .heavy)
struct BookTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    // Seconds of work, done once: what waits for a clock in other tests shares the processors.
    private static let made = Result { try SiteExport(root: root) }

    private let root = Self.root
    private let site: SiteExport
    private var book: CourseBook { site.book }

    init() throws { site = try Self.made.get() }

    private func tutorial() throws -> Tutorial {
        try Tutorial(
            pages: Tutorial.pages.map { page in
                (page, try String(contentsOf: root.appending(path: page), encoding: .utf8))
            })
    }

    // MARK: - Pages

    @Test("each chapter is a page, then come the articles that the tutorial links to")
    func pages() {
        let stages = (1...8).map { "stage-\($0)" }
        let more = ["more"] + (9...12).map { "stage-\($0)" } + ["and-now"]
        #expect(book.chapters.map(\.name) == ["index"] + stages + ["what-comes-next"] + more)
        let articles = Set(book.articles.map(\.source))
        #expect(articles.isSuperset(of: ["README.md", "Documentation/how-it-works.md"]))
        #expect(book.chapters[3].title == "Stage 3 · Emit")
        #expect(Set(book.pages.map(\.name)).count == book.pages.count)
    }

    @Test("each step of the course has an address, and stands in the list of contents")
    func steps() throws {
        for step in try tutorial().steps {
            let name = step.stage == 0 ? "index" : "stage-\(step.stage)"
            let page = try #require(book.chapters.first { $0.name == name })
            let id = "\(step.stage == 0 ? "begin" : "stage-\(step.stage)")-step-\(step.number)"
            #expect(page.sections.contains { $0.id == id }, "\(id)")
            #expect(try site.document(page).contains("<li><a href=\"#\(id)\">"), "\(id)")
        }
    }

    @Test("each block of the course's code says where it goes")
    func code() throws {
        let edits = try tutorial().steps.flatMap { step in
            step.edits.map { ($0.file, $0.place, step.stage, step.number, $0.text) }
        }
        let blocks = book.chapters.flatMap { TextBlock.all(in: $0.blocks) }.compactMap { block in
            if case .code(let code) = block, code.file != nil { code } else { nil }
        }
        #expect(blocks.count == edits.count)
        for (block, edit) in zip(blocks, edits) {
            #expect(block.file == edit.0)
            #expect(block.place == edit.1)
            #expect((block.stage, block.step) == (edit.2, edit.3))
            #expect(block.text == edit.4.joined(separator: "\n"))
        }
    }

    // MARK: - Nothing is left

    /// What a reader sees as prose.
    private func prose(_ html: String) -> String {
        var text = html.replacing(/<(pre|svg|head)[\s\S]*?<\/\1>/, with: "")
        text = text.replacing(/<code[\s\S]*?<\/code>/, with: "")
        return text.replacing(/<[^>]*>/, with: "")
    }

    @Test("of all pages and articles, no construct of Markdown or HTML is left as text")
    func constructs() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
        let translations = names.filter { TextLanguage.language(of: $0) != .english }
        let folder = root.appending(path: "Documentation").path
        let articles = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        let all = (articles ?? []).filter { $0.hasSuffix(".md") }.map { "Documentation/\($0)" }
        let others = [
            "README.md", "TUTORIAL.md", "TUTORIAL-2.md", "CONTRIBUTING.md", "SECURITY.md",
            "CHANGELOG.md",
        ]
        for path in all + others + translations {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            let blocks = TextReader.blocks(of: text)
            let html = prose(TextRenderer { .address($0) }.html(blocks))
            for mark in [
                "**", "`", "](", "|--", "| ", "&lt;", "<!--", "\n# ", "\n##", "\n- ", "\n> ",
            ] {
                let found = html.firstRange(of: mark).map { html[$0.lowerBound...].prefix(60) }
                #expect(found == nil, "\(path): \(found ?? "")")
            }
            for case .code(let code) in TextBlock.all(in: blocks) {
                #expect(code.language != "mermaid", "\(path): \(code.text)")
                let spans = CodeScanner.spans(of: code.text, in: code.language)
                #expect(spans.map(\.text).joined() == code.text)
            }
        }
    }

    @Test("every link inside of the course leads to a page and a place in it; no id is there twice")
    func links() throws {
        #expect(try site.checkLinks() > 500)
    }

    @Test("a file of this package that is no page is named, and so is a place that is not there")
    func otherPlaces() {
        let page = book.chapters[0]
        #expect(book.link("Sources/Course/Mutants", from: page) == .file("Sources/Course/Mutants"))
        #expect(book.link("README.md#no-place", from: page) == .file("README.md"))
        #expect(book.link("javascript:alert(1)", from: page) == .file("javascript:alert(1)"))
        #expect(book.link("#stage-4", from: page) == .address("stage-4.html#stage-4"))
        let article = book.articles[0]
        #expect(
            book.link("../TUTORIAL.md#stage-4", from: article) == .address("stage-4.html#stage-4"))
    }

    // MARK: - The export

    private func temporaryFolder() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)")
    }

    @Test("an export goes into a new folder, and over an earlier export, and says what it wrote")
    func export() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 1...2 {
            #expect(try site.write(to: folder).contains("16 pages of the tutorial"))
        }
        for file in site.files {
            #expect(try Data(contentsOf: folder.appending(path: file.path)) == file.data)
        }
        try Data().write(to: folder.appending(path: "notes.txt"))
        #expect(throws: SiteExportError.self) { try site.write(to: folder) }
    }

    @Test("an export spares what it did not write", arguments: ["index.html", "text.css", "a/b"])
    func spared(name: String) throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: file)
        let error = #expect(throws: SiteExportError.self) {
            try site.write(to: folder)
        }
        #expect(error?.description.contains("holds other things") == true)
        #expect(try Data(contentsOf: file) == Data("mine".utf8))
        #expect(throws: SiteExportError.self) { try site.write(to: file) }
    }
}

extension SiteExport {
    /// A page as it is written.
    func document(_ page: CoursePage) throws -> String {
        let file = try #require(files.first { $0.path == page.fileName })
        return String(decoding: file.data, as: UTF8.self)
    }

    /// Every link inside leads to a page and a place in it. Returns how many there are.
    func checkLinks() throws -> Int {
        var ids: [String: Set<String>] = [:]
        for page in book.pages {
            let all = try document(page).matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
            #expect(Set(all).count == all.count, "\(page.name): an id is there twice")
            ids[page.fileName] = Set(all)
        }
        let names = Set(files.map(\.path))
        var count = 0
        for page in book.pages {
            for match in try document(page).matches(of: /\s(?:href|src|srcset)="([^"]+)"/) {
                let target = String(match.output.1)
                if target.hasPrefix("https://") { continue }
                let parts = target.split(separator: "#", omittingEmptySubsequences: false)
                let file = parts[0].isEmpty ? page.fileName : String(parts[0])
                #expect(names.contains(file), "\(page.name): \(target)")
                if parts.count == 2 {
                    let place = String(parts[1])
                    #expect(ids[file]?.contains(place) == true, "\(page.name): \(target)")
                }
                count += 1
            }
        }
        return count
    }
}
