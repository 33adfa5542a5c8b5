// Each page and its partner in another language say the same: the same places with the same code,
// checks, links, folds and tables; and the tutorial's steps do the same.
// Next: PageOutline.swift, ../../Sources/Course/Tutorial/TextLanguage.swift.

import CourseTutorial
import Foundation
import Grading
import Testing

@Suite("Pages in two languages", .heavy)
nonisolated struct PairTests {
    private let language = TextLanguage.chinese

    /// The partners that are there, by their paths.
    private func partners() throws -> [String] {
        func names(_ folder: String) -> [String] {
            let path = Repository.root.appending(path: folder).path
            return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        }
        let folder = "Documentation/\(language.rawValue)"
        let pages = names("") + names(folder).map { "\(folder)/\($0)" }
        return pages.filter { TextLanguage.language(of: $0) == language }.sorted()
    }

    private func outline(_ path: String) throws -> PageOutline {
        PageOutline(try Repository.text(path), of: path)
    }

    // MARK: - Pages

    @Test("each has its partner's headings, steps, code, checks, links, folds and tables")
    func pairs() throws {
        let partners = try partners()
        #expect(partners.contains("TUTORIAL.zh-CN.md"))
        for path in partners {
            let original = TextLanguage.original(of: path)
            try #require(Repository.exists(original), "\(path): there is no \(original)")
            for difference in try outline(path).differences(from: outline(original)) {
                Issue.record("\(difference)")
            }
        }
    }

    @Test("each page and its partner have a link to each other in their first line")
    func switches() throws {
        for path in try partners() {
            let original = TextLanguage.original(of: path)
            for (page, other) in [(path, original), (original, path)] {
                let first = try Repository.text(page).prefix { $0 != "\n" }
                let target = first.wholeMatch(of: /\[[^\]]+\]\(([^)]+)\)/)?.output.1
                let found = target.map { PageOutline.resolved(String($0), from: page) }
                #expect(found == other, "\(page): its first line is no link to \(other)")
            }
        }
    }

    @Test("a partner's links lead to partners, where there are such")
    func links() throws {
        for path in try partners() {
            let own = TextLanguage.original(of: path)
            for match in try Repository.text(path).matches(of: /\]\(([^)#\s]+\.md)/) {
                let target = PageOutline.resolved(String(match.output.1), from: path)
                if target.contains(":") || target == own { continue }
                let partner = language.partner(of: TextLanguage.original(of: target))
                #expect(Repository.exists(target), "\(path): there is no \(target)")
                let isRight = target == partner || !Repository.exists(partner)
                #expect(isRight, "\(path): \(target) has a partner, \(partner)")
            }
        }
    }

    @Test("a place that a partner links to has its id in the page: headings have other ones there")
    func places() throws {
        for path in try partners() {
            for match in try Repository.text(path).matches(of: /\]\(([^)#\s]*)#([^)\s]+)\)/) {
                let file = String(match.output.1)
                let target = file.isEmpty ? path : PageOutline.resolved(file, from: path)
                let isPartner = TextLanguage.language(of: target) == language
                guard isPartner, Repository.exists(target) else { continue }
                let ids = try outline(target).places.flatMap { $0.parts["an anchor"] ?? [] }
                #expect(ids.contains("\(match.output.2)"), "\(path): \(match.output.0)")
            }
        }
    }

    // MARK: - What differs is found

    @Test(
        "what is missing is named with its place",
        arguments: [
            ("\n\nOne. 5.3\n", "\n\nOne. 5.4\n", "stage 5, step 3, line 4: a check's number"),
            ("[a](b.md#c)", "[a](b.md#d)", "missing: b.md#c; too much: b.md#d"),
            ("```swift\nlet a = 1\n```", "```swift\nlet a = 2\n```", "code: missing: "),
            ("<details>", "<p>", "a fold: missing: <details>"),
            ("| a | b |", "| a |", "a table's row: missing: 2 cells; too much: 1 cells"),
            ("<a id=\"x\"></a>", "", "an anchor: missing: x"),
            ("### Edge cases", "", "where A.md has stage 5, “Edge cases”"),
            ("", "### More", "stage 5, “More”, line 5: A.md has no such place"),
        ])
    func differences(original: String, partner: String, words: String) {
        let english = PageOutline(
            "# A\n\n## Stage 5 · B\n**Step 3: c.** d\n\(original)", of: "A.md")
        let chinese = PageOutline(
            "# A\n\n## 阶段 5 · B\n**步骤 3：c。** d\n\(partner)", of: "A.zh-CN.md")
        let found = chinese.differences(from: english).joined(separator: "\n")
        #expect(found.contains(words), "\(found)")
        #expect(found.hasPrefix("A.zh-CN.md"))
        #expect(english.differences(from: english).isEmpty)
    }

    @Test("comments of commands are prose, and the comments of programs are code")
    func comments() {
        func outline(_ block: String) -> PageOutline { PageOutline(block, of: "A.md") }
        let command = outline("```\na -b  # why\n```")
        #expect(outline("```\na -b  # 为什么\n```").differences(from: command).isEmpty)
        let program = outline("```swift\na()  // why\n```")
        #expect(!outline("```swift\na()  // 为什么\n```").differences(from: program).isEmpty)
    }

    // MARK: - Steps and words

    @Test("the steps of both change the same, so each chapter ends with the same program")
    func steps() throws {
        for page in Tutorial.pages where Repository.exists(language.partner(of: page)) {
            let partner = language.partner(of: page)
            let english = try Tutorial(try Repository.text(page), of: page)
            let chinese = try Tutorial(try Repository.text(partner), of: partner)
            #expect(chinese.steps.count == english.steps.count)
            for (mine, its) in zip(chinese.steps, english.steps) {
                let place = "\(partner), stage \(its.stage), step \(its.number)"
                #expect((mine.stage, mine.number) == (its.stage, its.number), "\(place)")
                #expect(mine.edits.map(\.file) == its.edits.map(\.file), "\(place)")
                #expect(mine.edits.map(\.place) == its.edits.map(\.place), "\(place)")
                #expect(mine.edits.map(\.text) == its.edits.map(\.text), "\(place)")
                #expect(!mine.title.isEmpty && mine.title != its.title, "\(place)")
            }
            for stage in Set(english.steps.map(\.stage)) {
                let after = try Workspace(chinese, after: stage)
                #expect(try after == Workspace(english, after: stage), "stage \(stage)")
            }
        }
    }

    /// The lists of new words, with the chapter's text above each.
    private func newWords(_ page: String, _ language: TextLanguage) throws -> [(String, String)] {
        var text = ""
        var found: [(String, String)] = []
        for line in try Repository.text(page).split(separator: "\n") {
            if Tutorial.stage(in: String(line)) != nil { text = "" }
            if line.hasPrefix(language.newWords) {
                found.append((String(line.dropFirst(language.newWords.count)), text))
            }
            text += line.lowercased() + "\n"
        }
        return found
    }

    @Test("each new word is listed with the English one, and both are used in the chapter before")
    func words() throws {
        for page in Tutorial.pages where Repository.exists(language.partner(of: page)) {
            let partner = language.partner(of: page)
            let (mine, its) = (try newWords(partner, language), try newWords(page, .english))
            #expect(mine.count == its.count, "\(partner): lists of new words")
            for ((list, text), (english, _)) in zip(mine, its) {
                let pairs = list.matches(of: /([^（、；]+)（([A-Za-z -]+)/)
                for pair in pairs {
                    let (word, name) = (pair.output.1.lowercased(), pair.output.2.lowercased())
                    #expect(text.contains(word), "\(partner) lists \(word), and does not use it")
                    #expect(text.contains(name), "\(partner) lists \(name), and does not use it")
                    #expect(english.contains(pair.output.2), "\(partner): \(name)")
                }
                let words = english.replacing(/\([^)]*\)/, with: "").split(separator: ",").count
                #expect(pairs.count >= words - 1, "\(partner): \(list)")
            }
        }
    }

    @Test("bold and emphasis end where GitHub ends them: a letter does not follow a stop")
    func emphasis() throws {
        for path in try partners() {
            var isCode = false
            let lines = try Repository.text(path).components(separatedBy: "\n")
            for (index, line) in lines.enumerated() {
                if line.hasPrefix("```") { isCode.toggle() }
                if isCode || line.hasPrefix("<!--") { continue }
                let place = "\(path), line \(index + 1): \(line.prefix(60))"
                #expect(Self.hasRightEmphasis(line), "\(place)")
            }
        }
        #expect(!Self.hasRightEmphasis("**步骤 2：页面。**把"))
        #expect(!Self.hasRightEmphasis("见**“页面”**"))
        #expect(Self.hasRightEmphasis("**步骤 2：页面。** 把*请求*（`**`）"))
    }

    /// Whether each run of asterisks can open or close what it should.
    /// Spec: CommonMark 0.31 §6.2
    private static func hasRightEmphasis(_ line: String) -> Bool {
        let text = Array(line.replacing(/`[^`]*`/, with: "`"))
        func isMark(_ letter: Character) -> Bool { letter.isPunctuation || letter.isSymbol }
        var open: [Int] = []
        var index = 0
        while index < text.count {
            let run = text[index...].prefix { $0 == "*" }.count
            defer { index += max(run, 1) }
            guard run > 0 else { continue }
            let before = index > 0 ? text[index - 1] : " "
            let after = index + run < text.count ? text[index + run] : " "
            let isClosing = open.last == run
            let (inside, outside) = isClosing ? (before, after) : (after, before)
            if inside.isWhitespace { return false }
            if isMark(inside), !outside.isWhitespace, !isMark(outside) { return false }
            if isClosing { open.removeLast() } else { open.append(run) }
        }
        return open.isEmpty
    }
}
