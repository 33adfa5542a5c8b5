// The book in Chinese: the pages of the English one, with the same addresses, steps and code, and
// Chinese words around them. Next: BookTests.swift, ../TutorialTests/PairTests.swift.

import CourseTutorial
import Foundation
import Testing

@testable import CourseText

@Suite("The book in Chinese", .heavy)
struct ChineseBookTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let made = Result {
        (try SiteExport(root: root), try SiteExport(root: root, language: .chinese))
    }

    private let english, chinese: SiteExport

    init() throws { (english, chinese) = try Self.made.get() }

    /// The chapters that are there in Chinese, each beside the English one.
    private func pairs() throws -> [(CoursePage, CoursePage)] {
        let pages = chinese.book.chapters.filter { $0.language == .chinese }
        return try pages.map { page in
            (page, try #require(english.book.chapters.first { $0.name == page.name }))
        }
    }

    @Test("has the pages of the English one, and these in Chinese: the chapters of both parts")
    func pages() throws {
        let names = chinese.book.chapters.map(\.name)
        #expect(names == english.book.chapters.map(\.name))
        #expect(
            Set(chinese.book.articles.map(\.name)) == Set(english.book.articles.map(\.name)))
        #expect(try pairs().count >= 10)
        #expect(chinese.book.chapters[3].title == "阶段 3 · 发送事件")
        #expect(chinese.book.chapters[0].title == "开始")
        #expect(english.book.pages.allSatisfy { $0.language == .english })
    }

    @Test("has the same steps and code, with the same addresses")
    func steps() throws {
        for (mine, its) in try pairs() {
            #expect(mine.sections.map(\.id) == its.sections.map(\.id), "\(mine.name)")
            #expect(mine.ids.isSuperset(of: its.sections.map(\.id)))
            func code(_ page: CoursePage) -> [CodeBlock] {
                TextBlock.all(in: page.blocks).compactMap { block in
                    if case .code(let code) = block, code.file != nil { code } else { nil }
                }
            }
            #expect(code(mine) == code(its), "\(mine.name)")
        }
    }

    @Test("its rows name the same checks, and its answers are as many")
    func rows() throws {
        for (mine, its) in try pairs() {
            let (text, original) = (try chinese.document(mine), try english.document(its))
            for pattern in [/data-check="[\d.]+"/, /<details>/, /<figure/, /<svg/, /<li>/] {
                #expect(
                    text.matches(of: pattern).map { $0.output }
                        == original.matches(of: pattern).map { $0.output }, "\(mine.name)")
            }
        }
    }

    @Test("says its language, and has no English words around a Chinese text")
    func words() throws {
        for page in chinese.book.pages {
            let text = try chinese.document(page)
            #expect(text.contains("<html lang=\"zh-CN\">"))
            #expect(text.contains("<article lang=\"\(page.language.rawValue)\">"))
            let around = text.replacing(/<article[\s\S]*<\/article>/, with: "")
            for word in ["Contents", "Skip", "Previous", "Next", "The course", "Begin", "Real-"] {
                #expect(!around.contains(word), "\(page.name): \(word)")
            }
            let labels = text.matches(of: /aria-label="([^"]+)"/).map { $0.output.1 }
            let left = labels.filter { label in
                !label.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }
            }
            #expect(left.isEmpty || page.language == .english, "\(page.name): \(left)")
        }
    }

    @Test("each link inside leads to a page and a place in it; no id is there twice")
    func links() throws {
        #expect(try chinese.checkLinks() > 500)
    }

    @Test("a link to another language is in no book, and a link to a partner leads to its page")
    func languages() throws {
        for site in [english, chinese] {
            let first = try #require(site.book.pages.first)
            #expect(try !site.document(first).contains("简体中文"))
            #expect(try !site.document(first).contains(">English<"))
        }
        let page = chinese.book.chapters[1]
        let link = { chinese.book.link($0, from: page) }
        #expect(link("Documentation/zh-CN/glossary.md") == .address("glossary.html"))
        #expect(link("Documentation/glossary.md") == .address("glossary.html"))
        #expect(link("TUTORIAL.zh-CN.md#stage-4") == .address("stage-4.html#stage-4"))
        let other = english.book.chapters[1]
        #expect(english.book.link("README.zh-CN.md", from: other) == .file("README.zh-CN.md"))
    }
}
