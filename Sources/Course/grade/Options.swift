// The options of the command line. In: its words. Out: options, or an explanation and the end.
// Next: main.swift.

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
      --subject NAME       grades another program of this package: Step5
      --command COMMAND    grades any server: "node server.js --port {port}"; {pingInterval} and
                           {pingTimeout} are filled in as well
      --json FILE          a report for programs
      --junit FILE         a report for CI systems
      --class DIR          grades main.swift and index.html of each folder in DIR
      --csv FILE           with --class: where the table goes (otherwise to the terminal)

    Exit status: 0 all passed, 1 a check failed, 2 it does not compile, 3 the command was wrong.
    """

/// Ends a wrong command with an explanation. Status 3: no check has failed.
func fail(_ message: String, hasUsage: Bool = true) -> Never {
    printError(hasUsage ? "\(message)\n\n\(usage)" : message)
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
        if csv != nil, submissions == nil { fail("--csv goes with --class") }
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) {
        func value() -> String { rest.popFirst() ?? { fail("\(word) needs a value") }() }
        switch word {
        case "--help", "-h":
            print(usage)
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
        guard let number = Int(word), (1...8).contains(number) else {
            fail("\"\(word)\" is neither a stage (1 to 8) nor a check (5.3) nor an option")
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
