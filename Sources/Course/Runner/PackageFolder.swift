// The package that this command belongs to: the folders of MyChat and of the built programs.
// Next: Build.swift.

import EngineBytes
import CourseTutorial
import Foundation
import Grading

package struct PackageFolder {
    package let root: URL
    /// Where it is built: `.build`.
    package let scratch: URL
    /// `debug`, or `release`.
    package let configuration: String

    /// The folder with the programs.
    package var products: URL { scratch.appending(path: configuration) }

    /// A command that was built in this package builds MyChat in the same folder.
    package init(root: URL, program: URL) {
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
    package static func find() -> PackageFolder? {
        PackageSearch.folder(with: ["Package.swift", "Steps/MyChat", "Public"]).map {
            PackageFolder(root: $0, program: PackageSearch.program)
        }
    }

    /// A file of MyChat.
    package func file(_ file: Edit.File) -> URL {
        switch file {
        case .program: root.appending(path: "Steps/MyChat/main.swift")
        case .page: root.appending(path: "Public/mychat/index.html")
        }
    }

    /// The text of a file of a finished stage; nil: it is not here.
    package func finished(_ file: Edit.File, _ stage: Int) -> String? {
        let steps = try? FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Steps"), includingPropertiesForKeys: nil)
        let folder =
            file == .page
            ? root.appending(path: "Public/step\(stage)")
            : steps?.first { $0.lastPathComponent.hasPrefix("\(stage)-") }
        return folder.flatMap {
            try? String(contentsOf: $0.appending(path: file.rawValue), encoding: .utf8)
        }
    }

    /// MyChat's two files.
    package var files: [URL] { Edit.File.allCases.map { file($0) } }

    /// The pages of the course that are here.
    private var tutorialPages: [String] {
        Tutorial.pages.filter {
            $0 == Tutorial.pages[0]
                || FileManager.default.fileExists(atPath: root.appending(path: $0).path)
        }
    }

    package func tutorial() throws -> Tutorial {
        try Tutorial(
            pages: tutorialPages.map { page in
                (page, try String(contentsOf: root.appending(path: page), encoding: .utf8))
            })
    }

    // MARK: - Digests

    /// 16 hexadecimal digits of a hash of some files.
    package static func digest(_ files: [URL]) -> String? {
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

    /// The digests of all that judges, of the course, and of what is graded.
    package func provenance(_ submission: [URL], progress: LearnerProgress) -> Provenance {
        Provenance(
            grader: judges, course: Self.digest(tutorialPages.map { root.appending(path: $0) }),
            submission: Self.digest(submission), hints: progress.hints, start: progress.start)
    }

    /// Checks, grader, and the engine that is under each submission.
    private var judges: String? {
        let names = ["Grading", "Runner", "Tutorial", "grade"].map { "Course/\($0)" }
        let folders = (names + ["Engine", "Events", "Sockets", "Wire"]).map {
            root.appending(path: "Sources/\($0)")
        }
        let files = folders.flatMap { folder in
            let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            return (found?.allObjects as? [URL] ?? []).filter {
                ["swift", "c", "h"].contains($0.pathExtension)
            }
        }
        return Self.digest(
            files.sorted { $0.path < $1.path } + [root.appending(path: "Package.swift")])
    }

    /// The programs that the course itself shows: after each step, and finished.
    package func courseTexts() -> [String] {
        let steps =
            (try? FileManager.default.contentsOfDirectory(
                at: root.appending(path: "Steps"), includingPropertiesForKeys: nil)) ?? []
        let finished = steps.filter { !$0.lastPathComponent.hasPrefix("MyChat") }
            .compactMap {
                try? String(contentsOf: $0.appending(path: "main.swift"), encoding: .utf8)
            }
        guard let tutorial = try? tutorial() else { return finished }
        return finished
            + tutorial.steps.compactMap { step in
                (try? Workspace(tutorial, after: step.stage, step: step.number))?.text(of: .program)
            }
    }
}
