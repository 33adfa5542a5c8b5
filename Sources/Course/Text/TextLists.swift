// Lists, inside of each other too, and questions numbered in one line: "1. … 2. … 3. …".
// Next: TextMarkup.swift.

import CourseTutorial

/// The mark at the beginning of an item: `- `, or `2. `.
struct TextListMarker {
    let isOrdered: Bool
    /// The columns before the mark, and before the item's text.
    let indent: Int
    let width: Int

    init?(_ line: String) {
        guard let match = line.prefixMatch(of: /( *)([-*]|\d{1,3}\.)( +)(?=[^ ])/) else {
            return nil
        }
        isOrdered = match.output.2.last == "."
        indent = match.output.1.count
        width = match.output.0.count
    }
}

extension TextReader {
    /// The list that begins in the next line.
    mutating func list(_ rest: inout ArraySlice<String>) -> TextBlock {
        var items: [[TextBlock]] = []
        var isOrdered = false
        var indent = 0
        while let line = rest.first, let marker = TextListMarker(line) {
            if items.isEmpty { (isOrdered, indent) = (marker.isOrdered, marker.indent) }
            guard marker.isOrdered == isOrdered, marker.indent == indent else { break }
            items.append(read(Self.takeItem(&rest, width: marker.width)[...]))
        }
        if isOrdered, items.count == 1, case .paragraph(let text, _)? = items[0].first,
            items[0].count == 1, let questions = Self.numbered("1. " + text)
        {
            items = questions.map { [.paragraph($0, id: nil)] }
        }
        return .list(isOrdered: isOrdered, items: items)
    }

    /// The lines of an item, without what stands before its text.
    private static func takeItem(_ rest: inout ArraySlice<String>, width: Int) -> [String] {
        var lines = [String(rest.removeFirst().dropFirst(width))]
        while let line = rest.first {
            let isInside = line.prefix { $0 == " " }.count >= width
            let isLazy = !line.isBlank && lines.last?.isBlank == false && !interrupts(line)
            let next = rest.dropFirst().first { !$0.isBlank } ?? ""
            let isBetween = line.isBlank && next.prefix { $0 == " " }.count >= width
            guard isInside || isLazy || isBetween else { break }
            lines.append(isInside ? String(line.dropFirst(width)) : line.trimming { $0 == " " })
            rest.removeFirst()
        }
        // Blank lines at the end, before the next item.
        while rest.first?.isBlank == true, let next = rest.first(where: { !$0.isBlank }),
            TextListMarker(next) != nil
        {
            rest.removeFirst()
        }
        return lines
    }

    /// "1. Who? 2. What?" in parts; nil: the text is not numbered.
    static func numbered(_ text: String) -> [String]? {
        guard text.hasPrefix("1. ") else { return nil }
        var rest = text.replacing("\n", with: " ").dropFirst(3)
        var parts: [String] = []
        while let range = rest.firstRange(of: " \(parts.count + 2). "),
            let last = rest[..<range.lowerBound].last, TextLanguage.ends.contains(last)
        {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts.isEmpty ? nil : parts + [String(rest)]
    }
}
