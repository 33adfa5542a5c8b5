// The new words of the tutorial: each one stands in its chapter's text before it is listed, and in
// the glossary. Next: ../../Documentation/glossary.md.

import CourseTutorial
import Grading
import Testing

@Suite("New words", .heavy)
nonisolated struct NewWordsTests {
    /// The words of a chapter's list, with the text above the list.
    private struct Chapter {
        let stage: Int
        let words: [String]
        let text: String
    }

    private func chapters() throws -> [Chapter] {
        var stage = 0
        var text = ""
        var found: [Chapter] = []
        let pages = try Tutorial.pages.map { try Repository.text($0) }
        for line in pages.joined(separator: "\n").split(separator: "\n") {
            if let next = Tutorial.stage(in: String(line)) { (stage, text) = (next, "") }
            if let match = line.wholeMatch(of: /\*\*New words:\*\* (.+)\./) {
                found.append(Chapter(stage: stage, words: words(match.output.1), text: text))
            }
            text += line.lowercased() + "\n"
        }
        return found
    }

    /// `normalisation (NFC, NFKC), scalar`: what is in brackets are words, too. Code is not.
    private func words(_ list: Substring) -> [String] {
        list.replacing(/\([^)]*`[^)]*\)/, with: "").split(whereSeparator: { ",()".contains($0) })
            .map { $0.trimming(\.isWhitespace) }.filter { !$0.isEmpty }
    }

    @Test("each is in the glossary")
    func glossary() throws {
        let rows = try Repository.text("Documentation/glossary.md").split(separator: "\n")
            .filter { $0.hasPrefix("| ") }
        let known = rows.flatMap { row in
            (row.split(separator: "|").first ?? "").split(separator: ",")
                .map { $0.trimming(\.isWhitespace) }
        }
        let chapters = try chapters()
        #expect(chapters.map(\.stage) == Array(Stages.all))
        for chapter in chapters {
            for word in chapter.words {
                #expect(known.contains(word), "stage \(chapter.stage): no \(word) in the glossary")
            }
        }
    }

    @Test("each is used in its chapter before it is listed")
    func use() throws {
        for chapter in try chapters() {
            for word in chapter.words {
                #expect(
                    chapter.text.contains(word.lowercased()),
                    "stage \(chapter.stage) lists \(word), and does not use it")
            }
        }
    }
}
