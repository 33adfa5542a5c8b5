// Grades a server over the network. `swift run grade`, `swift run grade 5 --subject Step5`
// Next: Options.swift for what can be asked, GradingRun.swift for how it is answered.

import Foundation
import Grading
import EngineSockets

lineBufferStandardOutput()
let options = Options(Array(CommandLine.arguments.dropFirst()))
let home = Home.find()
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
    Starting.help(with: check, in: home, style: style)
    exitProcess(0)
}
if let stage = options.start {
    guard let home else { fail("--start needs the package's folder", hasUsage: false) }
    do {
        try Starting.begin(stage, in: home)
    } catch {
        fail("\(error)", hasUsage: false)
    }
    exitProcess(0)
}
if let folder = options.submissions {
    guard let home else { fail("--class needs the package's folder", hasUsage: false) }
    exitProcess(await ClassRun(home: home, options: options, style: style).run(folder))
}
let run = GradingRun(options: options, home: home, style: style)
if options.isWatching { await run.watch() }
exitProcess(await run.run())
