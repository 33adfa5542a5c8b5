// Grades a server over the network. `swift run grade 5 --subject Step5`

import Foundation
import Grading
import Sockets

let usage = """
    swift run grade STAGE[.CHECK] (--subject NAME | --command COMMAND) [options]
    swift run grade --list

      --subject NAME       a program of this package, built: Step5
      --command COMMAND    any server; {port} is replaced: "node server.js --port {port}"
      --seed N             repeats a run: names and texts are random otherwise
      --trace              every frame of a failing check, not the last ones only
      --json FILE          a report for programs
      --junit FILE         a report for CI systems
      --plain              no colours (there are none yet)
      --list               all checks, with their points

    Exit status: 0 all passed, 1 a check failed, 3 the command was wrong.
    """

/// A wrong command is explained, and is nobody's failure.
func fail(_ message: String) -> Never {
    printError("\(message)\n\n\(usage)")
    exitProcess(3)
}

struct Options {
    var stage: Int?
    var check: String?
    var subject: Subject?
    var seed = UInt64.random(in: 1...99_999)
    var trace = false
    var json: String?
    var junit: String?

    init(_ words: [String]) {
        var rest = words[...]
        func value(of option: String) -> String {
            rest.popFirst() ?? { fail("\(option) needs a value") }()
        }
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h":
                print(usage)
                exitProcess(0)
            case "--list":
                for check in Check.all {
                    print("\(check.id)\t\(check.points)\t\(check.kind.rawValue)\t\(check.title)")
                }
                exitProcess(0)
            case "--subject": subject = .executable(Self.program(value(of: word)))
            case "--command": subject = .command(value(of: word))
            case "--seed":
                guard let number = UInt64(value(of: word)) else { fail("--seed needs a number") }
                seed = number
            case "--trace": trace = true
            case "--plain": break
            case "--json": json = value(of: word)
            case "--junit": junit = value(of: word)
            default: takeStage(word)
            }
        }
    }

    private mutating func takeStage(_ word: String) {
        let parts = word.split(separator: ".")
        guard let number = parts.first.flatMap({ Int($0) }), (1...8).contains(number),
            parts.count <= 2
        else { fail("\"\(word)\" is neither a stage (1 to 8) nor a check (5.3) nor an option") }
        stage = number
        if parts.count == 2 {
            guard Check.all.contains(where: { $0.id == word }) else {
                fail("there is no check \(word); --list shows all")
            }
            check = word
        }
    }

    /// Programs are built beside this one.
    private static func program(_ name: String) -> URL {
        let own = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return own.deletingLastPathComponent().appending(path: name)
    }
}

lineBufferStandardOutput()
let options = Options(Array(CommandLine.arguments.dropFirst()))
guard let stage = options.stage else { fail("which stage?") }
guard let subject = options.subject else { fail("which server? --subject or --command") }
var checks = Check.holding(for: stage)
if let id = options.check {
    // A check makes sense only behind those that it needs.
    var wanted: Set<String> = [id]
    for check in checks.reversed() where wanted.contains(check.id) {
        if let needs = check.needs { wanted.insert(needs) }
    }
    checks = checks.filter { wanted.contains($0.id) }
}
print("Stage \(stage), seed \(options.seed)")
let grader = Grader(subject, seed: options.seed)
let results = await grader.run(checks, stage: stage) { result in
    for line in Report.lines(result, hasTranscript: options.trace) { print(line) }
}
let report = Report(stage: stage, seed: options.seed, results: results)
print("\n\(report.summary)")
do {
    if let path = options.json { try report.json().write(to: URL(filePath: path)) }
    if let path = options.junit { try Data(report.junit().utf8).write(to: URL(filePath: path)) }
} catch {
    fail("the report could not be written: \(error)")
}
exitProcess(report.hasPassed ? 0 : 1)
