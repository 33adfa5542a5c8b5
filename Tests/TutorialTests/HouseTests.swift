// The rules of the house that a program can check: heads of files, sizes, budgets of lines, marks
// of simplifications, names of types. Next: SourceFile.swift, ../../CONTRIBUTING.md.

import Foundation
import Testing

@Suite("The house", .heavy)
nonisolated struct HouseTests {
    private let files: [SourceFile]
    /// Read once for all tests.
    private static let all = Result { try SourceFile.all() }

    init() throws {
        files = try Self.all.get()
    }

    @Test("each Next: in a file's head names a file that exists")
    func next() throws {
        var count = 0
        for file in files {
            guard let names = file.next else { continue }
            count += 1
            #expect(!names.isEmpty, "\(file.path): \"Next:\" names no file")
            for name in names where !exists(name, for: file) {
                Issue.record(
                    """
                    \(file.path): there is no file \(name). Write it as it is seen from the file's \
                    folder, from its module's folder or from the root, or as a name that only one \
                    file has.
                    """)
            }
        }
        #expect(count > 100, "the heads of files are read")
    }

    /// Looks in the file's folder and in each above it, then for the only file with this name.
    private func exists(_ name: String, for file: SourceFile) -> Bool {
        var folder = file.folder
        while folder.path.hasPrefix(Repository.root.path) {
            let url = folder.appending(path: name)
            if FileManager.default.fileExists(atPath: url.path) { return true }
            folder = folder.deletingLastPathComponent()
        }
        return files.count { $0.path.hasSuffix("/\(name)") } == 1
    }

    @Test("no file has more than 250 lines, and no line more than 100 columns")
    func sizes() {
        for file in files where file.path.hasSuffix(".swift") {
            let count = file.lines.count
            #expect(count <= 250, "\(file.path): \(count) lines. Split it by concept.")
            for (index, line) in file.lines.enumerated() where line.utf8.count > 100 {
                #expect(line.count <= 100, "\(file.path):\(index + 1): \(line.count) columns")
            }
        }
    }

    // MARK: - Budgets

    /// The lines that each module of the core may have, without folders called More. Deflate is
    /// not of it: what is in such folders of Engine uses it, and nothing else does.
    private nonisolated static let budgets = [
        ("Wire/Bytes", 410), ("Wire/HTTP", 890), ("Wire/WebSocket", 650),
        ("Wire/EngineIO", 305), ("Wire/SocketIO", 1_555), ("Sockets", 1_220), ("Events", 330),
        ("Engine/HTTP", 650), ("Engine/Program", 395), ("Engine/EngineIO", 1_000),
        ("Engine/SocketIO", 615),
    ]
    private static let wholeBudget = 8_000

    private func size(of module: String) -> Int {
        files.filter { $0.path.hasPrefix("Sources/\(module)/") && !$0.path.contains("/More/") }
            .reduce(0) { $0 + $1.lines.count }
    }

    @Test("a module of the core keeps to its budget of lines", arguments: budgets)
    func budget(module: String, budget: Int) {
        let count = size(of: module)
        #expect(
            count <= budget,
            """
            Growth is a decision: Sources/\(module) has \(count) lines, its budget is \(budget). \
            Take something out, move it into a folder called More, or raise the budget here, with \
            the reason in the commit.
            """)
        #expect(count > budget / 2, "Sources/\(module) is found")
    }

    @Test("the core as a whole keeps to its budget of lines")
    func wholeBudget() {
        let count = Self.budgets.reduce(0) { $0 + size(of: $1.0) }
        #expect(
            count <= Self.wholeBudget,
            """
            Growth is a decision: the core has \(count) lines, its budget is \(Self.wholeBudget). \
            Take something out, move it into a folder called More, or raise the budget here, with \
            the reason in the commit.
            """)
    }

    // MARK: - Hooks

    /// Where the two differ by a type, Swift takes the hook that does nothing, and says nothing.
    @Test("each hook of the core has a method of the same declaration in More")
    func hooks() {
        let isMore = { (file: SourceFile) in file.path.contains("/More/") }
        let sources = files.filter { $0.path.hasPrefix("Sources/") }
        let more = sources.filter(isMore).flatMap(\.lines).map { $0.drop { $0 == " " } }
            .joined(separator: " ").replacing("( ", with: "(").replacing(" )", with: ")")
        var count = 0
        for file in sources where file.path.hasSuffix("Hooks.swift") && !isMore(file) {
            for line in file.lines where line.hasPrefix("    func ") || line.hasPrefix("    var ") {
                guard let end = line.range(of: " {") else { continue }
                let hook = line[..<end.lowerBound].drop { $0 == " " }
                let isReplaced = more.contains(hook)
                #expect(isReplaced, "\(file.path): nothing in More replaces \(hook)")
                count += 1
            }
        }
        #expect(count > 30, "the hooks are read")
    }

    // MARK: - Simplifications

    /// Each simplification has a mark `Simplified:` in its file, and the page names the file.
    @Test("the simplifications in the code are those that the page tells of")
    func simplifications() throws {
        let path = "Documentation/simplifications.md"
        let marked = Set(
            files.filter { file in
                file.path.hasPrefix("Sources/")
                    && file.lines.contains { $0.contains("// Simplified: ") }
            }.map(\.path))
        let told = Set(
            try Repository.text(path).matches(of: /`(Sources\/[^`]+)`/).map { String($0.1) })
        for file in marked.subtracting(told) {
            Issue.record("\(file) has a mark \"Simplified:\", and \(path) does not name the file.")
        }
        for file in told.subtracting(marked) {
            Issue.record("\(path) names \(file), which has no mark \"// Simplified: …\".")
        }
        #expect(marked.count >= 3)
    }

    // MARK: - Names

    /// A module's folder. The mutants are meant to be alike, the Workshop is several programs.
    private static let modules = [
        "Wire/Bytes", "Wire/HTTP", "Wire/WebSocket", "Wire/EngineIO", "Wire/SocketIO",
        "Wire/Deflate", "Wire/WebSocketDeflate", "Wire/RESP", "Wire/MessagePack", "Wire/Tokens",
        "Sockets", "Events", "Engine", "Client", "Adapters/RedisClient",
        "Adapters/RedisEmitter", "Adapters/RedisAdapter", "Course/Tutorial", "Course/Grading",
        "Course/grade", "Course/Tap", "Course/Text", "Course/Runner", "Course/course",
        "Course/Language",
    ]

    @Test("no type is declared at the top level of two modules")
    func typeNames() {
        var places: [String: [String: String]] = [:]
        for module in Self.modules {
            for file in files where file.path.hasPrefix("Sources/\(module)/") {
                for name in file.topLevelTypes { places[name, default: [:]][module] = file.path }
            }
        }
        for (name, files) in places.sorted(by: { $0.key < $1.key }) where files.count > 1 {
            let paths = files.values.sorted().joined(separator: " and ")
            Issue.record("\(name) is declared in \(paths). Rename one of them.")
        }
        #expect(places.count > 200, "the declarations are read")
    }
}
