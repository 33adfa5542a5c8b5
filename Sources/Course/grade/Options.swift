// The options of the command line. In: its words. Out: options, or an explanation and the end.
// Next: main.swift.

import CourseLanguage
import Foundation
import Grading
import EngineSockets

let usage = """
    swift run grade [STAGE | STAGE.CHECK] [options]

      (nothing)            finds how far Steps/MyChat is, and grades it that far
      5, or 5.3            one stage with all before it, or one check
      --part 3             what stage 3 asked for, of a program that may be further
      --watch              again whenever MyChat is saved
      --hint 5.3           help with a check: a question, then where to look, then the shape
      --start 6            makes MyChat what it is at the beginning of stage 6
      --list               all checks, with their points
      --seed N             repeats a run: names and texts are random otherwise
      --trace              every frame of a failing check, not only the last ones
      --plain              words in place of signs, and no colours (NO_COLOR: no colours)
      --lang zh            in Chinese, reports as well; otherwise, at a terminal, as LANG says
      --subject NAME       grades another program of this package: Step5
      --command COMMAND    grades any server: "node server.js --port {port}"; {pingInterval} and
                           {pingTimeout} are filled in as well
      --json FILE          a report for programs
      --junit FILE         a report for CI systems; --gradescope FILE, for Gradescope
      --class DIR          grades main.swift and index.html of each folder in DIR
      --csv FILE           with --class: where the table goes (otherwise to the terminal)
      --gradebook FILE     with --class: a table with a column for each stage
      --reports DIR        with --class: a folder for each entry, with a page to hand back,
                           result.json, junit.xml, and results.json for Gradescope
      --bom                with --class: tables begin with the mark that Excel wants
      --assignment DIR     a copy of this package without solutions, to give out

    Exit status: 0 all passed, 1 a check failed, 2 it does not compile, 3 the command was wrong,
    4 (of a class) this machine could not grade some.
    """

/// Ends a wrong command with an explanation. Status 3: no check has failed.
func fail(_ message: Sentence, hasUsage: Bool = true) -> Never {
    let usage = Language.current == .chinese ? chineseGradeUsage : usage
    printError(hasUsage ? "\(message)\n\n\(usage)" : message.text)
    exitProcess(3)
}

struct Options {
    var stage: Int?
    var check: Check?
    var subject: String?
    var command: String?
    var seed = UInt64.random(in: 1...99_999)
    var isWhole = false
    var isPlain = false
    var isWatching = false
    var json: String?
    var junit: String?
    var hint: Check?
    var start: Int?
    var submissions: String?
    var csv: String?
    var gradebook: String?
    var reports: String?
    var hasMark = false
    var gradescope: String?
    var assignment: String?
    /// For the grader of a class itself: the work on one submission.
    var worker: String?
    var part: Int?
    var hasList = false

    /// What is graded, as an option of the command line.
    var target: String {
        if let subject { return " --subject \(subject)" }
        return command.map { " --command '\($0)'" } ?? ""
    }

    init(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() { take(word, &rest) }
        if subject != nil, command != nil { fail("--subject and --command: one of the two") }
        let forClasses = [
            ("--csv", csv != nil), ("--gradebook", gradebook != nil), ("--reports", reports != nil),
            ("--bom", hasMark),
        ]
        if submissions == nil, let word = forClasses.first(where: { $0.1 })?.0 {
            fail("\(word) goes with --class")
        }
        if submissions != nil, let word = single {
            fail("--class does not go with \(word): that is for a single program")
        }
    }

    /// An option that a class cannot have.
    private var single: Sentence? {
        let given: [(Sentence, Bool)] = [
            ("a single check", check != nil), ("--subject", subject != nil),
            ("--command", command != nil), ("--json", json != nil), ("--junit", junit != nil),
            ("--gradescope", gradescope != nil),
            ("--watch", isWatching), ("--trace", isWhole), ("--hint", hint != nil),
            ("--start", start != nil),
        ]
        return given.first { $0.1 }?.0
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) {
        func value() -> String { rest.popFirst() ?? { fail("\(word) needs a value") }() }
        switch word {
        case "--help", "-h":
            print(Language.current == .chinese ? chineseGradeUsage : usage)
            exitProcess(0)
        case "--list": hasList = true
        case "--subject": subject = value()
        case "--command": command = value()
        case "--seed":
            guard let number = UInt64(value()) else { fail("--seed needs a number") }
            seed = number
        case "--trace": isWhole = true
        case "--plain": isPlain = true
        case "--watch": isWatching = true
        case "--json": json = value()
        case "--junit": junit = value()
        case "--hint": hint = Self.check(value())
        case "--part": part = Self.stage(value())
        case "--start": start = Self.stage(value())
        case "--class": submissions = value()
        case "--csv": csv = value()
        case "--gradebook": gradebook = value()
        case "--reports": reports = value()
        case "--bom": hasMark = true
        case "--gradescope": gradescope = value()
        case "--assignment": assignment = value()
        case "--worker": worker = value()
        default:
            if word.contains(".") {
                let known = Self.check(word)
                (check, stage) = (known, known.stage)
            } else {
                stage = Self.stage(word)
            }
        }
    }

    private static func stage(_ word: String) -> Int {
        guard let number = Int(word), Stages.all.contains(number) else {
            let last = Stages.all.upperBound
            fail("\"\(word)\" is neither a stage (1 to \(last)) nor a check (5.3) nor an option")
        }
        return number
    }

    private static func check(_ word: String) -> Check {
        guard let check = Check.all.first(where: { $0.id == word }) else {
            fail("there is no check \(word); --list shows all", hasUsage: false)
        }
        return check
    }
}
