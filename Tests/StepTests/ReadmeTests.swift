// What README says about the code is true of the code.

import Foundation
import Grading
import Testing

@Suite("README")
struct ReadmeTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    @Test("the ten stops of \"What happens to text\" exist")
    func stops() throws {
        var count = 0
        for line in try text("README.md").split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, Int(cells[0]) != nil, cells[2].hasPrefix("`Sources/") else {
                continue
            }
            let code = try text(cells[2].replacingOccurrences(of: "`", with: ""))
            let name = cells[3].dropFirst().prefix { $0 != "(" }
            #expect(code.contains("func \(name)"), "\(cells[2]) has no function \(name)")
            count += 1
        }
        #expect(count == 10)
    }

    @Test("README counts the checks")
    func checks() throws {
        #expect(try text("README.md").contains("\(Check.all.count) checks say"))
    }

    @Test("the server of stage 4 in README is the one in Steps")
    func stageFour() throws {
        let code = try text("Steps/4-Broadcast/main.swift")
        let body = try #require(code.range(of: "import Engine")).lowerBound
        #expect(try text("README.md").contains(code[body...]))
    }

    @Test(
        "the package of \"Use it elsewhere\" is the one that the interop tests build",
        arguments: ["Package.swift", "Sources/Elsewhere/main.swift"])
    func elsewhere(path: String) throws {
        let whole = try text("Tests/interop/elsewhere/\(path)")
        // The test has modules of its own, which no reader needs.
        let code = whole.components(separatedBy: "\n// Not in README")[0]
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasSuffix("// not in README") }.joined(separator: "\n")
        #expect(try text("README.md").contains("```swift\n\(code)```\n"))
    }

    @Test("the tests that README's table of features names exist, each with a test in it")
    func features() throws {
        let readme = try text("README.md")
        let start = try #require(readme.range(of: "## Feature by feature")).upperBound
        let end = try #require(readme[start...].range(of: "\n## ")).lowerBound
        var count = 0
        for row in readme[start..<end].split(separator: "\n") where row.hasPrefix("| ") {
            let cells = row.replacingOccurrences(of: "\\|", with: "/").split(separator: "|")
            for name in (cells.last ?? "").split(separator: "`") where name.contains("est") {
                if name.contains("tested") || name == "SocketIOClientTests" { continue }
                let path =
                    name.hasSuffix(".py")
                    ? "Tests/interop/\(name)" : "Tests/EngineTests/\(name).swift"
                let code = try text(path)
                #expect(code.contains("@Test") || code.contains("def test_"), "\(name)")
                count += 1
            }
        }
        #expect(count >= 25)
    }
}
