// Tells the browser which scripts of a page are ours: those in the file when it was read, by their
// hashes, and files from this server. Markup that slips in through a message runs nothing.
// In: a page. Out: a field value. Spec: W3C Content Security Policy Level 3; WHATWG HTML §13.2.5.
// Next: MediaType.swift.

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
    private static func hashes(of texts: [ArraySlice<UInt8>]) -> String {
        texts.filter { !$0.isEmpty }.map { text in
            let digest = Base64.encode(SHA256.digest(Array(text)))
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
    private(set) var scripts: [ArraySlice<UInt8>] = []
    private(set) var styles: [ArraySlice<UInt8>] = []
    private let page: [UInt8]
    private var position = 0

    /// Elements whose content is text, whatever it looks like.
    private static let rawText: Set = [
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

    /// Reads what follows a `<`, to the end of the element if its content is text.
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
        let letters = page[position...].prefix { !$0.endsTagName }
        position = letters.endIndex
        skipAttributes()
        let name = String(decoding: letters.map(\.lowercased), as: UTF8.self)
        guard !isEnd, Self.rawText.contains(name) else { return }
        let start = position
        guard let end = endTag(of: name) else {
            position = page.count
            return
        }
        position = end
        if name == "script" { scripts.append(page[start..<end]) }
        if name == "style" { styles.append(page[start..<end]) }
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
        let tag = "</\(name)"
        return page.indices[position...].first { start in
            let end = start + tag.utf8.count
            return page[start] == UInt8(ascii: "<") && end < page.count && page[end].endsTagName
                && has(tag, at: start)
        }
    }

    private mutating func skip(past ends: [String]) {
        while position < page.count {
            if let end = ends.first(where: { has($0) }) {
                position += end.utf8.count
                return
            }
            position += 1
        }
    }

    /// Whether a text of small letters stands at a place, in any case.
    private func has(_ text: String, at place: Int? = nil) -> Bool {
        page[(place ?? position)...].prefix(text.utf8.count)
            .elementsEqual(text.utf8) { $0.lowercased == $1 }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { self &- 0x61 < 26 }
    fileprivate var isHTMLSpace: Bool { isBlank || self == .lf || self == 0x0C }
    fileprivate var endsTagName: Bool {
        isHTMLSpace || self == .slash || self == UInt8(ascii: ">")
    }
}
