// `--start N`: MyChat becomes what it is at the beginning of a stage, with marks where to work. What
// was there is kept beside it. `--hint`: one more rung of help at each call.

import Course
import Foundation
import Grading

enum Starting {
    /// Writes MyChat's files anew.
    static func begin(_ stage: Int, in home: Home) throws {
        let tutorial = try home.tutorial()
        let workspace =
            stage == 1
            ? try Workspace(tutorial, after: 0) : try Workspace(tutorial, after: stage - 1)
        let kept = try keep(in: home)
        for file in Edit.File.allCases {
            let text = workspace.marked(file, for: stage, of: tutorial)
            try Data(text.utf8).write(to: home.file(file))
        }
        var progress = Progress.load(home)
        progress.start = stage
        progress.reached = stage - 1
        try progress.save(home)
        print("Steps/MyChat and Public/mychat are now at the beginning of stage \(stage).")
        if let kept { print("What was there is in \(kept).") }
        print("Look for \"TODO stage \(stage)\", and read TUTORIAL.md#stage-\(stage).")
    }

    /// Copies what is there into a new folder beside MyChat; returns its name.
    private static func keep(in home: Home) throws -> String? {
        let files = Edit.File.allCases.map { home.file($0) }
        guard files.contains(where: { FileManager.default.fileExists(atPath: $0.path) })
        else { return nil }
        var number = 1
        var folder = home.root.appending(path: "Steps/MyChat-\(number)")
        while FileManager.default.fileExists(atPath: folder.path) {
            number += 1
            folder = home.root.appending(path: "Steps/MyChat-\(number)")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files where FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.copyItem(
                at: file, to: folder.appending(path: file.lastPathComponent))
        }
        return "Steps/MyChat-\(number)"
    }

    /// Shows one rung more than last time.
    static func help(with check: Check, in home: Home?, style: ReportStyle) {
        let rungs = check.hint?.rungs ?? []
        var shown = 1
        if let home {
            var progress = Progress.load(home)
            shown = min((progress.hints[check.id] ?? 0) + 1, rungs.count)
            progress.hints[check.id] = shown
            try? progress.save(home)
        }
        print("\(check.id)  \(check.title)\n")
        for (number, rung) in rungs.prefix(shown).enumerated() {
            let name = ["Question", "Where", "Shape"][number]
            print(style.dim(name))
            for line in rung.split(separator: "\n", omittingEmptySubsequences: false) {
                print("    \(line)")
            }
        }
        if shown < rungs.count {
            print(style.dim("\nMore: swift run grade --hint \(check.id)"))
        }
    }
}
