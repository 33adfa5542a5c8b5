// Advice for errors of the compiler that often have another cause than their words say.
// In: the lines that the compiler wrote, and the tutorial. Out: a sentence, or nothing.
// Next: Build.swift.

import CourseLanguage
import CourseTutorial

package struct CompilerAdvice {
    /// For the step that brings a name.
    let tutorial: Tutorial?

    package init(tutorial: Tutorial?) { self.tutorial = tutorial }

    /// Errors of the learner's file.
    package func words(for lines: [String]) -> Sentence? {
        let text = lines.joined(separator: "\n")
        return keyboard(lines) ?? unknownName(text)
            ?? Self.known.first { part, _ in text.contains(part) }?.advice
    }

    /// A part of a message, and what is usually the matter.
    private static let known: [(part: String, advice: Sentence)] = [
        (
            "(Int32, Int32, Int32) -> Int32",
            "`socket` is known inside of `io.onConnection { socket in … }` only: is this line "
                + "outside, or a closing brace too many above it?"
        ),
        ("cannot be resolved without a contextual type", "Is there a `return` in front of it?"),
        (
            "error: expected '}'",
            "A closing brace is missing below the line that the note shows: compare with the text."
        ),
        (
            "error: extraneous '}'",
            "There is a closing brace too many, here or above: compare with the text."
        ),
        (
            "call can throw, but it is not marked with 'try'",
            "`try` is missing in front of it."
        ),
        (
            "heterogeneous collection literal",
            "A dictionary here has values of one type. For several, emit a struct: "
                + "`struct Message: Encodable { var from, text: String }`."
        ),
        (
            "conflicting arguments to generic parameter 'Value'",
            "A dictionary here has values of one type. For several, emit a struct: "
                + "`struct Message: Encodable { var from, text: String }`."
        ),
        (
            "type 'Any' cannot conform to 'Encodable'",
            "Values of several types need a struct: `struct User: Encodable { … }`."
        ),
        (
            "cannot infer type of closure parameter",
            "Say what the handler takes: `{ (text: String) in … }`."
        ),
        (
            "generic parameter 'each Argument' could not be inferred",
            "Say what the handler takes: `{ (text: String) in … }`."
        ),
        (
            "has no member 'trimmingCharacters'",
            "`import Foundation`, under `import Engine`, brings it."
        ),
        (
            "has no member 'precomposedString",
            "`import Foundation`, under `import Engine`, brings it."
        ),
        (
            "invalid UTF-8 found in source file",
            "The file is not in UTF-8: save it again, and choose UTF-8 as the encoding."
        ),
        (
            "unexpected input character",
            "A character here has no place in Swift: type the line anew."
        ),
    ]

    // MARK: - Characters of another keyboard

    private static let signs: [Character: Character] = [
        "“": "\"", "”": "\"", "„": "\"", "＂": "\"", "‘": "'", "’": "'",
        "（": "(", "）": ")", "｛": "{", "｝": "}", "【": "[", "】": "]",
        "，": ",", "、": ",", "：": ":", "；": ";", "！": "!", "？": "?", "。": ".", "＝": "=",
        "＋": "+", "＜": "<", "＞": ">", "\u{3000}": " ",
    ]

    /// A quote or a bracket that only looks like one.
    private func keyboard(_ lines: [String]) -> Sentence? {
        let triggers = [
            "unicode curly quote", "consecutive statements on a line", "invalid character",
            "non-breaking space", "is not a valid digit", "expected '{' after",
        ]
        let isAbout = lines.contains { line in
            // A name that was read with such a sign in it: 'run（）'.
            triggers.contains { line.contains($0) }
                || line.contains("error: ")
                    && line.matches(of: /'([^']+)'/).contains { name in
                        name.output.1.contains { Self.signs[$0] != nil }
                    }
        }
        guard isAbout else { return nil }
        // In a text between quotes, or in a comment, such a sign is right.
        let code = lines.filter { !$0.contains("error: ") }
            .map { $0.replacing(/"[^"]*"/, with: "").replacing(/\/\/.*/, with: "") }.joined()
        guard let found = code.first(where: { Self.signs[$0] != nil }),
            let meant = Self.signs[found]
        else { return nil }
        if meant == " " {
            return "A blank here is one of another keyboard, and twice as wide: type it anew."
        }
        return "\(found) is a sign of another keyboard, and has to be \(meant): switch to English "
            + "letters and signs for code."
    }

    // MARK: - Names

    /// A name that is not there: the step that brings it.
    private func unknownName(_ text: String) -> Sentence? {
        guard let name = text.firstMatch(of: /cannot find (?:type )?'([^']+)' in scope/)?.output.1
        else { return nil }
        if name == "socket" {
            return "`socket` is known inside of `io.onConnection { socket in … }` only: is this "
                + "line outside, or a closing brace too many above it?"
        }
        if ["App", "SocketServer", "Socket"].contains(name) {
            return "`import Engine` is the first line of the program."
        }
        guard let step = tutorial?.step(bringing: String(name)) else { return nil }
        return "`\(name)` comes with step \(step.number) of stage \(step.stage) (\(step.title)): "
            + "was it skipped, or is the name spelt in another way there?"
    }

    // MARK: - What is no error of the learner's

    package static func words(forTrouble text: String) -> Sentence? {
        guard
            text.contains("missing required module") || text.contains("was compiled with")
                || text.contains("module cache path")
        else { return nil }
        return
            "Was the package's folder moved or renamed, or Swift updated? `swift package clean`, "
            + "then once more."
    }
}

extension Tutorial {
    /// The first step whose Swift declares a name.
    fileprivate func step(bringing name: String) -> Step? {
        let words = ["var", "let", "func", "struct"].map { "\($0) \(name)" }
        return steps.first { step in
            step.edits.contains { edit in
                edit.file == .program
                    && edit.text.contains { line in
                        words.contains { word in
                            guard line.hasPrefix(word) else { return false }
                            return line.dropFirst(word.count).first
                                .map { !$0.isLetter && !$0.isNumber } ?? true
                        }
                    }
            }
        }
    }
}
