// A table of sentences: the English format, and below it, after "= ", the one of the language.
// Values have numbers, so that their order may change: {1}, {2}. A line that begins with a blank
// belongs to the one above it. "\n" is a line break. In: texts of such lines. Out: formats.
// Next: zh-CN/Frame.swift and its neighbours.

/// The sentences of one language.
package struct Translation: Sendable {
    /// By their English formats, as `key` gives them.
    package let formats: [String: String]
    /// English formats that stand in the table more than once.
    package let repeated: [String]

    package static let chinese = Translation(chineseTables)

    package init(_ tables: [String]) {
        var (formats, repeated): ([String: String], [String]) = ([:], [])
        var (english, other, hasOther) = ("", "", false)
        func take() {
            guard hasOther else { return }
            let key = Self.key(english)
            if formats[key] != nil { repeated.append(key) }
            formats[key] = other.replacing("\\n", with: "\n")
            (english, other, hasOther) = ("", "", false)
        }
        for line in tables.flatMap({ $0.split(separator: "\n") }) {
            if line.hasPrefix("= ") {
                other = String(line.dropFirst(2))
                hasOther = true
            } else if line.hasPrefix("  ") {
                // Chinese needs no blank where a line ends.
                if hasOther {
                    other += line.dropFirst(2)
                } else {
                    english += " " + line.dropFirst(2)
                }
            } else {
                take()
                english = String(line)
            }
        }
        take()
        (self.formats, self.repeated) = (formats, repeated)
    }

    /// A format with one blank wherever there are blanks or line breaks.
    package static func key(_ format: String) -> String {
        format.split { $0 == " " || $0.isNewline }.joined(separator: " ")
    }

    /// A format with its values in the places of their numbers.
    static func filled(_ format: String, with values: [String]) -> String {
        var result = ""
        var rest = format[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}"), let number = Int(rest[..<close]),
                number > 0, number <= values.count
            else {
                result += "{"
                continue
            }
            let value = values[number - 1]
            rest = rest[rest.index(after: close)...]
            // The blank stands between Chinese and Latin: a value may be either.
            if value.first?.isHan == true, result.last == " ", result.dropLast().last?.isHan == true
            {
                result.removeLast()
            }
            if value.last?.isHan == true, rest.first == " ", rest.dropFirst().first?.isHan == true {
                rest = rest.dropFirst()
            }
            result += value
        }
        return result + rest
    }
}

extension Character {
    fileprivate var isHan: Bool { ("\u{4E00}"..."\u{9FFF}").contains(self) }
}
