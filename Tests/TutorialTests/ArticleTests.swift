// The articles in the .docc folders: their code is code that the tests compile, and each link has a
// target. (.ci/docs runs docc itself, which not every machine has.)
// Next: ../EngineTests/Docs/EngineExamples.swift, ../EngineTests/Docs/ServerExamples.swift.

import Foundation
import Testing

/// The articles of one module.
private nonisolated struct Catalog: CustomStringConvertible, Sendable {
    let module: String
    let folder: String
    /// Where the code of the articles stands.
    let examples: [String]

    var description: String { module }

    static let all = [
        Catalog(
            module: "Engine", folder: "Sources/Engine/Engine.docc",
            examples: [
                "Tests/EngineTests/Docs/EngineExamples.swift",
                "Tests/EngineTests/Docs/ServerExamples.swift",
            ]),
        Catalog(
            module: "SocketIOClient", folder: "Sources/Client/SocketIOClient.docc",
            examples: ["Tests/SocketIOClientTests/ClientExamples.swift"]),
    ]

    func articles() throws -> [Article] {
        let folder = Repository.root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") }.sorted()
            .map { name in
                Article(
                    name: String(name.dropLast(3)), path: "\(self.folder)/\(name)",
                    lines: try lines(of: "\(self.folder)/\(name)"))
            }
    }
}

private nonisolated struct Article {
    /// As links call it.
    let name: String
    let path: String
    let lines: [String]

    /// Whether it is the page that a module begins with.
    var isLandingPage: Bool { lines.first?.hasPrefix("# ``") == true }

    /// The blocks of Swift, each with the number of its first line.
    var blocks: [(line: Int, code: [String])] {
        var found: [(line: Int, code: [String])] = []
        var isOpen = false
        for (index, line) in lines.enumerated() {
            if isOpen, line == "```" {
                isOpen = false
            } else if isOpen {
                found[found.count - 1].code.append(line)
            } else if line == "```swift" {
                isOpen = true
                found.append((index + 2, []))
            }
        }
        return found
    }

    /// The names in `<doc:Rooms>`, each with its line.
    var links: [(line: Int, name: String)] {
        lines.enumerated().flatMap { index, line in
            line.matches(of: /<doc:([^>#]+)[^>]*>/).map { (index + 1, String($0.1)) }
        }
    }
}

private nonisolated func lines(of path: String) throws -> [String] {
    try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
}

/// How many of a block's lines stand in a file, one below the other and equally indented; of all
/// places the one with most. `next` is the number of the file's line where they part.
private func longestMatch(of block: [String], in file: [String]) -> (count: Int, next: Int) {
    guard let first = block.first else { return (0, 0) }
    var best = (count: 0, next: 0)
    for start in file.indices where file[start].hasSuffix(first) {
        let indentation = file[start].dropLast(first.count)
        guard indentation.allSatisfy({ $0 == " " }) else { continue }
        let pairs = zip(block, file[start...])
        let count = pairs.prefix { $0.isEmpty ? $1.isEmpty : $1 == indentation + $0 }.count
        if count > best.count { best = (count, start + count + 1) }
    }
    return best
}

@Suite("The articles")
struct ArticleTests {
    @Test("the articles' code is code that is compiled", arguments: Catalog.all)
    private func code(catalog: Catalog) throws {
        let files = try catalog.examples.map { (path: $0, lines: try lines(of: $0)) }
        var count = 0
        for article in try catalog.articles() {
            for (line, code) in article.blocks {
                count += 1
                let matches = files.map {
                    (path: $0.path, match: longestMatch(of: code, in: $0.lines))
                }
                let best = try #require(matches.max { $0.match.count < $1.match.count })
                let match = best.match
                guard match.count < code.count || code.isEmpty else { continue }
                let place =
                    match.count == 0
                    ? "its first line is in none of them"
                    : "line \(line + match.count) is not line \(match.next) of \(best.path)"
                Issue.record(
                    """
                    \(article.path):\(line): this block is not in \
                    \(catalog.examples.joined(separator: " or ")), where it would be compiled: \
                    \(place). Write the block into a function of such a file, line by line, or \
                    mend the article.
                    """)
            }
        }
        #expect(count >= 10, "the blocks of \(catalog.folder) begin with ```swift")
    }

    @Test("every article is linked from its landing page, and no link leads nowhere")
    func links() throws {
        for catalog in Catalog.all {
            let articles = try catalog.articles()
            let names = Set(articles.map(\.name))
            for article in articles {
                for (line, name) in article.links where !names.contains(name) {
                    Issue.record(
                        """
                        \(article.path):\(line): there is no article \(name).md in \
                        \(catalog.folder). Write it, or mend the link.
                        """)
                }
            }
            let first = articles.first { $0.isLandingPage }
            let landing = try #require(
                first, "one page of \(catalog.folder) has to begin with # ``\(catalog.module)``")
            let linked = Set(landing.links.map(\.name))
            for article in articles where !article.isLandingPage && !linked.contains(article.name) {
                Issue.record(
                    """
                    \(article.path): no page links to it. Add - <doc:\(article.name)> to the \
                    Topics of \(landing.path).
                    """)
            }
        }
    }

    @Test("every article has a title and, below it, a sentence that says what it is good for")
    func beginnings() throws {
        for article in try Catalog.all.flatMap({ try $0.articles() }) {
            #expect(article.lines.first?.hasPrefix("# ") == true, "\(article.path)")
            let sentence = article.lines.dropFirst().prefix { !$0.hasPrefix("#") }.first {
                !$0.isEmpty
            }
            #expect(sentence?.first?.isLetter == true, "\(article.path) begins with no sentence")
        }
    }

    @Test("every .docc folder is known to these tests")
    func catalogs() throws {
        let sources = Repository.root.appending(path: "Sources")
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let found = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "docc" }
        let names = Set(found.map { $0.deletingPathExtension().lastPathComponent })
        #expect(names == Set(Catalog.all.map(\.module)))
    }
}
