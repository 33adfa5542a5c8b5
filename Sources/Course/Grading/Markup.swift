// A page of HTML as far as checks look at it: what is in a comment does not count.
// In: the text of a page. Out: whether it has elements, and whether it names something.
// Next: Checks/Stage1Checks.swift, PageNotes.swift.

nonisolated struct Markup {
    /// The page without comments.
    let text: String

    init(_ page: String) {
        text =
            page
            .replacing(/<!--.*?(?:-->|$)/.dotMatchesNewlines(), with: "")
            .replacing(/\/\*.*?\*\//.dotMatchesNewlines(), with: "")
            // Not the two strokes of an address.
            .replacing(/(?m)(^|[\s;{}(),])\/\/[^\n]*/) { "\($0.output.1)" }
    }

    /// Whether there is an element besides the document type.
    var hasElements: Bool { text.contains(/<[A-Za-z]/) }

    func contains(_ part: String) -> Bool { text.contains(part) }

    /// Whether a script or a text in quotes names an event.
    func names(_ event: String) -> Bool {
        ["\"", "'", "`"].contains { text.contains("\($0)\(event)\($0)") }
    }
}
