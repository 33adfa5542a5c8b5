// The scripts and styles that stand in a page, as a browser sees them: not those in comments, in
// attributes, in a text area. In: a page's bytes. Out: the texts that a browser would hash.
// Spec: WHATWG HTML §13.2.5 (tokenization). Next: ContentSecurityPolicy.swift.

import EngineBytes

/// Finds the inline elements of a page.
///
/// Simplified: a script that holds `<!--` and `<script` ends at its first `</script>`; a browser
/// would look for a second one. What a <noscript> holds is read as by a browser without scripts,
/// which is the one that needs its styles.
struct InlineElements {
    private(set) var scripts: [ArraySlice<UInt8>] = []
    private(set) var styles: [ArraySlice<UInt8>] = []
    private let page: [UInt8]
    private var position = 0

    /// Elements whose content is text, whatever it looks like.
    private static let rawText = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
    ]

    init(page: [UInt8]) {
        self.page = Self.preprocessed(page)
        while let open = self.page[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = open + 1
            readTag()
        }
    }

    /// A browser turns every line end into a line feed before it looks at anything, and repairs
    /// what is not UTF-8; NUL is repaired in scripts as well. Spec: WHATWG HTML §13.2.3.5
    private static func preprocessed(_ page: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(page.count)
        var previous: UInt8?
        for byte in String(decoding: page, as: UTF8.self).utf8 {
            switch byte {
            case .lf where previous == .cr: break
            case .cr: result.append(.lf)
            case 0: result.append(contentsOf: "\u{FFFD}".utf8)
            default: result.append(byte)
            }
            previous = byte
        }
        return result
    }

    private mutating func readTag() {
        if has("!--") {
            // `<!-->` and `<!--->` are whole comments.
            position += 3
            if has(">") || has("->") { return }
            return skip(past: ["-->", "--!>"])
        }
        if has("!") || has("?") { return skip(past: [">"]) }
        let isEnd = has("/")
        if isEnd { position += 1 }
        guard position < page.count, page[position].lowercased.isLetter else { return }
        let name = page[position...].prefix { !$0.endsTagName }
        position = name.endIndex
        skipAttributes()
        guard !isEnd, let element = Self.rawText.first(where: { name.isEqual(to: $0) }) else {
            return
        }
        let start = position
        guard let end = endTag(of: element) else {
            position = page.count
            return
        }
        position = end
        if element == "script" { scripts.append(page[start..<end]) }
        if element == "style" { styles.append(page[start..<end]) }
    }

    /// Goes behind the `>` of a tag; one in a quoted value is no end.
    private mutating func skipAttributes() {
        var isValue = false
        while position < page.count {
            let byte = page[position]
            position += 1
            if byte == UInt8(ascii: ">") { return }
            if isValue, byte == .quote || byte == UInt8(ascii: "'") {
                position = page[position...].firstIndex(of: byte).map { $0 + 1 } ?? page.count
            }
            isValue = byte == .equals || (isValue && byte.isHTMLSpace)
        }
    }

    /// Where `</name` stands that ends an element.
    private func endTag(of name: String) -> Int? {
        let tag = Array("</\(name)".utf8)
        var start = position
        while let found = page[start...].firstIndex(of: UInt8(ascii: "<")) {
            let end = found + tag.count
            if end < page.count, page[found..<end].isEqual(to: tag), page[end].endsTagName {
                return found
            }
            start = found + 1
        }
        return nil
    }

    private func has(_ text: StaticString) -> Bool {
        page[position...].prefix(text.utf8CodeUnitCount).isEqual(to: "\(text)")
    }

    private mutating func skip(past ends: [String]) {
        while position < page.count {
            for end in ends where page[position...].prefix(end.utf8.count).isEqual(to: end) {
                position += end.utf8.count
                return
            }
            position += 1
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { self &- 0x61 < 26 }
    fileprivate var isHTMLSpace: Bool { isBlank || self == .lf || self == 0x0C }
    fileprivate var endsTagName: Bool {
        isHTMLSpace || self == .slash || self == UInt8(ascii: ">")
    }
}

extension ArraySlice<UInt8> {
    /// Whether these bytes are a text of small letters, in any case.
    fileprivate func isEqual(to text: String) -> Bool { isEqual(to: Array(text.utf8)) }

    fileprivate func isEqual(to text: [UInt8]) -> Bool {
        count == text.count && zip(self, text).allSatisfy { $0.lowercased == $1 }
    }
}
