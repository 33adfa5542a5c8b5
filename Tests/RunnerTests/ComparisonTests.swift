// The compiler's errors in parts, the blocks that a file has, and comparisons of texts.
// Next: ../../Sources/Course/Runner/LineDifference.swift.

import CourseRunner
import CourseTutorial
import Foundation
import Testing

@Suite("Errors, blocks and differences")
struct ComparisonTests {
    // MARK: - Errors

    @Test("errors come with file, line, column, message, source lines and notes")
    func errors() {
        let output = """
            [1/3] Compiling MyChat main.swift
            /home/Steps/MyChat/main.swift:5:1: error: cannot find 'a' in scope: b
            3 | let x
            5 | a
              | `- error: cannot find 'a' in scope: b
            /home/Steps/MyChat/main.swift:2:3: note: did you mean 'x'?
            /home/Steps/MyChat/main.swift:7:10: warning: never used
            7 | let y
            error: emit-module command failed
            /home/Steps/MyChat/main.swift:5:1: error: cannot find 'a' in scope: b
            /home/Sources/Other.swift:1:1: error: not the learner's
            /home/Steps/MyChat/more.swift:9:2: error: second
            9 | )
            """.split(separator: "\n").map(String.init)
        let folder = URL(filePath: "/home/Steps/MyChat/")
        let lines = Build.errors(output, in: folder, shownAs: "Steps/MyChat/")
        let found = BuildDiagnostic.all(in: lines)
        #expect(found.map(\.file) == ["Steps/MyChat/main.swift", "Steps/MyChat/more.swift"])
        #expect(found.map(\.line) == [5, 9])
        #expect(found.map(\.column) == [1, 2])
        #expect(found.map(\.message) == ["cannot find 'a' in scope: b", "second"])
        #expect(found.first?.lines.count == 4)
        #expect(found.first?.lines.last == "Steps/MyChat/main.swift:2:3: note: did you mean 'x'?")
        #expect(found.last?.lines == ["9 | )"])
    }

    @Test("lines that are no errors give none")
    func noErrors() {
        #expect(BuildDiagnostic.all(in: ["Build complete!", "x:1: error: no column"]).isEmpty)
    }

    // MARK: - Blocks

    private static let text = """
        ## Stage 1 · Serve
        **Step 1: begin.**
        <!-- main.swift: all -->
        ```swift
        import Engine

        app.run()
        ```
        <!-- index.html: all -->
        ```html
        <p>
        ```
        ## Stage 2 · Connect
        **Step 3: more.**
        <!-- main.swift: before «app.run()» -->
        ```swift
        first()
            second()
        ```
        """

    private func blocks(_ program: String, _ page: String = "") throws -> [String: Bool] {
        CodeBlocks.found(
            in: { $0 == .program ? program : page }, of: try Tutorial(Self.text))
    }

    @Test("a file has a block when its lines are there in order, whatever is between them")
    func found() throws {
        let program = "import Engine\r\n\tfirst()  \nother()\nsecond()\napp.run()"
        #expect(
            try blocks(program, "<p>")
                == ["1.1.1": true, "1.1.2": true, "2.3.1": true])
        #expect(
            try blocks("second()\nfirst()\nimport Engine\napp.run()")
                == ["1.1.1": true, "1.1.2": false, "2.3.1": false])
        #expect(try blocks("") == ["1.1.1": false, "1.1.2": false, "2.3.1": false])
    }

    @Test("MyChat after a chapter has the blocks of its last step")
    func afterChapters() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../TUTORIAL.md")
        let tutorial = try Tutorial(String(contentsOf: root, encoding: .utf8))
        for stage in 1...8 {
            let workspace = try Workspace(tutorial, after: stage)
            let found = CodeBlocks.found(in: { workspace.text(of: $0) }, of: tutorial)
            let last = try #require(tutorial.steps.last { $0.stage == stage && !$0.edits.isEmpty })
            for number in last.edits.indices {
                #expect(found["\(stage).\(last.number).\(number + 1)"] == true)
            }
            guard stage < 8 else { continue }
            let later = tutorial.steps.filter { $0.stage == stage + 1 }
            let keys = later.flatMap { step in
                step.edits.indices.map { "\(step.stage).\(step.number).\($0 + 1)" }
            }
            #expect(keys.contains { found[$0] == false }, "stage \(stage + 1) is not there yet")
        }
    }

    // MARK: - Differences

    private func shown(_ mine: String, _ theirs: String) -> [String] {
        LineDifference.lines(mine, theirs).map { line in
            let sign = [.same: " ", .mine: "-", .theirs: "+"][line.kind] ?? "?"
            let numbers = [line.mine, line.theirs].map { $0.map(String.init) ?? "" }
            return "\(sign)\(line.text) \(numbers.joined(separator: "/"))"
        }
    }

    @Test("a comparison has the lines of both, in order, with their numbers")
    func lines() {
        #expect(
            shown("a\nb\nc\n", "a\nx\nc\nd\n")
                == [" a 1/1", "-b 2/", "+x /2", " c 3/3", "+d /4"])
        #expect(shown("a\r\nb\r\n", "a\nb\n") == [" a 1/1", " b 2/2"])
        #expect(shown("", "a\n") == ["+a /1"])
        #expect(shown("a\n\n", "") == ["-a 1/", "- 2/"])
        #expect(shown("", "").isEmpty)
        #expect(shown("a\na\n", "a\n") == [" a 1/1", "-a 2/"])
    }

    @Test("both texts can be made from a comparison, however random they are")
    func random() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let texts = (0..<2).map { _ in
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    "\("abc".randomElement(using: &generator) ?? "a")\n"
                }.joined()
            }
            let lines = LineDifference.lines(texts[0], texts[1])
            let mine = lines.filter { $0.kind != .theirs }
            let theirs = lines.filter { $0.kind != .mine }
            #expect(mine.map { "\($0.text)\n" }.joined() == texts[0])
            #expect(theirs.map { "\($0.text)\n" }.joined() == texts[1])
            #expect(mine.compactMap(\.mine) == Array(1..<(mine.count + 1)))
            #expect(theirs.compactMap(\.theirs) == Array(1..<(theirs.count + 1)))
        }
    }

    @Test("of very long texts only what both begin and end with is the same")
    func long() {
        let many = LineDifference.limit
        let middle = (0..<many).map { "\($0)\n" }
        let lines = LineDifference.lines(
            "a\n\(middle.joined())z\n", "a\n\(middle.reversed().joined())z\n")
        #expect(lines.first?.kind == .same)
        #expect(lines.last?.kind == .same)
        #expect(lines.count == 2 + 2 * many)
    }
}
