// The public names of a module, read out of its sources: `Socket.on(_:_:)`, `Refusal.host`.
// In: files. Out: a sorted list. Next: PublicAPITests.swift.

import Foundation

/// Reads the public declarations of a file. It knows as much of Swift as this package's own style
/// needs: a declaration begins its line, and a type's body is indented.
nonisolated struct PublicNames {
    private(set) var names: Set<String> = []
    /// The types around the current line, each with how far its body is indented.
    private var types: [(name: String, indent: Int, kind: String, isPublic: Bool)] = []

    init(_ lines: [Substring]) {
        for (index, line) in lines.enumerated() { read(line, lines[index...]) }
    }

    private mutating func read(_ line: Substring, _ rest: ArraySlice<Substring>) {
        let text = line.drop { $0 == " " }
        let indent = line.count - text.count
        guard !text.isEmpty, !text.hasPrefix("//"), !text.hasPrefix("#") else { return }
        if text.first == "}" { return types.removeAll { $0.indent > indent } }
        types.removeAll { $0.indent > indent }
        let declaration = withoutAttributes(text)
        guard let word = declaration.firstMatch(of: keyword) else { return }
        let kind = String(word.kind)
        let isRequired = types.last.map { $0.isPublic && $0.kind == "protocol" } == true
        let isPublic = text.contains(/(^|\s)public\s/) || isRequired
        let after = declaration[word.range.upperBound...].drop { $0 == " " }
        let opens = text.last == "{" || rest.dropFirst().prefix(8).contains { $0.hasSuffix(" {") }
        switch kind {
        case "struct", "class", "enum", "protocol", "extension", "actor":
            let name = String(after.prefix { $0.isLetter || $0.isNumber || "._".contains($0) })
            let path =
                kind == "extension" ? name : (types.map(\.name) + [name]).joined(separator: ".")
            if isPublic, kind != "extension" { names.insert(path) }
            guard opens else { return }
            types.append((name, indent + 1, kind, isPublic))
        case "case":
            guard let type = types.last, type.isPublic, type.kind == "enum",
                indent == type.indent + 3
            else { return }
            for name in after.split(separator: ",") {
                let name = name.drop { $0 == " " }.prefix {
                    $0.isLetter || $0.isNumber || $0 == "`"
                }
                if name.first?.isLowercase == true { add(String(name)) }
            }
        case "func", "init", "subscript":
            guard isPublic else { return }
            let name = kind == "func" ? String(after.prefix { !"(<".contains($0) }) : kind
            add("\(name)(\(Self.labels(rest.joined(separator: " ")).map { "\($0):" }.joined()))")
        default:
            guard isPublic else { return }
            let name = after.prefix { $0.isLetter || $0.isNumber || "_`".contains($0) }
            if !name.isEmpty { add(String(name)) }
        }
    }

    private mutating func add(_ name: String) {
        names.insert((types.map(\.name) + [name]).joined(separator: "."))
    }

    private let keyword =
        #/
        \b (?<kind> struct | class | enum | protocol | extension | actor | func | init | subscript
            | var | let | typealias | case ) \b
        /#

    /// What decides, without `public static nonisolated` and the like in front of it.
    private func withoutAttributes(_ text: Substring) -> Substring {
        var rest = text
        while let word = rest.prefixMatch(
            of:
                #/
                ( public | static | nonisolated | final | mutating | convenience | indirect
                | \w+ \( set \) | @\w+ ( \( [^)]* \) )? ) \s+
                /#)
        {
            rest = rest[word.range.upperBound...]
        }
        // Anything else in front is no declaration.
        guard let keyword = rest.prefixMatch(of: keyword) else { return "" }
        // `init(…)` has its keyword for a name.
        return keyword.range.isEmpty ? "" : rest
    }

    /// The labels of the parameters behind a declaration's name.
    private static func labels(_ declaration: String) -> [String] {
        var (depth, isLabel) = (0, false)
        var labels: [String] = []
        var inGenerics = 0
        for index in declaration.indices {
            let character = declaration[index]
            if depth == 0 {
                if character == "<" { inGenerics += 1 }
                if character == ">" { inGenerics -= 1 }
                if character != "(" || inGenerics > 0 { continue }
            }
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, character == "(" || character == "," {
                isLabel = true
            } else if isLabel, character != " " {
                let label = declaration[index...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                if !label.isEmpty { labels.append(String(label)) }
                isLabel = false
            }
        }
        return labels
    }
}
