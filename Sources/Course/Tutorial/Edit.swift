// One change of a file, as the tutorial asks for it. Next: Workspace.swift.

/// A change.
package struct Edit {
    /// The two files that a learner writes.
    package enum File: String, CaseIterable {
        case program = "main.swift"
        case page = "index.html"
    }

    /// Where the text goes. Lines are named by what is in them, without the blanks around it.
    package enum Place: Equatable {
        case all
        case after(String)
        case before(String)
        case instead(of: String, through: String)
    }

    package let file: File
    package let place: Place
    package let text: [String]
    /// The line of the tutorial.
    package let line: Int
    /// The page of the tutorial.
    package var page = "TUTORIAL.md"

    /// `<!-- main.swift: instead of «a» to «b» -->`
    package static func target(
        in line: String, at number: Int
    ) throws(TutorialError) -> (File, Place)? {
        guard line.hasPrefix("<!-- "), line.hasSuffix(" -->") else { return nil }
        let words = line.dropFirst(5).dropLast(4)
        guard let file = File.allCases.first(where: { words.hasPrefix("\($0.rawValue): ") })
        else { return nil }
        let rest = String(words.dropFirst(file.rawValue.count + 2))
        let names = rest.split(separator: "«").dropFirst().compactMap {
            $0.split(separator: "»", omittingEmptySubsequences: false).first.map(String.init)
        }
        switch (rest.prefix { $0 != "«" }.trimming { $0 == " " }, names.first, names.last) {
        case ("all", nil, nil): return (file, .all)
        case ("after", let name?, _): return (file, .after(name))
        case ("before", let name?, _): return (file, .before(name))
        case ("instead of", let first?, let last?):
            return (file, .instead(of: first, through: last))
        default: throw TutorialError(line: number, problem: "where? \(rest)")
        }
    }

    /// The lines of the file after the change.
    func applied(to lines: [String]) throws(TutorialError) -> [String] {
        var result = lines
        switch place {
        case .all: result = text
        case .after(let name): result.insert(contentsOf: text, at: try find(name, lines) + 1)
        case .before(let name): result.insert(contentsOf: text, at: try find(name, lines))
        case .instead(let first, let last):
            let start = try find(first, lines)
            let end = first == last ? start : try find(last, lines, from: start)
            result.replaceSubrange(start...end, with: text)
        }
        return result
    }

    /// The place of the only line with this text; with a start, of the first one from there on.
    private func find(
        _ name: String, _ lines: [String], from start: Int? = nil
    ) throws(TutorialError) -> Int {
        let found = lines.indices.filter {
            $0 >= start ?? 0 && lines[$0].trimming { $0 == " " } == name
        }
        guard let first = found.first, start != nil || found.count == 1 else {
            let count = found.isEmpty ? "no" : "\(found.count)"
            throw TutorialError(
                line: line, problem: "\(count) lines «\(name)» in \(file.rawValue)", page: page)
        }
        return first
    }
}
