// Writes MyChat as it is after each step of TUTORIAL.md, for tests that build and run all of them:
// `Workshop tutorial-steps OUT` makes a folder OUT/STAGE-STEP with two files for each.

import Course
import Engine
import Foundation

func writeTutorialSteps(_ words: [String]) throws {
    guard words.count == 1, let text = try? String(contentsOfFile: "TUTORIAL.md", encoding: .utf8)
    else {
        App.fail("in the package's folder: Workshop tutorial-steps FOLDER")
    }
    let tutorial = try Tutorial(text)
    var workspace = Workspace()
    for step in tutorial.steps {
        try workspace.apply(step)
        let folder = URL(filePath: words[0]).appending(path: "\(step.stage)-\(step.number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in Edit.File.allCases {
            try Data(workspace.text(of: file).utf8).write(to: folder.appending(path: file.rawValue))
        }
    }
}
