// Tells the browser which scripts of a page are ours: those in the file when it was read, by their
// hashes, and files from this server. Markup that slips in through a message runs nothing.
// In: a page. Out: a field value. Spec: W3C Content Security Policy Level 3; WHATWG HTML §13.2.5.
// Next: PageCache.swift, which sends it.

import EngineBytes

/// The policy for a page.
enum ContentSecurityPolicy {
    /// Allows what stands in the page, and this server.
    static func forPage(_ page: [UInt8]) -> String {
        let elements = InlineElements(page: page)
        return [
            "default-src 'self'", "script-src 'self'\(hashes(of: elements.scripts))",
            "style-src 'self'\(hashes(of: elements.styles))", "connect-src 'self'",
            "img-src 'self' data:", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors 'self'",
        ].joined(separator: "; ")
    }

    /// The hashes of inline elements, each with a blank before it.
    private static func hashes(of texts: [Substring.UTF8View]) -> String {
        texts.filter { !$0.isEmpty }.map { text in
            let digest = Base64.encode(SHA256.digest(Array(text))[...])
            return " 'sha256-\(String(decoding: digest, as: UTF8.self))'"
        }.joined()
    }
}

/// The scripts and styles that stand in a page, as a browser sees them: not those in comments, in
/// attributes, in a text area.
///
/// Simplified: a script that holds `<!--` and `<script` ends at its first `</script>`; a browser
/// would look for a second one. What a <noscript> holds is read as by a browser without scripts,
/// which is the one that needs its styles.
struct InlineElements {
    private(set) var scripts: [Substring.UTF8View] = []
    private(set) var styles: [Substring.UTF8View] = []

    init(page: [UInt8]) {
        // A browser turns every line end into a line feed before it looks at anything, and repairs
        // what is not UTF-8; NUL is repaired in scripts as well. Spec: WHATWG HTML §13.2.3.5
        let page = String(decoding: page, as: UTF8.self)
            .replacing(Self.lineEnd, with: "\n").replacing("\0", with: "\u{FFFD}")
        var rest = page[...]
        while let tag = rest.firstMatch(of: Self.markup) {
            rest = rest[tag.range.upperBound...]
            guard let name = tag.name?.lowercased(), Self.textElements.contains(name),
                tag.slash == ""
            else { continue }
            guard let end = Self.endTag(of: name, in: rest) else { return }
            if name == "script" { scripts.append(rest[..<end].utf8) }
            if name == "style" { styles.append(rest[..<end].utf8) }
            rest = rest[end...]
        }
    }

    /// Elements whose content is text, whatever it looks like.
    private static let textElements: Set = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
    ]

    private static let lineEnd = /\r\n?/.matchingSemantics(.unicodeScalar)

    /// A comment, a declaration, or a tag with its name.
    private static let markup =
        #/
        <!-- (?: -?> | .*? (?: --!?> | \z ) )  # `<!-->` and `<!--->` are whole comments
        | <[!?] [^>]*+
        | < (?<slash> \/? ) (?<name> [a-z] [^\t\n\f\ \/>]*+ )
          # A `>` in a quoted value is no end of the tag.
          (?: = [\t\n\f\ ]*+ (?: "[^"]*+ (?: " | \z ) | '[^']*+ (?: ' | \z ) ) | [^>] )*+ >?
        /#.ignoresCase().dotMatchesNewlines().matchingSemantics(.unicodeScalar)

    /// Where `</name` stands that ends an element.
    private static func endTag(of name: String, in text: Substring) -> String.Index? {
        let tag = try? Regex("</\(name)[\t\n\u{0C} />]").ignoresCase()
            .matchingSemantics(.unicodeScalar)
        return tag.flatMap { text.firstRange(of: $0)?.lowerBound }
    }
}
