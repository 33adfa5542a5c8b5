// The HTML that the text may use as pieces of a page: pictures, folded answers, anchors. All other
// HTML is text. Next: InlineText.swift, for tags between words.

import CourseTutorial

extension TextReader {
    /// A piece in HTML, if the next line begins one that is allowed.
    static func markup(
        _ rest: inout ArraySlice<String>, reader: inout TextReader
    ) -> TextBlock? {
        let line = rest.first ?? ""
        if let match = line.wholeMatch(of: /<a id="([\w-]+)"><\/a> */) {
            rest.removeFirst()
            return .anchor(String(match.output.1))
        }
        if line.hasPrefix("<picture>") {
            var after = rest
            let text = take(&after, through: "</picture>").joined(separator: " ")
            guard let picture = picture(text) else { return nil }
            rest = after
            return .picture(picture)
        }
        if line.hasPrefix("<details>") {
            var after = rest
            let text = take(&after, through: "</details>").joined(separator: "\n")
            guard
                let match = text.wholeMatch(
                    of: /<details>\s*<summary>(.*?)<\/summary>([\s\S]*)<\/details>\s*/)
            else { return nil }
            rest = after
            let content = answer(String(match.output.2), reader: &reader)
            return .folded(summary: String(match.output.1), content: content)
        }
        return nil
    }

    /// Behind a blank line it is Markdown; otherwise HTML, as for GitHub.
    private static func answer(_ text: String, reader: inout TextReader) -> [TextBlock] {
        if text.hasPrefix("\n\n") {
            return reader.read(
                text.split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init)[...])
        }
        let words = text.trimming { $0.isWhitespace }
        guard let parts = numbered(words) else { return [.markup(words)] }
        return [.list(isOrdered: true, items: parts.map { [.markup($0)] })]
    }

    /// `<picture>` with an image, and another one for the dark.
    private static func picture(_ text: String) -> TextPicture? {
        var tags: [Substring: [Substring: String]] = [:]
        for match in text.matches(of: /<(img|source)((?:\s+[a-z]+="[^"]*")+)\s*>/) {
            for pair in match.output.2.matches(of: /([a-z]+)="([^"]*)"/) {
                tags[match.output.1, default: [:]][pair.output.1] = String(pair.output.2)
            }
        }
        guard let image = tags["img"], let light = image["src"] else { return nil }
        let isDark = tags["source"]?["media"] == "(prefers-color-scheme: dark)"
        return TextPicture(
            light: light, dark: isDark ? tags["source"]?["srcset"] : nil,
            alternative: image["alt"] ?? "", width: image["width"].flatMap { Int($0) })
    }
}
