// What one check works with: a running program, clients, and random names and texts.
// In: a seed. Out: clients, and a transcript of all they did.
// Next: CheckSteps.swift for what checks begin with, SeededGenerator.swift, ChatClient.swift.

import CourseLanguage
import Foundation
import EngineSockets

/// The running program, the clients and the random values of one check.
package final class CheckContext {
    /// Milliseconds that anything may take: a right server needs a few, also on a busy machine.
    package nonisolated static let patience = 3_000

    package let program: Program
    /// The stage that is graded: later stages send other payloads.
    package let stage: Int
    private var generator: SeededGenerator
    let patience: Int
    private let begin = monotonicMilliseconds()
    var clients: [ChatClient] = []
    private var raws: [RawClient] = []
    /// Further servers, with Redis between them.
    var group: ServerGroup?
    /// What every client did, with times in milliseconds.
    package private(set) var transcript: [String] = []
    /// The requests, and what was answered.
    private(set) var requests: [(target: String, answer: RawClient.Answer)] = []
    /// Where the program's output and its log were when the check began.
    private let firstLine: Int
    private let firstWord: Int
    /// The names and texts of earlier checks, and of this one.
    private let memory: CheckMemory

    init(
        program: Program, stage: Int, seed: UInt64, patience: Int,
        memory: CheckMemory = CheckMemory()
    ) {
        self.program = program
        self.patience = patience
        self.stage = stage
        self.memory = memory
        memory.begin()
        firstLine = program.lines.count
        firstWord = program.errorText.utf8.count
        generator = SeededGenerator(seed: seed)
    }

    /// Whether a slip in what another check judges is let pass, so that it costs once.
    var isLenient = false
    /// What the program has printed since the check began.
    var printedLines: [String] { Array(program.lines.dropFirst(firstLine)) }

    /// What it has written to standard error since then.
    var log: [String] {
        String(decoding: program.errorText.utf8.dropFirst(firstWord), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    /// The line of the transcript that the check has compared last.
    var lookedAt: Int?

    /// Adds a line to the transcript; returns its place.
    @discardableResult
    func note(_ author: String, _ line: String) -> Int {
        let shown = Self.visible(line)
        transcript.append("\(monotonicMilliseconds() - begin) ms  \(author)  \(shown)")
        return transcript.count - 1
    }

    /// Whether an event is about a client of an earlier check. From stage 11 on history is wanted.
    func isOld(_ event: Event) -> Bool { stage < 11 && memory.isOld(event) }

    /// Says in the transcript that a line belongs to an earlier check.
    func markOld(_ line: Int) { transcript[line] += "   (of an earlier check: not looked at)" }

    /// What a terminal would hide or turn around is shown by its number.
    package nonisolated static func visible(_ text: String) -> String {
        var result = ""
        var accents = 0
        for scalar in text.unicodeScalars {
            accents = scalar.properties.generalCategory == .nonspacingMark ? accents + 1 : 0
            // Not more on one letter than a line can show.
            if accents > 3 {
                if accents == 4 { result += "…" }
                continue
            }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .unassigned:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            case _ where scalar.properties.isDefaultIgnorableCodePoint && !isEmojis(scalar):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether it holds emoji together: 👩‍🚀 is to be read as one.
    private nonisolated static func isEmojis(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200D}" || scalar == "\u{FE0F}"
    }

    /// The transcript, with a mark where it went wrong.
    var markedTranscript: [String] {
        var lines = transcript
        if let lookedAt { lines[lookedAt] += "   <-- here" }
        return lines
    }

    // MARK: - Clients

    /// A connection for bytes.
    package func raw() throws -> RawClient {
        let client = try RawClient(port: program.port)
        client.patience = patience
        raws.append(client)
        return client
    }

    /// Sends a request over a connection of its own.
    package func request(
        _ method: String, _ target: String, fields: [String: String] = [:], body: String = ""
    ) async throws -> RawClient.Answer {
        note("HTTP", "→ \(method) \(target) \(body)")
        let answer: RawClient.Answer
        do {
            answer = try await raw().request(method, target, fields: fields, body: body)
        } catch {
            throw Failure(expected: "an answer to \(method) \(target)", arrived: "\(error)")
        }
        let first = answer.text.split(separator: "\n").first.map(String.init) ?? ""
        lookedAt = note("HTTP", "← \(answer.status) \(bounded(first, 100))")
        requests.append((target, answer))
        return answer
    }

    /// `2.5`, for a person.
    static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    func close() {
        for client in clients { client.raw.vanish() }
        group?.end()
        for raw in raws { raw.vanish() }
    }

    // MARK: - Random names and texts

    /// A number below the limit.
    package func random(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    private func word(_ count: Int) -> String {
        String(
            (0..<count).map { _ in
                "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "x"
            })
    }

    /// A nickname that no other client has. It is plain: corner cases are checks of their own.
    package func nickname() -> String { memory.keep(word(1).uppercased() + word(8)) }

    /// A nickname that a program might not expect: an emoji or an accent, and letters.
    package func oddNickname() -> String {
        let beginnings = ["🙂", "Zoë ", "李", "👩‍👩‍👧‍👦", "O'"]
        return memory.keep(beginnings[random(beginnings.count)] + word(8))
    }

    /// One of these.
    func pick(_ texts: String...) -> String { texts[random(texts.count)] }

    /// A letter of two bytes.
    func accented() -> String { pick("é", "ñ", "ö", "å", "č") }

    /// One character for a person, and many for a program.
    func emoji() -> String {
        // None with a selector: check 5.22 is about those.
        pick(
            "👩‍👩‍👧‍👦", "👨‍👩‍👦", "👩🏽‍🚀",
            "👩🏼‍🚒", "👨🏿‍🌾")
    }

    /// A text that is easy to get wrong.
    package func text() -> String {
        let oddities = [
            "", " \"quoted\"", " 42[\"x\"]", " <b>&amp;</b>", " 👩‍👩‍👧‍👦", " \\n \\u0041", " ünï",
            "\u{2028}", " 2probe",
        ]
        return memory.keep(word(6) + oddities[random(oddities.count)] + word(3))
    }

    /// A text of exactly so many characters.
    package func text(count: Int) -> String {
        let part = word(16)
        let text = String(String(repeating: part, count: count / 16 + 1).prefix(count))
        return memory.keep(text)
    }

    /// Waits until the program has printed a line that satisfies the condition.
    package func printed(_ what: String, _ matches: (String) -> Bool) async throws {
        lookedAt = nil
        do {
            try await eventually(what, within: patience) {
                program.lines.contains(where: matches)
            }
        } catch {
            throw Failure(
                expected: "the printed line \"\(bounded(what, 120))\"", arrived: lastLines,
                .noLine(what))
        }
    }

    /// The last lines that were printed in this check.
    var lastLines: Sentence {
        let lines = printedLines
        guard !lines.isEmpty else { return "no line in this check" }
        let last = lines.suffix(4).map { "\"\(bounded($0, 80))\"" }.joined(separator: ", ")
        return "at the end: \(last)"
    }

    /// Waits until the program has printed so many such lines, or for as long as is usual.
    package func settle(_ count: Int, _ matches: (String) -> Bool) async {
        lookedAt = nil
        try? await eventually("lines", within: patience) { self.count(matches) >= count }
    }

    /// How many printed lines satisfy the condition.
    package func count(_ matches: (String) -> Bool) -> Int { program.lines.count(where: matches) }
}
