// `--assignment DIR`: a copy of this package to give out. It has the engine, the grader and the
// learner's folder; of the solutions it has digests, and of the tutorial's Swift the signatures.
// Next: ../Runner/StageStart.swift, ../Tutorial/Edit.swift.

import CourseLanguage
import CourseRunner
import CourseTutorial
import EngineBytes
import Foundation

struct AssignmentCommand {
    private let source: URL
    private let target: URL
    private let tutorial: Tutorial

    /// What is left out: the stages, their pages, and what tells of them.
    private static let solutions = [
        "Sources/Course/Mutants", "Sources/Workshop", "Documentation/teachers.md",
        "Documentation/zh-CN/teachers.md",
        "Documentation/pictures", "Documentation/workflows", ".github",
    ]
    private static let kept = [
        "Package.swift", "Sources", "Public", "Documentation", "LICENSE", ".swift-format",
        ".editorconfig", ".gitattributes", ".gitignore", ".devcontainer", ".vscode",
    ]
    /// Targets of what is left out.
    private static let leftOut = """
        .filter { target in
                ![
                    "Step", "Mutants", "Workshop", "ExampleService", "PartBenchmarks",
                    "CAllocations", "TestSupport",
                ].contains { target.name.hasPrefix($0) } && !target.name.hasSuffix("Tests")
            }
        """

    init(_ path: String, of packageFolder: PackageFolder) throws {
        source = packageFolder.root
        target = URL(filePath: path)
        tutorial = try packageFolder.tutorial()
    }

    func run() throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: target.path) else {
            fail("\(target.path) exists: the copy needs a new folder", hasUsage: false)
        }
        try manager.createDirectory(at: target, withIntermediateDirectories: true)
        for name in Self.kept where manager.fileExists(atPath: source.appending(path: name).path) {
            try manager.copyItem(
                at: source.appending(path: name), to: target.appending(path: name))
        }
        for name in Self.solutions { try? manager.removeItem(at: target.appending(path: name)) }
        let digests = try removeStages()
        try write(digests, as: "SOLUTIONS.sha256")
        try rewrite("Package.swift") { text in
            text.replacing(/\ {4}targets: (.+),\n/) {
                "    targets: (\($0.output.1))\(Self.leftOut),\n"
            }
        }
        let names = try manager.contentsOfDirectory(atPath: source.path)
        for name in names where name.hasPrefix("TUTORIAL") {
            try manager.copyItem(
                at: source.appending(path: name), to: target.appending(path: name))
            try rewrite(name) { Self.withoutSolutions($0) }
        }
        try write(Self.readme, as: "README.md")
        try writeMyChat()
        let workflow = source.appending(path: "Documentation/workflows/student.yml")
        try write(String(contentsOf: workflow, encoding: .utf8), as: ".github/workflows/grade.yml")
        say("The assignment is in \(target.path). Its solutions are here only.")
        say("In .github/workflows/grade.yml, write your repository and a commit of it.")
    }

    // MARK: - The files

    /// Removes the pages of finished stages; returns digests of all that is left out of stages.
    private func removeStages() throws -> String {
        let manager = FileManager.default
        var lines: [String] = []
        for folder in ["Steps", "Public"] {
            let names = try manager.contentsOfDirectory(
                atPath: source.appending(path: folder).path)
            for name in names.sorted() where name.lowercased().contains(/^(step)?[0-9]+(-|$)/) {
                try? manager.removeItem(at: target.appending(path: "\(folder)/\(name)"))
                let file = folder == "Steps" ? "main.swift" : "index.html"
                let path = "\(folder)/\(name)/\(file)"
                if let data = try? Data(contentsOf: source.appending(path: path)) {
                    lines.append("\(Self.digest(data))  \(path)")
                }
            }
            let own = target.appending(path: "\(folder)/mychat")
            try? manager.removeItem(at: own)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func digest(_ data: Data) -> String {
        SHA256.digest(Array(data)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    /// MyChat as it is at the beginning, whatever this clone's is now.
    private func writeMyChat() throws {
        let workspace = try Workspace(tutorial, after: 0)
        try write(
            workspace.marked(.program, for: 1, of: tutorial), as: "Steps/MyChat/main.swift")
    }

    private func write(_ text: String, as name: String) throws {
        let file = target.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func rewrite(_ name: String, _ change: (String) -> String) throws {
        let file = target.appending(path: name)
        try write(change(String(contentsOf: file, encoding: .utf8)), as: name)
    }

    private static let readme = """
        # A chat, in eight stages, and more

        You write `Steps/MyChat/main.swift` and `Public/mychat/index.html`. `TUTORIAL.md` says what
        each stage has to do, and shows the signatures of what you write.

        ```
        swift run grade            # how far your chat is, and what to look at next
        swift run grade --watch    # again at every save
        ```

        Hand in the two folders. The digests in `SOLUTIONS.sha256` are those of the finished stages.

        """
}
