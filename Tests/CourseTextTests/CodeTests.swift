// Code with colours and the place where it goes, and sequence charts. Next: BookTests.swift.

import CourseTutorial
import CourseText
import Testing

@Suite("Code and charts")
struct CodeTests {
    /// The parts with a colour, as `kind:text`.
    private func colours(_ code: String, _ language: String) -> [String] {
        let spans = CodeScanner.spans(of: code, in: language)
        #expect(spans.map(\.text).joined() == code, "nothing is lost")
        return spans.filter { $0.kind != .plain }.map { "\($0.kind.rawValue):\($0.text)" }
    }

    @Test(
        "each language has its colours",
        arguments: [
            (
                "swift", "let a: Int = 7 // b \"c\"",
                ["keyword:let", "type:Int", "number:7", "comment:// b \"c\""]
            ),
            ("swift", "f(\"a \\(g(\"b\")) // c\").in", ["string:\"a \\(g(\"b\")) // c\""]),
            (
                "swift", "/* let\n*/ @Test letter #if",
                ["comment:/* let\n*/", "keyword:@Test", "keyword:#if"]
            ),
            ("swift", "\"\"\"\na \"b\"\n\"\"\"", ["string:\"\"\"\na \"b\"\n\"\"\""]),
            ("swift", "\"open\nvar x", ["keyword:var"]),
            (
                "js", "const a = 'b' + `c\n${d}`; // e",
                ["keyword:const", "string:'b'", "string:`c\n${d}`", "comment:// e"]
            ),
            (
                "html", "<!-- a --><p id=\"b\">c</p>",
                [
                    "comment:<!-- a -->", "keyword:<p", "type:id", "string:\"b\"", "keyword:>",
                    "keyword:</p", "keyword:>",
                ]
            ),
            (
                "html", "<script>\nlet a\n</script>",
                ["keyword:<script", "keyword:>", "keyword:let", "keyword:</script", "keyword:>"]
            ),
            ("css", "a { color: red; } /* b */", ["type:color", "comment:/* b */"]),
            ("sh", "cd a#b \"c\" # d", ["keyword:cd", "string:\"c\"", "comment: # d"]),
            ("", "swift build    # a minute", ["comment: # a minute"]),
            ("http", "→ GET / HTTP/1.1   a line", ["arrow:→", "comment:   a line"]),
            ("diff", "+a\n-b\n c", ["added:+a", "removed:-b"]),
            ("unknown", "let a", []),
        ])
    func colours(language: String, code: String, expected: [String]) {
        #expect(colours(code, language) == expected)
    }

    @Test(
        "a block says which file it goes into, and where",
        arguments: [
            ("all", "the whole file"), ("after «a»", "below <code>a</code>"),
            ("before «<b>»", "above <code>&lt;b&gt;</code>"),
            ("instead of «a»", "in place of <code>a</code>"),
            ("instead of «a» to «b»", "in place of <code>a</code> down to <code>b</code>"),
        ])
    func places(place: String, words: String) {
        let text =
            "## Stage 3 · A\n**Step 2: b.**\n\n<!-- main.swift: \(place) -->\n```swift\nc\n```"
        let result = html(text)
        #expect(result.contains("<figcaption><strong>main.swift</strong> \(words)</figcaption>"))
        #expect(
            result.contains("data-file=\"main.swift\" data-stage=\"3\" data-step=\"2\""),
            "\(result)")
        guard case .code(let code)? = TextReader.blocks(of: text).last else {
            Issue.record("no code")
            return
        }
        #expect(code.file == .program)
        #expect((code.stage, code.step) == (3, 2))
    }

    @Test("other code has no place, and a fence may hold fences")
    func plain() {
        #expect(
            html("<!-- http: Step1 -->\n```text\na\n```\nb")
                == "<figure class=\"code\"><pre><code>a</code></pre></figure>\n<p>b</p>")
        #expect(html("````\n```\na\n```\n````").contains("<pre><code>```\na\n```</code></pre>"))
        #expect(html("```\nnever closed").contains("<pre><code>never closed</code></pre>"))
        #expect(html("- a\n\n  ```\n  b\n  ```").contains("<li><p>a</p>") == false)
        #expect(
            html("- a\n\n  ```\n   b\n  ```").contains("<pre><code> b</code></pre></figure></li>"))
    }

    // MARK: - Charts

    private func chart(_ lines: String) -> SequenceChart? {
        let blocks = TextReader.blocks(of: "```mermaid\nsequenceDiagram\n\(lines)\n```")
        if case .chart(let chart)? = blocks.first { return chart }
        return nil
    }

    @Test("a chart has participants, messages and notes")
    func charts() {
        let read = chart(
            "  participant A\n  actor B as Bob\n  %% no\n  A->>B: 40\n  B-->>A: 4{\"a:b\"}\n"
                + "  Note over A,B: c\n  A->>C: d")
        #expect(read?.participants == ["A", "Bob", "C"])
        #expect(
            read?.events == [
                .message(from: 0, to: 1, text: "40", isDashed: false),
                .message(from: 1, to: 0, text: "4{\"a:b\"}", isDashed: true),
                .note(from: 0, to: 1, text: "c"),
                .message(from: 0, to: 2, text: "d", isDashed: false),
            ])
    }

    @Test("what a chart cannot show is shown as it is written")
    func unknown() {
        #expect(chart("A->>B: a\nA->>A: b") == nil)
        #expect(chart("A->>B: a\nloop forever\nB->>A: b\nend") == nil)
        #expect(html("```mermaid\npie\n```").contains("<code>pie</code>"))
    }

    @Test("a chart is a picture with its texts, and is told in words")
    func picture() {
        let long = "42[\"typing\",{\"isTyping\":true,\"nickname\":\"Ada\",\"more\":\"and more\"}]"
        let result = html(
            "```mermaid\nsequenceDiagram\nA->>B: 40\nB-->>A: \(long)\n"
                + "Note over A,B: c\n```"
        )
        #expect(result.contains("<title id=\"chart-1-title\">Messages between A and B</title>"))
        #expect(result.contains("A to B: 40. B to A: 42[&quot;typing"))
        #expect(result.contains("y=\"59\">40</text>"), "\(result)")
        #expect(result.contains("class=\"arrow dashed\""))
        #expect(result.contains("class=\"note\""))
        let texts = result.matches(of: /<text[^>]*>([^<]*)<\/text>/).map { $0.output.1 }
        let escaped = escapedForHTML(long)
        #expect(texts.joined().contains(escaped), "a long text is whole, in several lines")
        #expect(!texts.contains { $0 == escaped })
        #expect(!result.contains("style="), "the policy of the page forbids it")
    }
}
