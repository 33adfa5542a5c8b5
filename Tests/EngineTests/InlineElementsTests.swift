// Which scripts of a page a browser would run, and so which ones its policy has to name.

import Testing

@testable import Engine

@Suite("Inline elements")
struct InlineElementsTests {
    private func scripts(_ page: String) -> [String] {
        InlineElements(page: Array(page.utf8)).scripts.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "scripts are found as a browser finds them",
        arguments: [
            ("<script>a()</script>", ["a()"]), ("<SCRIPT\nid=x>a()</Script >", ["a()"]),
            ("<script src=\"x\"></script><script>b</script>", ["", "b"]),
            ("<script data-x=\"a>b\">c</script>", ["c"]), ("<script x='>'>c</script>", ["c"]),
            ("<script x= '>'>c</script>", ["c"]), ("<p title=it's><script>c</script>", ["c"]),
            ("<script>\"</scripts>\"</script>", ["\"</scripts>\""]),
            ("<script>if (a<b) c</script\t>", ["if (a<b) c"]),
            ("<scripty>a</scripty><script>b</script>", ["b"]), ("<style>p{}</style>", []),
            ("a < b <script>c</script>", ["c"]), ("<!DOCTYPE html><script>a</script>", ["a"]),
            ("\u{FEFF}<!DOCTYPE html><script>a</script>", ["a"]),
            ("</p class=\">\"><script>a</script>", ["a"]),
        ])
    func found(page: String, expected: [String]) {
        #expect(scripts(page) == expected)
    }

    @Test(
        "what only looks like a script is none",
        arguments: [
            "<!-- <script>a</script> -->", "<!--><b> --><!-- <script>a</script> --!>",
            "<p title=\"<script>a</script>\">", "<p title='<script>a</script>'>",
            "<textarea><script>a</script></textarea>", "<title><script>a</script></title>",
            "<style><script>a</script></style>", "<script>a", "<script", "<",
            "<!--<script>a</script>",
        ])
    func notFound(page: String) {
        #expect(scripts(page) == [])
    }

    @Test("behind what only looks like a script, the next one is found")
    func behind() {
        for before in ["<!-- <script> -->", "<!-->", "<!--->", "<textarea><script></textarea>"] {
            #expect(scripts(before + "<script>a</script>") == ["a"], "\(before)")
        }
    }

    @Test("every end of a line is one line feed, as a browser reads it")
    func lineEnds() {
        let page = "<script>a\r\nb\rc\n\r\r\n\nd\r</script>\r"
        #expect(scripts(page) == ["a\nb\nc\n\n\n\nd\n"])
    }

    @Test("bytes that are no text come back as the browser's replacement")
    func noText() {
        let page = Array("<script>a".utf8) + [0xFF] + Array("</script>".utf8)
        let found = InlineElements(page: page).scripts.map(Array.init)
        #expect(found == [Array("a\u{FFFD}".utf8)])
        #expect(scripts("<script>a\r\0\r\nb</script>") == ["a\n\u{FFFD}\nb"])
    }

    @Test(
        "styles are found as well, those for browsers without scripts too",
        arguments: [
            "<style>p{}</style><script>a</script>", "<noscript><style>p{}</style></noscript>",
        ])
    func styles(page: String) {
        let elements = InlineElements(page: Array(page.utf8))
        #expect(elements.styles.map { String(decoding: $0, as: UTF8.self) } == ["p{}"])
    }
}
