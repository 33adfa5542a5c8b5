// MyChat as it is at the beginning of a stage, with a mark at each place to work; and back again.
// What was there is copied into a folder beside it first. In: a stage, or such a folder.
// Out: files, and the name of the folder. Next: ../Tutorial/Workspace.swift, LearnerProgress.swift.

import CourseLanguage
import CourseTutorial
import EngineSockets
import Foundation
import Grading

/// Writes MyChat's files anew.
package struct StageStart {
    /// The mark of a tutorial without solutions.
    package static let assignmentMark = "<!-- assignment edition -->"

    private let package: PackageFolder

    package init(_ package: PackageFolder) { self.package = package }

    /// Makes MyChat what it is at the beginning of a stage. Returns where the files from before
    /// are, if there were any. Throws a `Problem`, or what the system says of a file.
    package func begin(_ stage: Int) throws -> String? {
        let tutorial = try Self.solutions(of: package, butFor: stage == 1)
        let workspace =
            stage == 1
            ? try Workspace(tutorial, after: 0) : try Workspace(tutorial, atBeginningOf: stage)
        let kept = try keep()
        for file in Edit.File.allCases {
            let text = workspace.marked(file, for: stage, of: tutorial)
            try Data(text.utf8).write(to: package.file(file))
        }
        var progress = LearnerProgress.load(package)
        progress.start = stage
        progress.reached = stage - 1
        progress.asked = Stages.bonus.contains(stage) ? stage : nil
        try progress.save(package)
        return kept
    }

    /// The tutorial, if it has the solutions; an edition without them has the beginning only.
    package static func solutions(
        of package: PackageFolder, butFor isFirst: Bool = false
    ) throws -> Tutorial {
        let text = try String(
            contentsOf: package.root.appending(path: "TUTORIAL.md"), encoding: .utf8)
        guard isFirst || !text.hasPrefix(assignmentMark) else {
            throw CourseProblem("this edition has no solutions, so it can only --start 1")
        }
        return try package.tutorial()
    }

    // MARK: - What is kept

    /// `Steps/MyChat-`, and a number.
    private static let prefix = "MyChat-"
    private var steps: URL { package.root.appending(path: "Steps") }

    /// The folders with files from before, the oldest first: `Steps/MyChat-1`.
    package var keptFolders: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: steps.path)) ?? []
        return names.compactMap { Self.number(of: $0) }.sorted().map { "Steps/\(Self.prefix)\($0)" }
    }

    private static func number(of name: String) -> Int? {
        guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)),
            number > 0, name == "\(prefix)\(number)"
        else { return nil }
        return number
    }

    /// Brings the files of such a folder back, after keeping those that are there. How far they
    /// are is found out anew. Returns where the ones from before are.
    package func restore(_ folder: String) throws -> String? {
        guard keptFolders.contains(folder) else {
            throw CourseProblem("\"\(folder)\" keeps nothing; there are: \(keptFolders)")
        }
        let found = Edit.File.allCases.compactMap { file in
            let source = package.root.appending(path: folder).appending(path: file.rawValue)
            return (try? Data(contentsOf: source)).map { (file, $0) }
        }
        guard !found.isEmpty else {
            throw CourseProblem("\(folder) holds neither main.swift nor index.html")
        }
        let kept = try keep()
        for (file, data) in found { try data.write(to: package.file(file)) }
        var progress = LearnerProgress.load(package)
        progress.reached = nil
        progress.asked = nil
        try progress.save(package)
        return kept
    }

    /// Copies what is there into a new folder beside MyChat; returns its name.
    private func keep() throws -> String? {
        let manager = FileManager.default
        let files = Edit.File.allCases.map { package.file($0) }
            .filter { manager.fileExists(atPath: $0.path) }
        guard !files.isEmpty else { return nil }
        var number = 1
        while manager.fileExists(atPath: steps.appending(path: "\(Self.prefix)\(number)").path) {
            number += 1
        }
        let folder = steps.appending(path: "\(Self.prefix)\(number)")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files {
            try manager.copyItem(at: file, to: folder.appending(path: file.lastPathComponent))
        }
        return "Steps/\(Self.prefix)\(number)"
    }
}
