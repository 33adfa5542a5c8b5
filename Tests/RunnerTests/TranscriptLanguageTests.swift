// What a transcript says in Chinese, and what a command says of the next one.
// Next: ../../Sources/Course/Grading/TranscriptWords.swift, LanguageTests.swift.

import CourseLanguage
import Foundation
import Grading
import Testing

@Suite("The language of transcripts, and of the next command")
struct TranscriptLanguageTests {
    nonisolated private static let grading = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Course/Grading")

    private func chinese(_ line: String) -> String { shownTranscript([line], in: .chinese)[0] }

    @Test("what a client does is a sentence, and what was sent stays")
    func lines() {
        #expect(chinese("12 ms  A  vanishes") == "12 ms  A  突然消失")
        #expect(chinese("3 ms  B  connects with &token=x") == "3 ms  B  连接，带着 &token=x")
        #expect(chinese("3 ms  B  ← closes   <-- here") == "3 ms  B  ← 关闭   <-- 这里")
        let kill = chinese("7 ms  grader  kills the first server")
        #expect(kill == "7 ms  评分程序  强制结束第一台服务器")
        #expect(chinese("9 ms  HTTP  ← 200 abc… (181 characters)").hasSuffix("abc…（共 181 个字符）"))
        let frame = "5 ms  A  → 42[\"chat message\",\"vanishes\"]"
        #expect(chinese(frame) == frame)
        #expect(chinese("\(frame)   <-- here") == "\(frame)   <-- 这里")
    }

    @Test("a transcript stays as it is in English")
    func english() {
        let lines = [
            "12 ms  A  vanishes", "3 ms  B  ← closes   <-- here", "4 ms  HTTP  → GET / ", "", "x",
            "5 ms  A  ← 2   (of an earlier check: not looked at)", "6 ms  B  connects with   ",
        ]
        #expect(shownTranscript(lines, in: .english) == lines)
    }

    @Test("each deed that the sources note is translated")
    func deeds() throws {
        let files = FileManager.default.enumerator(
            at: Self.grading, includingPropertiesForKeys: nil)
        var count = 0
        for case let file as URL in files?.allObjects ?? [] where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /note\((?:"grader", )?"([a-z][^"\\]*)"/) {
                count += 1
                let line = chinese("1 ms  A  \(match.output.1)")
                #expect(line.contains(/\p{Han}/), "\(file.lastPathComponent): \(line)")
            }
        }
        #expect(count >= 4, "the sources are read")
    }

    @Test("a report for programs has the transcript in English")
    func reports() throws {
        let failure = Failure(expected: "names only", arrived: "nothing")
        let results = Check.all.filter { $0.id == "5.3" }.map {
            CheckResult(
                check: $0, outcome: .failed(failure, transcript: ["12 ms  A  vanishes"]))
        }
        let report = Report(stage: 5, seed: 1, results: results)
        let json = String(decoding: try report.json(in: .chinese), as: UTF8.self)
        #expect(json.contains("12 ms  A  vanishes"))
        #expect(report.junit(in: .chinese).contains("12 ms  A  突然消失"))
        #expect(report.junit().contains("12 ms  A  vanishes"))
    }

    @Test("the next command asks for a language if this one did")
    func nextCommands() {
        #expect(nextGrade("--hint 5.3", asked: nil) == "swift run grade --hint 5.3")
        #expect(nextGrade("--hint 5.3", asked: .chinese) == "swift run grade --hint 5.3 --lang zh")
        #expect(nextGrade("5", asked: .english) == "swift run grade 5 --lang en")
    }
}
