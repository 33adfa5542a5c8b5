// Good and bad names: one table for the stages and for the right server of the mutants.
// Next: CheckTests.swift.

import Foundation
import TestSupport
import Testing

/// A server with names: a finished stage, or the right server of the mutants at that stage.
nonisolated struct NamedChat: CustomTestStringConvertible {
    let program: String
    let stage: Int
    var testDescription: String { "\(program), stage \(stage)" }

    static let all =
        (5...8).map { NamedChat(program: "Step\($0)", stage: $0) }
        + (5...8).map { NamedChat(program: "Mutants", stage: $0) }

    @MainActor func start() async throws -> Program {
        try await Program.listening(
            program, environment: ["STAGE": "\(stage)", "MUTANT": "Chat"])
    }
}

/// A client that asks questions and reads the answers.
private struct Visitor {
    let client: RawClient

    init(_ program: Program) async throws {
        client = try RawClient(port: program.port)
        try await client.join()
    }

    func ask(_ event: String, _ argument: some Encodable) throws {
        let json = String(decoding: try JSONEncoder().encode([argument]), as: UTF8.self)
        client.sendFrame("420[\"\(event)\",\(json.dropFirst())")
    }

    /// The next answer: the nickname, or what is wrong; "ok" where there is neither.
    func answer() async throws -> String {
        struct Reply: Decodable { var nickname, error: String? }
        var text = try await client.text()
        while !text.hasPrefix("430[") { text = try await client.text() }
        let reply = try JSONDecoder().decode([Reply].self, from: Data(text.dropFirst(3).utf8))[0]
        return reply.error ?? reply.nickname ?? "ok"
    }

    func claim(_ name: String) async throws -> String {
        try ask("set nickname", name)
        return try await answer()
    }

    /// The next online list.
    func online() async throws -> [String] {
        var text = try await client.text()
        while !text.hasPrefix("42[\"online\",") { text = try await client.text() }
        let list = text.dropFirst("42[\"online\",".count).dropLast()
        return try JSONDecoder().decode([String].self, from: Data(list.utf8))
    }
}

@Suite("What a good name is")
struct NameTests {
    /// Names from all over, and emoji of several parts.
    nonisolated private static let good = [
        "Ada", "O'Neil", "Zo\u{EB}", "李", "한국어", "שלום", "नमस्ते", "Łukasz", "a b", "x²", "Ａｄａ",
        "👩‍👩‍👧‍👦", "❤️", "❤️‍🔥", "👩🏽‍🚀", "🏳️‍🌈", "🏴‍☠️", "👁️‍🗨️", "1️⃣", "#️⃣", "🇩🇪", "⭐️", "⭐", "ℹ️",
        "‼️", "☺\u{FE0E}", "a👩‍🚀b", String(repeating: "👩‍👩‍👧‍👦", count: 20),
    ]

    /// Control and format characters, separators, blanks that are none, what is not drawn, what
    /// Unicode has not assigned, and the arrow; joiners and selectors that hold nothing together.
    nonisolated private static let invalid = [
        "a\u{0}b", "a\nb", "a\u{7F}b", "a\u{85}b", "a\u{AD}b", "a\u{61C}b", "a\u{600}b",
        "a\u{200B}b", "a\u{200C}b", "a\u{200E}b", "a\u{2028}b", "a\u{2029}b", "\u{202E}abc",
        "a\u{2060}b", "a\u{2066}b", "a\u{FEFF}b", "a\u{FFF9}b", "a\u{E0067}", "\u{2800}",
        "a\u{2800}b", "\u{115F}", "\u{1160}", "\u{3164}", "\u{FFA0}", "a\u{34F}b", "a\u{180B}b",
        "a\u{E0100}", "a\u{378}b", "a\u{E0FFD}b", "Ada→Bob", "→",
        "a\u{200D}b", "a\u{200D}", "\u{200D}a", "👩\u{200D}", "👩\u{200D}a", "👩\u{200D}1",
        "1\u{200D}2", "👩\u{200D}\u{200D}👩", "a\u{FE0F}", "1\u{FE0F}", "#\u{FE0F}",
        "❤\u{FE0F}\u{FE0F}", "e\u{200D}\u{301}", "👩\u{200C}👩", "🏴\u{E0067}\u{E007F}",
    ]

    /// What is cleaned, and the order: bytes, empty, invalid, too long.
    nonisolated private static let others: [(name: String, answer: String)] = [
        (" Ada\t", "Ada"), ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"),
        ("", "empty"), (" \n ", "empty"), (many("x", 21), "too long"),
        ("\u{202E}" + many("x", 30), "invalid"), ("\u{202E}" + many("x", 998), "too long"),
        (many(" ", 1_000), "empty"), (many(" ", 1_001), "too long"),
        ("xy" + many("\u{301}", 499), "x\u{FD}" + many("\u{301}", 498)),
        ("xy" + many("\u{301}", 500), "too long"),
    ]

    nonisolated private static func many(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    /// A nickname as it comes back, or what is wrong with it.
    nonisolated static let table: [(name: String, answer: String)] =
        good.map { ($0, $0) } + invalid.map { ($0, "invalid") } + others

    @Test("a name is accepted, or refused for the right reason", arguments: NamedChat.all)
    func table(chat: NamedChat) async throws {
        let program = try await chat.start()
        let visitor = try await Visitor(program)
        for (name, expected) in Self.table {
            let answer = try await visitor.claim(name)
            let scalars = name.unicodeScalars.prefix(12).map { String($0.value, radix: 16) }
            #expect(
                Array(answer.unicodeScalars) == Array(expected.unicodeScalars), "\(scalars)")
        }
        _ = try await program.terminate()
    }

    @Test(
        "names that differ in case, width or form only are one name",
        arguments: NamedChat.all)
    func keys(chat: NamedChat) async throws {
        let program = try await chat.start()
        let (a, b) = (try await Visitor(program), try await Visitor(program))
        for (name, other) in [
            ("Ada", "ＡＤＡ"), ("ﬁn", "FIN"), ("x²", "X2"), ("e\u{301}", "É"), ("Å", "\u{212B}"),
            ("Ⓐda", "ADA"), ("ｶﾞ", "ガ"), ("𝐀da", "ada"),
        ] {
            #expect(try await a.claim(name) != "taken")
            #expect(try await b.claim(other) == "taken", "\(name) and \(other)")
        }
        for other in ["Adá", "Ad", "Ada 2", "Аda"] {  // the last one begins with a Cyrillic letter
            #expect(try await b.claim(other) == other)
        }
        _ = try await program.terminate()
    }

    @Test(
        "the list of who is online is sorted by the scalars of the keys", arguments: NamedChat.all)
    func order(chat: NamedChat) async throws {
        guard chat.stage >= 7 else { return }
        let program = try await chat.start()
        let names = ["Ａ", "b", "C", "é", "\u{FA0E}", "🙂"]
        var visitors: [Visitor] = []
        for name in names.reversed() {
            let visitor = try await Visitor(program)
            #expect(try await visitor.claim(name) == name)
            visitors.append(visitor)
        }
        #expect(try await Visitor(program).online() == names)
        _ = try await program.terminate()
    }

    /// Bringing it into one form took a minute.
    nonisolated private static let heavy =
        "x" + String(repeating: "\u{301}\u{323}", count: 225_000)

    @Test("a name of 900 KB holds nobody up, nor does an addressee", arguments: NamedChat.all)
    func cost(chat: NamedChat) async throws {
        let program = try await chat.start()
        let (a, b) = (try await Visitor(program), try await Visitor(program))
        #expect(try await a.claim("Ada") == "Ada")
        try a.ask("set nickname", Self.heavy)
        #expect(try await a.answer() == "too long")
        if chat.stage == 8 {
            try a.ask("private message", ["to": Self.heavy, "text": "x"])
            #expect(try await a.answer() == "offline")
        }
        #expect(try await b.claim("Grace") == "Grace")
        _ = try await program.terminate()
    }
}
