// The words of a piece: code, emphasis, links, and the few tags of HTML that are allowed between
// words. All else is text. In: Markdown. Out: HTML. Next: TextRenderer.swift.

import CourseTutorial

/// Where a link leads.
package enum TextLink: Equatable {
    case address(String)
    /// A file that is not there to be opened: its path is shown.
    case file(String)
}

/// Text between tags, or in the value of an attribute.
package func escapedForHTML(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text {
        switch character {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        default: escaped.append(character)
        }
    }
    return escaped
}

/// Reads the words of a piece from left to right.
struct InlineText {
    private var rest: Substring
    private let link: (String) -> TextLink
    /// False: only tags mean something.
    private let isMarkdown: Bool
    private var html = ""

    static func html(
        _ text: some StringProtocol, isMarkdown: Bool = true,
        link: @escaping (String) -> TextLink
    ) -> String {
        var inline = InlineText(rest: Substring(text), link: link, isMarkdown: isMarkdown)
        while !inline.rest.isEmpty { inline.step() }
        return inline.html
    }

    private init(rest: Substring, link: @escaping (String) -> TextLink, isMarkdown: Bool) {
        (self.rest, self.link, self.isMarkdown) = (rest, link, isMarkdown)
    }

    private func inner(_ text: some StringProtocol) -> String {
        Self.html(text, isMarkdown: isMarkdown, link: link)
    }

    /// One construct, or one character.
    private mutating func step() {
        let isTaken =
            switch rest.first {
            case "<": takeTag()
            case "&": takeEntity()
            case "`" where isMarkdown: takeCode()
            case "*" where isMarkdown: takeEmphasis("**", "strong") || takeEmphasis("*", "em")
            case "[" where isMarkdown: takeLink()
            case "\\" where isMarkdown: takeEscaped()
            default: false
            }
        if !isTaken, let character = rest.popFirst() { html += escapedForHTML("\(character)") }
    }

    /// `<br>`, `<code>…</code>`, `<a id="…"></a>`.
    private mutating func takeTag() -> Bool {
        if rest.hasPrefix("<br>") {
            html += "<br>"
            rest = rest.dropFirst(4)
        } else if let match = rest.prefixMatch(of: /<code>([^<]*)<\/code>/) {
            html += "<code>\(Self.html(match.output.1, isMarkdown: false, link: link))</code>"
            rest = rest[match.range.upperBound...]
        } else if let match = rest.prefixMatch(of: /<a id="([\w-]+)"><\/a>/) {
            html += match.output.0
            rest = rest[match.range.upperBound...]
        } else {
            return false
        }
        return true
    }

    /// `&nbsp;`, `&lt;`: a character by its name.
    private mutating func takeEntity() -> Bool {
        guard let match = rest.prefixMatch(of: /&(?:nbsp|lt|gt|amp|quot);/) else { return false }
        html += match.output
        rest = rest[match.range.upperBound...]
        return true
    }

    private mutating func takeEscaped() -> Bool {
        guard let next = rest.dropFirst().first, next.isASCII, next.isPunctuation || next.isSymbol
        else { return false }
        html += escapedForHTML("\(next)")
        rest = rest.dropFirst(2)
        return true
    }

    /// Between runs of backticks of one length nothing else means anything.
    private mutating func takeCode() -> Bool {
        guard let (text, after) = Self.code(rest) else { return false }
        html += "<code>\(Self.breakable(text))</code>"
        rest = after
        return true
    }

    /// A long word of code may go on in the next line behind such a character.
    private static func breakable(_ code: some StringProtocol) -> String {
        let text = escapedForHTML(code.map { $0 == "\n" ? " " : String($0) }.joined())
        return code.count < 12 ? text : text.replacing(/[\/(](?=[A-Za-z])/) { "\($0.output)<wbr>" }
    }

    private static func code(_ rest: Substring) -> (text: Substring, after: Substring)? {
        let mark = rest.prefix { $0 == "`" }
        var search = rest[mark.endIndex...]
        while let start = search.firstIndex(of: "`") {
            let run = search[start...].prefix { $0 == "`" }
            if run.count == mark.count {
                var text = rest[mark.endIndex..<start]
                if text.first == " ", text.last == " ", !text.isBlank {
                    text = text.dropFirst().dropLast()
                }
                return (text, rest[run.endIndex...])
            }
            search = search[run.endIndex...]
        }
        return nil
    }

    /// The place of a mark in the text, outside of code.
    private static func find(
        _ mark: String, in text: Substring, where isRight: (Substring.Index) -> Bool
    ) -> Substring.Index? {
        var search = text
        while let character = search.first {
            if search.hasPrefix(mark), isRight(search.startIndex) { return search.startIndex }
            if character == "`", let (_, after) = code(search) {
                search = after
            } else if mark == "*", search.hasPrefix("**") {
                search = search.dropFirst(2)
            } else {
                search = search.dropFirst(character == "\\" ? 2 : 1)
            }
        }
        return nil
    }

    /// `**strong**`, `*emphasis*`: without a blank inside of a mark.
    private mutating func takeEmphasis(_ mark: String, _ tag: String) -> Bool {
        guard rest.hasPrefix(mark) else { return false }
        let text = rest.dropFirst(mark.count)
        guard let first = text.first, !first.isWhitespace, first != "*",
            let end = Self.find(
                mark, in: text,
                where: { index in
                    index > text.startIndex && !text[text.index(before: index)].isWhitespace
                })
        else { return false }
        html += "<\(tag)>\(inner(text[..<end]))</\(tag)>"
        rest = text[end...].dropFirst(mark.count)
        return true
    }

    /// `[text](target)`
    private mutating func takeLink() -> Bool {
        let text = rest.dropFirst()
        // Brackets inside of the text come in pairs.
        let end = Self.find("]", in: text) { index in
            text[..<index].count { $0 == "[" } <= text[..<index].count { $0 == "]" }
        }
        guard let end,
            let match = text[end...].prefixMatch(of: /\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/)
        else { return false }
        let words = inner(text[..<end])
        switch link(String(match.output.1)) {
        case .address(let address):
            html += "<a href=\"\(escapedForHTML(address))\">\(words)</a>"
        case .file(let path):
            let code = "<code class=\"file\">\(Self.breakable(path))</code>"
            let isSame = text[..<end] == path || text[..<end] == "`\(path)`"
            html += isSame ? code : "\(words) (\(code))"
        }
        rest = text[match.range.upperBound...]
        return true
    }
}
