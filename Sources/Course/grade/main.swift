// Grades a server over the network: `swift run grade`, `swift run grade 5 --subject Step5`.
// Next: Options.swift, GradingRun.swift.

import Foundation
import Grading
import EngineSockets

lineBufferStandardOutput()
let options = Options(Array(CommandLine.arguments.dropFirst()))
let packageFolder = PackageFolder.find()
let wantsColours = ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
let style = ReportStyle(
    isPlain: options.isPlain, hasColours: wantsColours && isTerminal())

if options.hasList {
    for check in Check.all {
        let until = check.replacement.map { " (until stage \(check.stage), then \($0))" } ?? ""
        let kind = check.kind.rawValue
        print("\(check.id)\t\(check.points())\t\(kind)\t\(check.title)\(until)")
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
        fail("\(error)", hasUsage: false)
    }
    exitProcess(0)
}
if let folder = options.submissions {
    guard let packageFolder else { fail("--class needs the package's folder", hasUsage: false) }
    exitProcess(
        await ClassRun(packageFolder: packageFolder, options: options, style: style).run(folder))
}
let run = GradingRun(options: options, packageFolder: packageFolder, style: style)
if options.isWatching { await run.watch() }
exitProcess(await run.run())
