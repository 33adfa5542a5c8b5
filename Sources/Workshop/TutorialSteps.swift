// Writes MyChat as it is after each step of the tutorial, for tests that build and run all of them:
// `Workshop tutorial-steps OUT` makes a folder OUT/STAGE-STEP with two files for each; with `zh-CN`
// behind it, from the text in Chinese.

import CourseTutorial
import Engine
import Foundation

func writeTutorialSteps(_ words: [String]) throws {
    let language = words.count == 2 ? TextLanguage(rawValue: words[1]) : .english
    let pages = language.map { Tutorial.pages(in: $0) } ?? []
    let texts = pages.compactMap { page in
        (try? String(contentsOfFile: page, encoding: .utf8)).map { (page, $0) }
    }
    guard (1...2).contains(words.count), !pages.isEmpty, texts.count == pages.count else {
        App.fail("in the package's folder: Workshop tutorial-steps FOLDER [en|zh-CN]")
    }
    let tutorial = try Tutorial(pages: texts)
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
