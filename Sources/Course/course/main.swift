// The course in a browser: `swift run course`, and as a static site: `--export DIR`.
// Next: CourseOptions.swift, Workbench.swift; ../Text/SiteExport.swift.

import CourseLanguage
import CourseRunner
import CourseText
import CourseTutorial
import EngineSockets
import Foundation
import Grading

/// Ends the command with a line in the error output.
func fail(_ message: Sentence, status: Int32) -> Never {
    printError(message.text)
    exitProcess(status)
}

lineBufferStandardOutput()
let options: CourseOptions
/// The help, in the language that is spoken.
var usage: String { Language.current == .chinese ? chineseCourseUsage : CourseOptions.usage }
do {
    var words = Array(CommandLine.arguments.dropFirst())
    try Language.choose(
        from: &words, environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal())
    options = try CourseOptions(words)
} catch {
    let problem = (error as? UnknownLanguage)?.sentence ?? "\(error)"
    fail("\(problem)\n\n\(usage)", status: 3)
}
if options.wantsHelp {
    print(usage)
    exitProcess(0)
}
if let folder = options.exportFolder {
    let marks = ["TUTORIAL.md", "Package.swift", "Public/course/text.css"]
    guard let root = PackageSearch.folder(with: marks) else {
        fail("TUTORIAL.md was not found: run the command in the package's folder", status: 1)
    }
    do {
        print(try SiteExport(root: root, language: .current).write(to: URL(filePath: folder)))
    } catch {
        fail("\(error)", status: 1)
    }
    exitProcess(0)
}
guard let package = PackageFolder.find() else {
    fail("Steps/MyChat was not found: run the command in the package's folder", status: 1)
}
do {
    // What is started here is not to be left behind, not even by a crash.
    Program.processGuard = try ProcessGuard()
    let workbench = try Workbench(package, options)
    try workbench.begin()
    try EventLoop.shared.onShutdownSignal {
        Task {
            await workbench.end()
            exitProcess(0)
        }
    }
} catch {
    fail("\(error)", status: 1)
}
EventLoop.shared.run()
