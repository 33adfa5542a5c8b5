// What TUTORIAL.md and TUTORIAL-2.md say is true of the code: their steps, in order, make the
// finished stages.
// Next: FrameTests.swift.

import CourseTutorial
import Foundation
import Grading
import Testing

/// Files of this package.
nonisolated enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    static let steps = [
        "1-ServeHTML", "2-Connect", "3-Emit", "4-Broadcast", "5-Nicknames", "6-TypingIndicator",
        "7-OnlineList", "8-PrivateMessages", "9-SignIn", "10-Rooms", "11-NothingLost",
        "12-ManyServers",
    ]
}

@Suite("The tutorial", .heavy)
nonisolated struct TutorialTests {
    private let tutorial: Tutorial
    /// Of the eight stages, and of those beyond.
    private let text, more: String

    init() throws {
        text = try Repository.text("TUTORIAL.md")
        more = try Repository.text("TUTORIAL-2.md")
        tutorial = try Tutorial(pages: [("TUTORIAL.md", text), ("TUTORIAL-2.md", more)])
    }

    /// The lines without comments and blank lines.
    private func code(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            var code = line.trimmingCharacters(in: .whitespaces)
            if let comment = code.range(of: "  //") { code = String(code[..<comment.lowerBound]) }
            return code.isEmpty || code.hasPrefix("//") ? nil : code
        }
    }

    @Test("after each chapter MyChat is the finished stage", arguments: Stages.all)
    func chapters(stage: Int) throws {
        let mine = try Workspace(tutorial, after: stage).text(of: .program)
        let finished = try Repository.text("Steps/\(Repository.steps[stage - 1])/main.swift")
            .replacingOccurrences(of: "step\(stage)", with: "mychat")
        #expect(code(mine) == code(finished))
    }

    @Test("the page of each chapter grows by at most 40 lines; a bonus stage has a short one")
    func pages() throws {
        for stage in Stages.bonus {
            let page = try Workspace(tutorial, after: stage).text(of: .page)
            #expect(page.split(separator: "\n").count <= 110, "stage \(stage)")
        }
        for stage in 2...8 {
            let before = try Workspace(tutorial, after: stage - 1).text(of: .page)
            let after = try Workspace(tutorial, after: stage).text(of: .page)
            let known = Set(before.split(separator: "\n"))
            let new = after.split(separator: "\n").filter { !known.contains($0) }
            #expect(new.count <= 40, "stage \(stage): \(new.count) new lines")
        }
    }

    @Test("steps are numbered from 1 in each chapter, and each changes something")
    func numbers() {
        for stage in 0...Stages.all.upperBound {
            let steps = tutorial.steps.filter { $0.stage == stage }
            #expect(steps.map(\.number) == Array(1...max(steps.count, 1)))
            for step in steps { #expect(!step.edits.isEmpty, "\(stage).\(step.number)") }
        }
    }

    @Test("the marks of --start stand where the chapter begins to work", arguments: Stages.all)
    func marks(stage: Int) throws {
        let workspace = try Workspace(tutorial, atBeginningOf: stage)
        let marked = workspace.marked(.program, for: stage, of: tutorial)
        #expect(marked.contains("TODO stage \(stage), step "))
        #expect(code(marked) == code(workspace.text(of: .program)))
        let places = marked.components(separatedBy: "\n").split { !$0.contains("TODO stage") }
        let steps = places.map { $0.map { $0.drop { $0 == " " } } }
        #expect(steps.allSatisfy { $0 == Set($0).sorted() }, "in the order of the steps")
    }

    // MARK: - The words

    /// The text without blocks of code.
    private var prose: String { prose(of: text) }

    private func prose(of text: String) -> String {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && !line.hasPrefix("```") && !line.hasPrefix("<!--")
        }.joined(separator: "\n")
    }

    @Test("no chapter is longer than 1,100 words, and all of it has at most 9,000")
    func length() {
        #expect(text.split { $0.isWhitespace }.count <= 9_000)
        let chapters = [prose, prose(of: more)].flatMap {
            $0.components(separatedBy: "\n## Stage ").dropFirst()
        }
        #expect(chapters.count == Stages.all.count)
        for chapter in chapters {
            let words = chapter.split { $0.isWhitespace }.count
            #expect((300...1_100).contains(words), "\(chapter.prefix(12)): \(words)")
        }
    }

    @Test("what comes after the eight stages has at most 5,000 words beside its code")
    func lengthOfMore() {
        #expect(prose(of: more).split { $0.isWhitespace }.count <= 5_000)
    }

    @Test("nothing is called easy")
    func tone() throws {
        for path in try documents() {
            let text = try Repository.text(path).replacing(/`[^`\n]*`/, with: "")
            let words = text.lowercased().split { !$0.isLetter }
            for word in ["just", "simply", "obviously", "trivially"] {
                #expect(!words.contains { $0 == word }, "\(path): \(word)")
            }
        }
    }

    private func documents() throws -> [String] {
        let folder = Repository.root.appending(path: "Documentation")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Tutorial.pages
            + names.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
    }

    // MARK: - Numbers and links

    @Test("every check that is named exists, and belongs to the chapter or one before")
    func checks() {
        var stage = 0
        for line in (prose + "\n" + prose(of: more)).split(separator: "\n") {
            stage = Tutorial.stage(in: String(line)) ?? stage
            for match in line.matches(of: /\b([1-9]|1[0-2])\.(\d{1,2})\b/) {
                let id = String(match.output.0)
                guard !line.contains("Swift \(id)"), !line.contains("HTTP/\(id)") else { continue }
                #expect(Check.all.contains { $0.id == id }, "\(id) in: \(line)")
                let number = Int(match.output.1) ?? 0
                #expect(number <= max(stage, 1), "\(id) in the chapter of stage \(stage)")
            }
        }
    }

    @Test("each check's chapter exists, and each hint names a step that exists")
    func hints() throws {
        for check in Check.all {
            let page = check.isBonus ? more : text
            #expect(page.contains("<a id=\"\(check.anchor.dropFirst())\"></a>"))
            #expect(
                check.chapter(in: .english).hasPrefix(
                    check.isBonus ? "TUTORIAL-2.md#" : "TUTORIAL.md#"))
            guard let place = check.hint?.place.english else { continue }
            for match in place.matches(of: /stage (\d+), steps? (\d)(?: and (\d))?/) {
                let stage = Int(match.output.1)
                for number in [match.output.2, match.output.3 ?? match.output.2].map({ Int($0) }) {
                    #expect(
                        tutorial.steps.contains { $0.stage == stage && $0.number == number },
                        "\(check.id): \(place)")
                }
            }
        }
    }

    @Test("links lead somewhere")
    func links() throws {
        for path in try documents() + ["README.md", "CONTRIBUTING.md"] {
            let page = try Repository.text(path)
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for match in page.matches(of: /\]\(([^)\s]+)\)/) {
                let target = String(match.output.1)
                guard !target.hasPrefix("http") else { continue }
                let parts = target.split(
                    separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let file = parts[0].isEmpty ? path : resolved(String(parts[0]), in: folder)
                #expect(Repository.exists(file), "\(path): \(target)")
                if parts.count == 2, file.hasSuffix(".md") {
                    let anchors = try anchors(of: file)
                    #expect(anchors.contains(String(parts[1])), "\(path): \(target)")
                }
            }
        }
    }

    private func resolved(_ target: String, in folder: String) -> String {
        var parts = folder.split(separator: "/")
        for part in target.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// What can be linked to in a page: headings as GitHub names them, and anchors.
    private func anchors(of path: String) throws -> Set<String> {
        var result: Set<String> = []
        for line in try Repository.text(path).split(separator: "\n") {
            if line.hasPrefix("#") {
                let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
                let kept = title.lowercased().filter {
                    $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
                }
                result.insert(kept.replacingOccurrences(of: " ", with: "-"))
            }
            for match in line.matches(of: /<a id="([^"]+)">/) {
                result.insert(String(match.output.1))
            }
        }
        return result
    }

    @Test("what the command prints as a place to read exists")
    func next() throws {
        #expect(try anchors(of: "TUTORIAL.md").isSuperset(of: ["stage-1", "what-comes-next"]))
        #expect(try anchors(of: "TUTORIAL-2.md").isSuperset(of: ["stage-9", "stage-12"]))
    }

    @Test("every citation of a specification is well formed")
    func citations() throws {
        let sources = Repository.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        let known =
            #/
            RFC\ \d{3,4} (\ §[\d.]+ | \.) | WHATWG\ .+ | W3C\ .+ | Engine\.IO.* | Socket\.IO.* |
            FIPS\ .+ | ECMA.+ | Prometheus\ .+ | Unicode.+ | RESP\ .+ | Redis\ .+ | MessagePack.+
            /#
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard let range = line.range(of: "Spec: ") else { continue }
                let citation = line[range.upperBound...]
                #expect(
                    citation.prefixMatch(of: known) != nil, "\(file.lastPathComponent): \(line)")
            }
        }
    }
}
