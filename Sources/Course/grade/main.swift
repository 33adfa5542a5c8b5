// Grades a server over the network: `swift run grade`, `swift run grade 5 --subject Step5`.
// Next: Options.swift, GradingRun.swift.

import CourseLanguage
import CourseRunner
import CourseTutorial
import Foundation
import Grading
import EngineSockets

lineBufferStandardOutput()
var words = Array(CommandLine.arguments.dropFirst())
do {
    try Language.choose(
        from: &words, environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal())
} catch {
    fail(error.sentence)
}
let options = Options(words)
let packageFolder = PackageFolder.find()
let wantsColours = ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
let style = ReportStyle(
    isPlain: options.isPlain, hasColours: wantsColours && isTerminal())

if let job = options.worker {
    var worker = try ClassWorker(job)
    await worker.run()
    exitProcess(0)
}
if options.hasList {
    for check in Check.all {
        let until: Sentence? = check.replacement.map { "(until stage \(check.stage), then \($0))" }
        let kind = Sentence(words: check.kind.rawValue)
        print("\(check.id)\t\(check.points())\t\(kind)\t\(check.title)", terminator: "")
        print(until.map { " \($0)" } ?? "")
    }
    exitProcess(0)
}
if let check = options.hint {
    HintCommand.run(check, in: packageFolder, style: style)
    exitProcess(0)
}
if let stage = options.start {
    guard let packageFolder else { fail("--start needs the package's folder", hasUsage: false) }
    do {
        try StartCommand.run(stage, in: packageFolder)
    } catch {
        fail(Sentence(verbatim: "\(error)"), hasUsage: false)
    }
    exitProcess(0)
}
if let folder = options.assignment {
    guard let packageFolder else {
        fail("--assignment needs the package's folder", hasUsage: false)
    }
    do {
        try AssignmentCommand(folder, of: packageFolder).run()
    } catch {
        fail("the copy could not be made: \(fileProblem(error))", hasUsage: false)
    }
    exitProcess(0)
}
if let folder = options.submissions {
    guard let packageFolder else { fail("--class needs the package's folder", hasUsage: false) }
    exitProcess(
        await ClassRun(packageFolder: packageFolder, options: options).run(folder))
}
// What is started here is not to be left behind by Control-C.
Program.processGuard = try? ProcessGuard()
let run = GradingRun(options: options, packageFolder: packageFolder, style: style)
if options.isWatching { await run.watch() }
exitProcess(await run.run())
