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

    /// A stop of a walk through the sources: a row of a table in README.
    private struct Stop: CustomStringConvertible {
        let file: String
        /// Functions of the file, each called by the one before it: `receive() › handle(_:)`; or
        /// `a closure of on(_:_:)`, which is called by nothing that can be read in the code.
        let functions: [String]
        /// How the last one goes on to the next stop, as the code says it. Empty: it does not; the
        /// next stop begins with what the client does next.
        let call: String

        var description: String { "\(file), \(functions.joined(separator: " › "))" }
        var isClosure: Bool { functions[0].hasPrefix("a closure of ") }
        var names: [Substring] { functions.map(Self.name) }
        /// What the call calls.
        var calledName: Substring { Self.name(call) }

        /// `a.b(c)` calls `b`; `a closure of b(_:)` is in `b`.
        private static func name(_ text: String) -> Substring {
            text.prefix { $0 != "(" }.split { ". ".contains($0) }.last ?? ""
        }
    }

    /// The walks of README, by the heading above each.
    private func walks() throws -> [(title: Substring, stops: [Stop])] {
        var walks: [(title: Substring, stops: [Stop])] = []
        for line in try text("README.md").split(separator: "\n") {
            if line.hasPrefix("### ") { walks.append((line.dropFirst(4), [])) }
            let cells = line.split(separator: "|").map { cell in
                cell.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
            }
            guard cells.count == 5, Int(cells[0]) != nil, cells[2].hasPrefix("Sources/") else {
                continue
            }
            let functions = cells[3].components(separatedBy: " › ")
            let stop = Stop(file: cells[2], functions: functions, call: cells[4])
            walks[walks.count - 1].stops.append(stop)
            #expect(Int(cells[0]) == walks[walks.count - 1].stops.count, "\(line)")
        }
        return walks.filter { !$0.stops.isEmpty }
    }

    /// `on(_:_:)` has the labels `_` and `_`.
    private static func labels(_ function: String) -> [Substring] {
        let list = function.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        return list.split(separator: ":")
    }

    /// The labels of the parameters in a declaration: all up to its body, behind its name.
    private static func declaredLabels(_ declaration: Substring) -> [Substring] {
        var depth = 0
        var isLabel = false
        var labels: [Substring] = []
        let list = declaration.replacing("->", with: "").drop { $0 != "(" }
        for (index, character) in zip(list.indices, list) {
            if "(<[".contains(character) { depth += 1 }
            if ")>]".contains(character) { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, character == "(" || character == "," {
                isLabel = true
            } else if isLabel, character != " ", character != "\n" {
                labels.append(list[index...].prefix { $0.isLetter || $0 == "_" })
                isLabel = false
            }
        }
        return labels
    }

    /// The bodies of all functions with this name and these labels in a file.
    private func bodies(of name: Substring, labels: [Substring], in code: String) -> [Substring] {
        let head = name == "init" ? "init(" : "func \(name)"
        var bodies: [Substring] = []
        var rest = code[...]
        while let found = rest.range(of: head) {
            rest = rest[found.upperBound...]
            guard let next = rest.first, !next.isLetter, !next.isNumber,
                let start = rest.firstIndex(of: "{"),
                Self.declaredLabels((name == "init" ? "(" : "") + rest[..<start]) == labels
            else { continue }
            var depth = 0
            let end = rest[start...].firstIndex { character in
                depth += character == "{" ? 1 : character == "}" ? -1 : 0
                return depth == 0
            }
            bodies.append(rest[start..<(end ?? rest.endIndex)])
        }
        return bodies
    }

    @Test("each stop of README's walks is a function that calls the next one")
    func walkTheSources() throws {
        let walks = try walks()
        for (title, stops) in walks {
            for stop in stops {
                let code = try text(stop.file)
                let calls = stop.names.dropFirst().map(String.init) + [stop.call]
                for (function, (name, call)) in zip(stop.functions, zip(stop.names, calls)) {
                    let bodies = bodies(of: name, labels: Self.labels(function), in: code)
                    #expect(!bodies.isEmpty, "\(title): there is no function \(name) in \(stop)")
                    // `send(…)`, or `send { … }`.
                    let forms = call.contains("(") ? [call] : ["\(call)(", "\(call) {"]
                    let isCalled =
                        call.isEmpty
                        || bodies.contains { body in forms.contains { body.contains($0) } }
                    #expect(isCalled, "\(title): \(name) in \(stop) does not call \(call)")
                }
            }
            for (stop, next) in zip(stops, stops.dropFirst())
            where !stop.call.isEmpty && !stop.isClosure && !next.isClosure {
                #expect(stop.calledName == next.names[0], "\(title): \(stop), and then \(next)")
            }
        }
        #expect(walks.map(\.stops.count).filter { $0 >= 5 }.count == 4)
    }

    @Test("README.zh-CN.md walks the same way")
    func walkInChinese() throws {
        func code(_ path: String) throws -> [String] {
            try text(path).split(separator: "\n").filter { $0.contains("| `Sources/") }
                .filter { $0.dropFirst(2).first?.isNumber == true && $0.contains(".swift`") }
                .map { $0.components(separatedBy: " | ").dropFirst(2).joined(separator: " | ") }
        }
        #expect(try code("README.zh-CN.md") == code("README.md"))
        #expect(try code("README.md").count > 40)
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
                let folder = name.hasPrefix("RedisTests/") ? "Tests" : "Tests/EngineTests"
                let path =
                    name.hasSuffix(".py") ? "Tests/interop/\(name)" : "\(folder)/\(name).swift"
                let code = try text(path)
                #expect(code.contains("@Test") || code.contains("def test_"), "\(name)")
                count += 1
            }
        }
        #expect(count >= 25)
    }
}
