// The string literals of a Swift file, as the compiler puts them together: parts that are joined by
// "+" are one, and a value is a number in braces. In: source text. Out: formats with what stands in
// front of them. Next: LanguageTests.swift.

/// A literal in a source file.
struct SourceLiteral {
    /// `the field {1} is missing`
    var format: String
    /// The label in front of it: `shape`.
    let label: String
}

/// Reads Swift as far as literals need it.
struct SourceLiterals {
    private let text: [Character]
    private var place = 0
    private(set) var all: [SourceLiteral] = []

    init(_ source: String) {
        text = Array(source)
        code(endsAtBrace: false)
    }

    private func isAt(_ word: String) -> Bool {
        text[place...].starts(with: word)
    }

    /// Reads code, up to the bracket that ends a value in a literal.
    private mutating func code(endsAtBrace: Bool) {
        var depth = 0
        while place < text.count {
            switch text[place] {
            case "/" where isAt("//"):
                while place < text.count, text[place] != "\n" { place += 1 }
            case "/" where isPattern: skipPattern()
            case "#" where isAt("#\"\"\""): skipRaw("\"\"\"#", from: 4)
            case "#" where isAt("#\""): skipRaw("\"#", from: 2)
            case "\"": literals()
            case "(", "[", "{":
                depth += 1
                place += 1
            case ")" where endsAtBrace && depth == 0:
                place += 1
                return
            case ")", "]", "}":
                depth -= 1
                place += 1
            default: place += 1
            }
        }
    }

    /// A regular expression begins behind a bracket, a comma, a colon or an equals sign.
    private var isPattern: Bool {
        guard place + 1 < text.count, ![" ", "/", "*"].contains(text[place + 1]) else {
            return false
        }
        let before = text[..<place].last { $0 != " " && $0 != "\n" }
        return before.map { "(,:=[{".contains($0) } ?? false
    }

    private mutating func skipPattern() {
        var isInSet = false
        place += 1
        while place < text.count, text[place] != "\n" {
            switch text[place] {
            case "\\": place += 1
            case "[": isInSet = true
            case "]": isInSet = false
            case "/" where !isInSet:
                place += 1
                return
            default: break
            }
            place += 1
        }
    }

    private mutating func skipRaw(_ end: String, from start: Int) {
        place += start
        while place < text.count, !isAt(end) { place += 1 }
        place += end.count
    }

    /// One literal, or several that are joined.
    private mutating func literals() {
        let number = all.count
        all.append(SourceLiteral(format: "", label: label))
        var count = 0
        while true {
            all[number].format += literal(&count)
            let end = place
            while place < text.count, text[place].isWhitespace { place += 1 }
            guard isAt("+ \"") else {
                place = end
                return
            }
            place += 2
        }
    }

    /// `look: "…` has the label look.
    private var label: String {
        let before = text[max(0, place - 40)..<place].reversed().drop { $0.isWhitespace }
        guard before.first == ":" else { return "" }
        return String(before.dropFirst().prefix { $0.isLetter }.reversed())
    }

    private mutating func literal(_ count: inout Int) -> String {
        let end = isAt("\"\"\"") ? "\"\"\"" : "\""
        place += end.count
        var format = ""
        while place < text.count, !isAt(end) {
            guard text[place] == "\\" else {
                format.append(text[place])
                place += 1
                continue
            }
            place += 2
            switch text[place - 1] {
            case "(":
                code(endsAtBrace: true)
                count += 1
                format += "{\(count)}"
            case "n", "r": format += "\n"
            case "\n": while text[place] == " " { place += 1 }
            case "u": format += scalar()
            case let character: format.append(character)
            }
        }
        place += end.count
        return format
    }

    /// `{1F642}`
    private mutating func scalar() -> String {
        let digits = text[(place + 1)...].prefix { $0 != "}" }
        place += digits.count + 2
        return UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init).map { "\($0)" } ?? ""
    }
}
