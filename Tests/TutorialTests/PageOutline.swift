// A page of text in places, each with what has to be the same in each language: code, checks,
// links, folds, tables, pictures, anchors. In: a page. Out: places. Next: PairTests.swift.

import CourseTutorial
import Foundation

/// What a page has that does not depend on its language.
nonisolated struct PageOutline {
    /// From a heading or a numbered step to the next one.
    struct Place {
        /// `##`, `## stage 5`, `step 3`.
        let kind: String
        /// For a person: `stage 5, step 3`.
        let name: String
        let line: Int
        /// What is there, by kinds.
        var parts: [String: [String]] = [:]
    }

    let path: String
    private(set) var places: [Place]
    private var stage = 0
    private var origin = ""
    private var block: [String]?

    init(_ text: String, of path: String) {
        self.path = path
        places = [Place(kind: "", name: "the beginning", line: 1)]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() { take(line, index + 1) }
    }

    /// The kinds, in the order in which they are compared.
    static let kinds = [
        "code", "a check's number", "a link", "a fold", "a table's row", "a picture", "an anchor",
    ]

    private mutating func take(_ line: String, _ number: Int) {
        if let lines = block {
            guard line == "```" else {
                block?.append(line)
                return
            }
            add("code", code(lines).joined(separator: "\n"))
            (block, origin) = (nil, "")
        } else if line.hasPrefix("```") {
            block = [line]
        } else if line.hasPrefix("<!--") {
            origin = line
        } else {
            begin(line, number)
            takeWords(of: line)
            origin = ""
        }
    }

    /// A heading or a step begins a place.
    private mutating func begin(_ line: String, _ number: Int) {
        let level = line.prefix { $0 == "#" }
        if !level.isEmpty, line.dropFirst(level.count).first == " " {
            let found = Tutorial.stage(in: line)
            if level.count <= 2 { stage = found ?? 0 }
            let kind = found.map { "\(level) stage \($0)" } ?? "\(level)"
            let title = line.dropFirst(level.count + 1)
            let name = found.map { "stage \($0)" } ?? chapter + "“\(title)”"
            places.append(Place(kind: kind, name: name, line: number))
        } else if let (step, _) = Tutorial.step(in: line) {
            places.append(
                Place(kind: "step \(step)", name: "\(chapter)step \(step)", line: number))
        }
    }

    private var chapter: String { stage == 0 ? "" : "stage \(stage), " }

    private mutating func add(_ kind: String, _ part: some StringProtocol) {
        places[places.count - 1].parts[kind, default: []].append(String(part))
    }

    // MARK: - Code

    /// A block with its origin. Notes beside a first request, and comments of commands, are prose.
    private func code(_ lines: [String]) -> [String] {
        let isCommand = lines.first == "```"
        let kept = lines.map { line in
            if origin.hasPrefix("<!-- http: ") {
                return line.firstRange(of: "   ").map { String(line[..<$0.lowerBound]) } ?? line
            }
            return isCommand ? line.replacing(/(^|\s+)#(\s.*)?$/, with: "") : line
        }
        return [origin] + kept
    }

    // MARK: - Words

    private mutating func takeWords(of text: String) {
        for match in text.matches(of: /\d+(?:\.\d+)+/) where match.output.count <= 5 {
            add("a check's number", match.output)
        }
        let line = text.replacing(/`[^`]*`/, with: "`")
        for match in line.matches(of: /\]\(([^)\s]+)\)/) { takeLink(String(match.output.1)) }
        for match in line.matches(of: /(?:src|srcset)="([^"]+)"/) {
            add("a picture", Self.resolved(String(match.output.1), from: path))
        }
        for match in line.matches(of: /<a id="([^"]+)">/) { add("an anchor", match.output.1) }
        if line.contains("<details>") { add("a fold", "<details>") }
        if line.hasPrefix("|") {
            // The glossary has a column more: the word in English.
            let isGlossary = path.hasSuffix("/glossary.md")
            let cells = line.replacing("\\|", with: "").count { $0 == "|" } - 1
            add("a table's row", isGlossary ? "a row" : "\(cells) cells")
        }
    }

    /// A link by the English page that it leads to. The one to the other language is not compared.
    private mutating func takeLink(_ target: String) {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        guard !target.hasPrefix("http"), let file = parts.first, !file.isEmpty else {
            return add("a link", target)
        }
        let found = Self.resolved(String(file), from: path)
        let original = TextLanguage.original(of: found)
        if original == TextLanguage.original(of: path), found != path { return }
        let place = parts.count == 2 ? "#\(parts[1])" : ""
        add("a link", original + place)
    }

    /// A path as it is seen from the package's folder.
    static func resolved(_ target: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast()
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    // MARK: - Comparing

    /// The first differences from an English page, each with its place; none: the two are a pair.
    func differences(from english: PageOutline) -> [String] {
        for (index, place) in english.places.enumerated() {
            let mine = index < places.count ? places[index] : nil
            guard mine?.kind != place.kind else { continue }
            let there = mine.map { "there is \($0.name), line \($0.line)" } ?? "the page ends"
            return [
                """
                \(path): where \(english.path) has \(place.name) (“\(place.kind)”, line \
                \(place.line)), \(there)
                """
            ]
        }
        if places.count > english.places.count {
            let place = places[english.places.count]
            return ["\(path), \(place.name), line \(place.line): \(english.path) has no such place"]
        }
        return zip(places, english.places).flatMap { mine, its in
            Self.kinds.compactMap { difference(of: $0, mine, its) }
        }
    }

    private func difference(of kind: String, _ mine: Place, _ its: Place) -> String? {
        // The order of code has a meaning; that of words depends on the language.
        let isInOrder = kind == "code"
        func parts(_ place: Place) -> [String] {
            isInOrder ? place.parts[kind] ?? [] : (place.parts[kind] ?? []).sorted()
        }
        var missing = parts(its)
        var more: [String] = []
        for part in parts(mine) {
            if let index = missing.firstIndex(of: part) {
                missing.remove(at: index)
            } else {
                more.append(part)
            }
        }
        let isAnchor = kind == "an anchor"  // a heading of another language needs its own
        let isMoved = isInOrder && parts(mine) != parts(its)
        guard !missing.isEmpty || !more.isEmpty && !isAnchor || isMoved else { return nil }
        let words = [("missing", missing), ("too much", more)].filter { !$0.1.isEmpty }
            .map { "\($0): \($1.joined(separator: "; "))" }
        return """
            \(path), \(mine.name), line \(mine.line): \(kind): \
            \(words.isEmpty ? "in another order" : words.joined(separator: "; "))
            """
    }
}
