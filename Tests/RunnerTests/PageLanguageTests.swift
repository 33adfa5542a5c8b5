// The words of the workbench's page: the table in Public/course/zh-CN.js has each sentence of the
// modules and of workbench.html, and no other. Next: ../../Public/course/language.js,
// LanguageTests.swift.

import Foundation
import Testing

@Suite("The language of the workbench's page")
struct PageLanguageTests {
    nonisolated private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Public/course")

    /// Names, and states of checks that the server sends.
    nonisolated private static let names: Set = [
        "HTTP", "WS", "SIO", "Socket.IO", "WebSocket, Engine.IO",
    ]
    nonisolated private static let states: Set = [
        "passed", "failed", "running", "waiting", "skipped", "omitted", "unknown",
    ]

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    }

    /// The table: English formats, and Chinese ones.
    private func table() throws -> [String: String] {
        let joined = try text("zh-CN.js").replacing(/"\s*\n\s*\+ "/, with: "")
        var table: [String: String] = [:]
        for match in joined.matches(of: /\["([^"]+)",\s*"([^"]+)"\]/) {
            #expect(table[String(match.output.1)] == nil, "\(match.output.1) is there twice")
            table[String(match.output.1)] = String(match.output.2)
        }
        return table
    }

    /// Templates with a `t` in front, and counted things.
    private func sentences(of module: String) throws -> Set<String> {
        var found: Set<String> = []
        let source = try text(module).replacing("\\\n", with: "")
        for match in source.matches(of: /\bt`([^`]*)`/) {
            var number = 0
            found.insert(
                String(match.output.1).replacing(/\$\{(?:[^{}]|\{[^{}]*\})*\}/) { _ in
                    number += 1
                    return "{\(number)}"
                })
        }
        for match in source.matches(of: /counted\([^;]*?, "([a-z ]+)"\)/) {
            found.insert("{1} \(match.output.1)")
        }
        return found
    }

    /// Words between marks, and those of labels.
    private func words(of page: String) throws -> Set<String> {
        let source = try text(page).replacing(/(?s)<!--.*?-->/, with: "")
        let body = source.firstMatch(of: /(?s)<body.*/).map { String($0.output) } ?? ""
        let labels = body.matches(of: /(?:aria-label|title|placeholder)="([^"]+)"/).map(\.output.1)
        let between = body.matches(of: />([^<]+)</).map(\.output.1)
        return Set(
            (labels + between).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                .filter { $0.contains(/[A-Za-z]{2}/) })
    }

    @Test("the table has each sentence of the page, and no other")
    func complete() throws {
        let modules = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".js") && $0 != "language.js" && $0 != "zh-CN.js" }
        var wanted = try words(of: "workbench.html").subtracting(Self.names).union(Self.states)
        for module in modules { wanted.formUnion(try sentences(of: module)) }
        let known = Set(try table().keys)
        for sentence in wanted.subtracting(known).sorted() {
            Issue.record("Public/course/zh-CN.js has no Chinese for \"\(sentence)\".")
        }
        for sentence in known.subtracting(wanted).sorted() {
            Issue.record("no module says \"\(sentence)\": take it out of zh-CN.js.")
        }
        #expect(known.count > 150)
    }

    @Test("each translation has the values of its sentence")
    func values() throws {
        let numbers = { (format: String) in Set(format.matches(of: /\{\d\}/).map(\.output)) }
        for (english, chinese) in try table() {
            #expect(numbers(english) == numbers(chinese), "\"\(english)\"")
        }
    }
}
