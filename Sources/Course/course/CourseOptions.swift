// What stands behind `swift run course`. In: words. Out: options, or a sentence about what was
// expected. Next: main.swift.

import CourseLanguage
import EngineSockets

struct CourseOptions {
    /// Nil: 4000, or the next one that is free.
    private(set) var port: Int?
    private(set) var opensBrowser = true
    private(set) var command: String?
    private(set) var exportFolder: String?
    private(set) var wantsHelp = false

    static let usage = """
        swift run course [options]

          (nothing)            the course in the browser: the text, your chat in two windows, the
                               checks at every save, and every message between page and server
          --port N             the port of its page; 0 takes any that is free (otherwise 4000, or
                               the next one that is free)
          --no-open            does not open the browser
          --lang zh            in Chinese; otherwise, at a terminal, as LANG says
          --command COMMAND    another server in place of MyChat, in any language:
                               "node server.js --port {port}"
          --export DIR         writes the course into a folder, as pages with relative links: for a
                               web server, or to be read from the disk. The folder is new or empty,
                               or holds an earlier export.
          --help               this text

        Exit status: 0 it was ended, or the export is written; 1 it could not begin, or the export
        could not be written; 3 the command was wrong.
        """

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": wantsHelp = true
            case "--no-open": opensBrowser = false
            case "--command": command = try value(word, "a command", &rest)
            case "--export": exportFolder = try value(word, "a folder", &rest)
            case "--port":
                let text = try value(word, "a number", &rest)
                guard let number = Int(text), (0...65_535).contains(number) else {
                    throw CourseProblem("--port needs a number from 0 to 65535, not \"\(text)\"")
                }
                port = number
            default: throw CourseProblem("\"\(word)\" is no option")
            }
        }
        if exportFolder != nil, command != nil || port != nil {
            throw CourseProblem("--export goes with no other option")
        }
    }

    private func value(
        _ word: String, _ what: Sentence, _ rest: inout ArraySlice<String>
    ) throws -> String {
        guard let value = rest.popFirst(), !value.isEmpty else {
            throw CourseProblem("\(word) needs \(what)")
        }
        return value
    }
}
