// The package that this command belongs to: the folders of MyChat and of the built programs.
// Next: Build.swift.

import EngineBytes
import Course
import Foundation
import Grading

struct PackageFolder {
    let root: URL
    /// Where it is built: `.build`.
    let scratch: URL
    /// `debug`, or `release`.
    let configuration: String

    /// The folder with the programs.
    var products: URL { scratch.appending(path: configuration) }

    /// A command that was built in this package builds MyChat in the same folder.
    private init(root: URL, program: URL) {
        let products = program.deletingLastPathComponent()
        let isOwn = program.path.hasPrefix(root.resolvingSymlinksInPath().path + "/")
        self.root = root
        configuration = isOwn ? products.lastPathComponent : "debug"
        scratch =
            isOwn
            ? products.deletingLastPathComponent().deletingLastPathComponent()
            : root.appending(path: ".build")
    }

    /// Looks from the working directory upwards, then from the program itself.
    static func find() -> PackageFolder? {
        let program = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0]))
            .resolvingSymlinksInPath()
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        for start in [here, program] {
            var folder = start
            while folder.path != "/" {
                let marks = ["Package.swift", "Steps/MyChat", "Public"]
                if marks.allSatisfy({
                    FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
                }) {
                    return PackageFolder(root: folder, program: program)
                }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }

    /// A file of MyChat.
    func file(_ file: Edit.File) -> URL {
        switch file {
        case .program: root.appending(path: "Steps/MyChat/main.swift")
        case .page: root.appending(path: "Public/mychat/index.html")
        }
    }

    /// What is in MyChat's files now.
    func contents() -> [Data?] { Edit.File.allCases.map { try? Data(contentsOf: file($0)) } }

    func tutorial() throws -> Tutorial {
        try Tutorial(String(contentsOf: root.appending(path: "TUTORIAL.md"), encoding: .utf8))
    }

    // MARK: - Digests

    /// 16 hexadecimal digits of a hash of some files.
    static func digest(_ files: [URL]) -> String? {
        var all: [UInt8] = []
        for file in files {
            guard let data = try? Data(contentsOf: file) else { return nil }
            all += file.lastPathComponent.utf8 + [0] + data + [0]
        }
        return SHA256.digest(all).prefix(8).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0\(text)" : text
        }.joined()
    }

    /// The digests of the checks, of the course, and of what is graded.
    func provenance(_ submission: [URL]) -> Provenance {
        let folder = root.appending(path: "Sources/Course/Grading")
        let checks = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let sources = (checks?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
        let progress = LearnerProgress.load(self)
        return Provenance(
            grader: Self.digest(sources.sorted { $0.path < $1.path }),
            course: Self.digest([root.appending(path: "TUTORIAL.md")]),
            submission: Self.digest(submission), hints: progress.hints, start: progress.start)
    }
}
