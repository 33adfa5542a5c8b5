// What the course says in Chinese: that each sentence of the sources has a translation, that each
// translation is of a sentence, and how a language is chosen.
// Next: ../../Sources/Course/Language/Sentence.swift, SourceLiterals.swift.

import CourseLanguage
import Foundation
import Grading
import Testing

@testable import CourseRunner

@Suite("The language of the course")
struct LanguageTests {
    nonisolated private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The files whose sentences a person reads.
    nonisolated private static let folders = [
        "Grading", "Runner", "grade", "course", "Tap", "Language",
    ]

    /// Files whose words go to programs, or to a file that is handed out.
    nonisolated private static let withoutSentences: Set = [
        "Sandbox.swift", "ProcessGuard.swift", "EngineKit.swift", "AssignmentText.swift",
        "LogLines.swift", "StageSign.swift", "Translation.swift", "Usage.swift", "TextPages.swift",
        "Recording.swift", "Similarity.swift",
    ]

    private struct Source {
        let name: String
        let literals: [SourceLiteral]
    }

    private let sources: [Source]

    init() throws {
        sources = try Self.folders.flatMap { folder in
            let url = Self.root.appending(path: "Sources/Course/\(folder)")
            let all = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
            return try (all?.allObjects as? [URL] ?? [])
                .filter { $0.pathExtension == "swift" && !$0.path.contains("zh-CN") }
                .map { file in
                    let text = try String(contentsOf: file, encoding: .utf8)
                    return Source(
                        name: file.lastPathComponent, literals: SourceLiterals(text).all)
                }
        }
    }

    /// Two words or more that are neither code nor values.
    private func isSentence(_ format: String) -> Bool {
        let words = format.replacing(/`[^`]*`/, with: " ").replacing(/\{\d+\}/, with: " ")
        return format.contains(" ") && words.matches(of: /[A-Za-z]{2,}/).count >= 2
    }

    // MARK: - The table

    @Test("each sentence of the sources has a translation")
    func translated() {
        var count = 0
        for source in sources where !Self.withoutSentences.contains(source.name) {
            for literal in source.literals {
                let key = Translation.key(literal.format)
                guard isSentence(key), !Untranslated.holds(key, literal.label) else { continue }
                count += 1
                #expect(
                    Language.chinese.translation(of: key) != nil,
                    """
                    \(source.name): "\(key)" has no Chinese translation. Add it to a table in \
                    Sources/Course/Language/zh-CN, or, if no person reads it, to Untranslated.swift.
                    """)
            }
        }
        #expect(count > 900, "the sources are read")
    }

    @Test("each translation is of a sentence that the sources have")
    func leftOver() {
        let kinds = [CheckKind.core, .edge, .wire].map(\.rawValue)
        let known = Set(sources.flatMap(\.literals).map { Translation.key($0.format) } + kinds)
        for key in Translation.chinese.formats.keys.sorted() where !known.contains(key) {
            Issue.record("no source says \"\(key)\": take it out of Sources/Course/Language/zh-CN.")
        }
        #expect(Translation.chinese.repeated.isEmpty, "each sentence has one translation")
    }

    @Test("each translation has the values of its sentence, in whatever order")
    func values() {
        let numbers = { (format: String) in Set(format.matches(of: /\{\d\}/).map(\.output)) }
        for (key, chinese) in Translation.chinese.formats {
            #expect(numbers(key) == numbers(chinese), "\"\(key)\"")
        }
    }

    @Test("Chinese and Latin stand apart, and signs are full-width")
    func spacing() {
        for chinese in Translation.chinese.formats.values {
            let text = chinese.replacing(/`[^`]*`/, with: "`x`")
            let isClose = text.contains(/[一-鿿][A-Za-z0-9`]|[A-Za-z0-9`][一-鿿]/)
            #expect(!isClose, "a blank is missing: \(chinese)")
            let isNarrow = text.contains(/[一-鿿][,:;?!()]|[,;?!()][一-鿿]/)
            #expect(!isNarrow, "a sign is half-width: \(chinese)")
        }
    }

    @Test("what a check is called, and its help, differ between the languages")
    func checks() {
        for check in Check.all {
            let hint = check.hint
            let sentences = [check.title, check.cause, hint?.question, hint?.place]
            for sentence in sentences.compactMap({ $0 }) {
                #expect(sentence.text(in: .chinese) != sentence.english)
                #expect(sentence.text(in: .chinese).contains(/\p{Han}/), "\(sentence.english)")
            }
        }
    }

    @Test("help leads to the same stage and steps in both languages")
    func places() {
        let numbers = { (text: String) in text.matches(of: /[0-9]+/).map(\.output).sorted() }
        for check in Check.all {
            guard let place = check.hint?.place else { continue }
            let chinese = place.text(in: .chinese)
            #expect(numbers(place.english) == numbers(chinese), "\(check.id): \(chinese)")
        }
    }

    // MARK: - Sentences

    @Test("a sentence keeps its values, and a part keeps its own")
    func sentences() {
        let part: Sentence = "status \(404)"
        let whole: Sentence = "expected \("the line") " + "x; arrived \(part)"
        #expect(whole.english == "expected the line x; arrived status 404")
        #expect(whole.format == "expected {1} x; arrived {2}")
        let known: Sentence = "expected \("{2}"); arrived \(part)"
        #expect(known.text(in: .chinese) == "期望：{2}；收到：状态码 404")
        let seen: Sentence = "\("event" as Sentence) for \("A")"
        #expect(seen.text(in: .chinese) == "A 收到事件", "no blank between Chinese and Chinese")
        #expect(Sentence.all(of: ["a", "b", "c"]).english == "a and b and c")
        #expect(Sentence.all(of: ["a", "b"]).text(in: .chinese) == "a 和 b")
    }

    @Test("a sentence goes to another process with its values")
    func encoded() throws {
        let sentence: Sentence = "no \("x") for \("A")"
        let data = try JSONEncoder().encode(sentence)
        let back = try JSONDecoder().decode(Sentence.self, from: data)
        #expect(back == sentence)
        #expect(back.text(in: .chinese) == "A 没有收到 x")
    }

    @Test("what has no translation is said in English")
    func fallback() {
        let sentence: Sentence = "a sentence of this test, with \(7)"
        #expect(sentence.text(in: .chinese) == "a sentence of this test, with 7")
    }

    // MARK: - The choice

    @Test("LANG counts at a terminal only, LC_ALL before it")
    func environment() {
        let chinese = ["LANG": "zh_CN.UTF-8"]
        #expect(Language.ofEnvironment(chinese, isTerminal: true) == .chinese)
        #expect(Language.ofEnvironment(chinese, isTerminal: false) == .english)
        let both = ["LANG": "zh_CN.UTF-8", "LC_ALL": "C"]
        #expect(Language.ofEnvironment(both, isTerminal: true) == .english)
        #expect(Language.ofEnvironment(["LC_ALL": "", "LANG": "zh"], isTerminal: true) == .chinese)
        #expect(Language.ofEnvironment(["LANG": "fr_FR"], isTerminal: true) == .english)
        #expect(Language.ofEnvironment([:], isTerminal: true) == .english)
    }

    @Test("a language is known by its names")
    func names() {
        for name in ["zh", "zh-CN", "zh_CN.UTF-8", "ZH", "zh-Hans"] {
            #expect(Language(named: name) == .chinese, "\(name)")
        }
        for name in ["en", "en_GB.UTF-8", "C", "POSIX"] {
            #expect(Language(named: name) == .english, "\(name)")
        }
        for name in ["", "fr", "7"] { #expect(Language(named: name) == nil, "\(name)") }
    }

    @Test("advice for a message of the compiler is in both languages")
    func advice() {
        let lines = ["main.swift:3:9: error: invalid character in source file", "print（text)"]
        let words = CompilerAdvice(tutorial: nil).words(for: lines)
        #expect(words?.english.contains("a sign of another keyboard") == true)
        #expect(words?.text(in: .chinese).contains("请切换到英文输入法") == true)
    }

    @Test(
        "signs of a Chinese keyboard are named, wherever the compiler stumbles",
        arguments: [
            ("value of type 'App' has no member 'run（）'", "app.run（）", "（"),
            ("'\u{FFFD}' is not a valid digit in integer literal", "let a = [1，2]", "，"),
            ("cannot find type 'Set＜Int＞' in scope", "let a: Set＜Int＞ = []", "＜"),
            ("invalid character in source file", "let x =　1", "全角空格"),
        ])
    func keyboard(message: String, code: String, sign: String) {
        let lines = ["main.swift:3:9: error: \(message)", " 3 | \(code)"]
        let words = CompilerAdvice(tutorial: nil).words(for: lines)
        #expect(words?.text(in: .chinese).contains(sign) == true)
        // In a text, and in a comment, they are right.
        let right = ["main.swift:3:9: error: invalid character", " 3 | f(\"（\")  // \(code)"]
        #expect(CompilerAdvice(tutorial: nil).words(for: right) == nil)
    }

    @Test("reports for programs are in English, unless a language is given")
    func reports() throws {
        let failure = Failure(expected: "names only", arrived: "nothing")
        let results = Check.all.filter { $0.id == "5.3" }.map {
            CheckResult(check: $0, outcome: .failed(failure, transcript: []))
        }
        let report = Report(stage: 5, seed: 1, results: results)
        let english = String(decoding: try report.json(), as: UTF8.self)
        #expect(english.contains("\"expected\" : \"names only\""))
        #expect(!english.contains(/\p{Han}/))
        #expect(!report.junit().contains(/\p{Han}/))
        #expect(!String(decoding: try report.gradescope(), as: UTF8.self).contains(/\p{Han}/))
        let chinese = String(decoding: try report.json(in: .chinese), as: UTF8.self)
        #expect(chinese.contains("\"expected\" : \"只有昵称\""))
        #expect(chinese.contains("\"outcome\" : \"failed\""))
        #expect(report.junit(in: .chinese).contains("什么也没有"))
        #expect(report.summary.text(in: .chinese) == "阶段 5：1 个检查项通过 0 个，分数 0/2")
    }
}
