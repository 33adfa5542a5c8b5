// Each construct of the text: what goes in, and the HTML that comes out. Next: CodeTests.swift.

import CourseText
import Testing

/// Where links lead in these tests: known.md is a page, other files are not.
func html(_ text: String) -> String {
    TextRenderer { target in
        if target.hasPrefix("https:") || target.hasPrefix("#") { return .address(target) }
        return target.hasPrefix("known.md") ? .address("known.html") : .file(target)
    }.html(TextReader.blocks(of: text))
}

@Suite("Text as HTML")
struct RendererTests {
    @Test(
        "words have emphasis, code and line breaks",
        arguments: [
            ("a **b** *c* d", "<p>a <strong>b</strong> <em>c</em> d</p>"),
            ("**[a](known.md)**", "<p><strong><a href=\"known.html\">a</a></strong></p>"),
            ("*\"a\"*: b", "<p><em>&quot;a&quot;</em>: b</p>"),
            ("*a `*` b*", "<p><em>a <code>*</code> b</em></p>"),
            ("`a < b`", "<p><code>a &lt; b</code></p>"),
            ("`` `a` ``", "<p><code>`a`</code></p>"),
            ("`\"  \"`", "<p><code>&quot;  &quot;</code></p>"),
            ("`**a**`", "<p><code>**a**</code></p>"),
            ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
            ("a ** b", "<p>a ** b</p>"),
            ("one ` alone", "<p>one ` alone</p>"),
            ("a<br>&nbsp;b & c", "<p>a<br>&nbsp;b &amp; c</p>"),
            ("\\*a\\* \\[b\\]", "<p>*a* [b]</p>"),
            ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>"),
            ("x<a id=\"here\"></a>", "<p>x<a id=\"here\"></a></p>"),
            (
                "`/a/b(c` `Sources/Engine`",
                "<p><code>/a/b(c</code> "
                    + "<code>Sources/<wbr>Engine</code></p>"
            ),
        ])
    func words(text: String, expected: String) {
        #expect(html(text) == expected)
    }

    @Test(
        "links lead to pages; a file that is no page is named",
        arguments: [
            ("[a](https://a.org/b?c=d&e)", "<a href=\"https://a.org/b?c=d&amp;e\">a</a>"),
            ("[a](known.md#b)", "<a href=\"known.html\">a</a>"),
            ("[`a`](#b)", "<a href=\"#b\"><code>a</code></a>"),
            ("[a [b] c](#d)", "<a href=\"#d\">a [b] c</a>"),
            ("[a](https://a.org/b_(c))", "<a href=\"https://a.org/b_(c)\">a</a>"),
            ("[a](b.c)", "a (<code class=\"file\">b.c</code>)"),
            ("[b.c](b.c)", "<code class=\"file\">b.c</code>"),
            ("[a] (b)", "[a] (b)"),
        ])
    func links(text: String, expected: String) {
        #expect(html(text) == "<p>\(expected)</p>")
    }

    @Test("headings have the ids that GitHub gives them")
    func headings() {
        let blocks = TextReader.blocks(
            of: "# A `b`, c\n## Stage 3 · Emit\n### Build it\ntext\n### Build it\n#no heading")
        #expect(
            blocks.compactMap(\.id) == ["a-b-c", "stage-3--emit", "build-it", "build-it-1"])
        #expect(
            html("## A *b*") == "<h2 id=\"a-b\">A <em>b</em> <a class=\"address\" href=\"#a-b\" "
                + "aria-label=\"Address of: A b\">#</a></h2>")
        #expect(html("#no heading") == "<p>#no heading</p>")
        #expect(html("<a id=\"stage-1\"></a>") == "<a id=\"stage-1\"></a>")
    }

    @Test(
        "lists are nested, and their items go on in the next lines",
        arguments: [
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("1. a\n2. b\n   c", "<ol>\n<li>a</li>\n<li>b\nc</li>\n</ol>"),
            ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n<li>c</li>\n</ul>"),
            ("- a\n\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("text\n- a", "<p>text</p>\n<ul>\n<li>a</li>\n</ul>"),
            ("- a\nb", "<ul>\n<li>a\nb</li>\n</ul>"),
            ("-no list", "<p>-no list</p>"),
            ("1. Who? 2. Why 2. 0?", "<ol>\n<li>Who?</li>\n<li>Why 2. 0?</li>\n</ol>"),
        ])
    func lists(text: String, expected: String) {
        #expect(html(text) == expected)
    }

    @Test("tables have heads, a pipe in a cell, and rows that say which check they are about")
    func tables() {
        let table = html("| A | Check |\n| --- | --- |\n| `x \\| y` | 1.4 |\n| z | |")
        #expect(table.contains("aria-label=\"Table: A, Check\""))
        #expect(table.contains("<th scope=\"col\">A</th><th scope=\"col\">Check</th>"))
        #expect(table.contains("<tr data-check=\"1.4\"><td><code>x | y</code></td><td>1.4</td>"))
        #expect(table.contains("<tr><td>z</td><td></td></tr>"))
        #expect(html("| | B |\n|---|:-:|\n| a | b |").contains("<tr><td></td><th scope"))
        #expect(html("| no table |\ntext").hasPrefix("<p>| no table |"))
    }

    @Test("a quote is a box, with pieces of its own")
    func quotes() {
        #expect(
            html("> **a** b\n>\n> - c\n\nd")
                == "<blockquote>\n<p><strong>a</strong> b</p>\n<ul>\n<li>c</li>\n</ul>\n"
                + "</blockquote>\n<p>d</p>")
    }

    @Test("a folded answer is HTML, and numbered answers are a list")
    func folded() {
        #expect(
            html(
                "**Q** a?\n<details><summary>Answer</summary><code>/</code> is *one*\nx.</details>")
                == "<p><strong>Q</strong> a?</p>\n<details><summary>Answer</summary>\n"
                + "<p><code>/</code> is *one*\nx.</p>\n</details>")
        #expect(
            html("<details><summary>A</summary>1. <code>b</code>. 2. c.</details>")
                .contains("<ol>\n<li><code>b</code>.</li>\n<li>c.</li>\n</ol>"))
        #expect(
            html("<details><summary>A</summary>\n\n**b**\n\n- c\n</details>\n\nd")
                .contains("<p><strong>b</strong></p>\n<ul>\n<li>c</li>\n</ul>\n</details>\n<p>d"))
    }

    @Test("a picture has one for the dark")
    func pictures() {
        let text = """
            <picture>
              <source media="(prefers-color-scheme: dark)" srcset="a/dark.png">
              <img src="a/light.png" width="420"
                alt="Two > one.">
            </picture>
            """
        #expect(
            html(text) == "<picture><source media=\"(prefers-color-scheme: dark)\" srcset="
                + "\"a/dark.png\"><img src=\"a/light.png\" width=\"420\" alt=\"Two &gt; one.\">"
                + "</picture>")
    }

    @Test("numbered steps have an address")
    func steps() {
        let blocks = TextReader.blocks(
            of: "**Step 1: a.** b\n\n## Stage 2 · C\n\n**Step 1: d.**\n\n**Step 2: e.**")
        #expect(
            blocks.compactMap(\.id)
                == ["begin-step-1", "stage-2--c", "stage-2-step-1", "stage-2-step-2"])
    }

    @Test(
        "markup that is not on the list is text",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>a</b>",
            "<a href=\"javascript:alert(1)\">a</a>", "<a id=\"a\" onclick=\"b\"></a>",
            "<details open onclick=a><summary>b</summary>c</details>", "<br onclick=a>",
            "<details><summary><img src=x></summary><script>a</script></details>",
            "<svg><script>a</script></svg>", "<!-- --><iframe src=a>", "`<script>`",
            "[<script>](https://a.org)", "**<script>**", "# <script>", "- <script>", "> <script>",
            "| <script> |\n| --- |\n| <script> |", "```html\n<script>\n```", "```<script>\na\n```",
            "<picture><img src=\"a\" alt=\"<script>\"></picture>",
            "<picture><img src=\"a\" alt='\"><script>'></picture>",
            "```mermaid\nsequenceDiagram\nparticipant A as <script>\nA->>B: <script>\n```",
            "<code><script></code>", "[a](https://a.org/\"><script>)", "&lt;script&gt;",
        ])
    func hostile(text: String) {
        let result = html(text)
        for tag in result.matches(of: /<([a-z]+[0-9]?)/).map({ String($0.output.1) }) {
            let isKnown = [
                "p", "a", "br", "code", "strong", "details", "summary", "h1", "ul", "li", "div",
                "blockquote", "table", "thead", "tbody", "tr", "th", "td", "figure", "pre", "span",
                "picture", "img", "svg", "title", "desc", "line", "rect", "text", "path",
            ].contains(tag)
            #expect(isKnown, "\(result)")
        }
        #expect(result.firstMatch(of: /<[^>]*\son\w+=/) == nil, "\(result)")
        #expect(result.firstMatch(of: /<[^>]*javascript:/) == nil, "\(result)")
    }
}
