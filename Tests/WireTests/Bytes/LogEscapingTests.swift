// In: texts that try to forge a log. Out: one harmless line. Next: HashTests.swift.

import EngineBytes
import Testing

@Suite("Log escaping")
struct LogEscapingTests {
    @Test("text that cannot harm is printed as it is, joined emoji included")
    func harmless() {
        let text = #"Zoë 👩‍👩‍👧 says "hi" \ <b>"#
        #expect(escapedForLog(text) == text)
    }

    @Test(
        "what could begin a line, move the cursor or turn the text around is spelled out",
        arguments: [
            ("a\nb", #"a\u{a}b"#), ("a\r\nb", #"a\u{d}\u{a}b"#), ("\u{0}", #"\u{0}"#),
            ("\u{1B}[2J", #"\u{1b}[2J"#), ("\u{7F}\u{85}\u{9B}", #"\u{7f}\u{85}\u{9b}"#),
            ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#), ("\u{202E}evil", #"\u{202e}evil"#),
            ("\u{2066}\u{200F}\u{61C}", #"\u{2066}\u{200f}\u{61c}"#),
        ])
    func harmful(text: String, escaped: String) {
        #expect(escapedForLog(text) == escaped)
    }

    @Test("a text is cut after 200 scalars, even if they are one character")
    func cut() {
        let exact = String(repeating: "x", count: 200)
        #expect(escapedForLog(exact) == exact)
        #expect(escapedForLog(exact + "y") == exact + "…")
        let accents = "a" + String(repeating: "\u{301}", count: 5_000)
        #expect(escapedForLog(accents).unicodeScalars.count == 201)
    }
}
