// Writes MyChat as it is after each step of TUTORIAL.md, for tests that build and run all of them:
// TutorialSteps OUT makes OUT/0-1/main.swift, OUT/0-1/index.html, OUT/1-1/main.swift …

import Course
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 2, let text = try? String(contentsOfFile: "TUTORIAL.md", encoding: .utf8)
else {
    print("in the package's folder: TutorialSteps OUT")
    exit(3)
}
let tutorial = try Tutorial(text)
var workspace = Workspace()
for step in tutorial.steps {
    try workspace.apply(step)
    let folder = URL(filePath: arguments[1]).appending(path: "\(step.stage)-\(step.number)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in Edit.File.allCases {
        try Data(workspace.text(of: file).utf8).write(to: folder.appending(path: file.rawValue))
    }
}
