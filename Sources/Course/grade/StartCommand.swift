// `--start N`: writes MyChat as it is at the beginning of a stage, with a mark at each place to
// work. The files before are copied into a folder beside it. Next: ../Tutorial/Workspace.swift.

import Course
import Foundation
import Grading

enum StartCommand {
    /// Writes MyChat's files anew.
    static func run(_ stage: Int, in packageFolder: PackageFolder) throws {
        let tutorial = try packageFolder.tutorial()
        let workspace =
            stage == 1
            ? try Workspace(tutorial, after: 0) : try Workspace(tutorial, after: stage - 1)
        let kept = try keep(in: packageFolder)
        for file in Edit.File.allCases {
            let text = workspace.marked(file, for: stage, of: tutorial)
            try Data(text.utf8).write(to: packageFolder.file(file))
        }
        var progress = LearnerProgress.load(packageFolder)
        progress.start = stage
        progress.reached = stage - 1
        try progress.save(packageFolder)
        print("Steps/MyChat and Public/mychat are now at the beginning of stage \(stage).")
        if let kept { print("What was there is in \(kept).") }
        print("Look for \"TODO stage \(stage)\", and read TUTORIAL.md#stage-\(stage).")
    }

    /// Copies what is there into a new folder beside MyChat; returns its name.
    private static func keep(in packageFolder: PackageFolder) throws -> String? {
        let files = Edit.File.allCases.map { packageFolder.file($0) }
        guard files.contains(where: { FileManager.default.fileExists(atPath: $0.path) })
        else { return nil }
        var number = 1
        var folder = packageFolder.root.appending(path: "Steps/MyChat-\(number)")
        while FileManager.default.fileExists(atPath: folder.path) {
            number += 1
            folder = packageFolder.root.appending(path: "Steps/MyChat-\(number)")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files where FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.copyItem(
                at: file, to: folder.appending(path: file.lastPathComponent))
        }
        return "Steps/MyChat-\(number)"
    }
}
