// What one check works with: a running program, clients, and random names and texts.
// In: a seed. Out: clients, and a transcript of all they did.
// Next: SeededGenerator.swift for the random numbers, ChatClient.swift, Check.swift.

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
    private var clients: [ChatClient] = []
    private var raws: [RawClient] = []
    /// What every client did, with times in milliseconds.
    package private(set) var transcript: [String] = []

    init(program: Program, stage: Int, seed: UInt64, patience: Int) {
        self.program = program
        self.patience = patience
        self.stage = stage
        generator = SeededGenerator(seed: seed)
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

    /// What a terminal would hide or turn around is shown by its number.
    static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
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
    private static func isEmojis(_ scalar: Unicode.Scalar) -> Bool {
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
        lookedAt = note(
            "HTTP",
            "← \(answer.status) \(answer.text.prefix(100).split(separator: "\n").first ?? "")")
        return answer
    }

    /// A client that has joined.
    package func client() async throws -> ChatClient {
        let name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(clients.count % 26)))
        let client = try ChatClient(name: name, context: self)
        clients.append(client)
        try await client.join()
        return client
    }

    /// A client with a nickname. Returns both.
    package func named() async throws -> (client: ChatClient, name: String) {
        let client = try await client()
        let name = nickname()
        let reply = try await client.ask("set nickname", .string(name))
        try require(reply, is: ["ok": true, "nickname": .string(name)], "\"set nickname\"")
        return (client, name)
    }

    func close() {
        for client in clients { client.raw.vanish() }
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

    /// A nickname that no other client has: letters, or an emoji and letters.
    package func nickname() -> String {
        let beginnings = ["", "🙂", "Zoë ", "李", "👩‍👩‍👧‍👦", "O'"]
        return beginnings[random(beginnings.count)] + word(8)
    }

    /// A text that is easy to get wrong.
    package func text() -> String {
        let oddities = [
            "", " \"quoted\"", " 42[\"x\"]", " <b>&amp;</b>", " 👩‍👩‍👧‍👦", " \\n \\u0041", " ünï",
            "\u{2028}", " 2probe",
        ]
        return word(6) + oddities[random(oddities.count)] + word(3)
    }

    /// A text of exactly so many characters.
    package func text(count: Int) -> String {
        let part = word(16)
        return String(String(repeating: part, count: count / 16 + 1).prefix(count))
    }

    /// Waits until the program has printed a line that satisfies the condition.
    package func printed(_ what: String, _ matches: (String) -> Bool) async throws {
        lookedAt = nil
        do {
            try await eventually(what, within: patience) {
                program.lines.contains(where: matches)
            }
        } catch {
            let last = program.lines.suffix(5).map { String($0.prefix(200)) }
            throw Failure(
                expected: "the printed line \"\(what)\"", arrived: "at the end: \(last)")
        }
    }

    /// Waits until the program has printed so many such lines, or for as long as is usual.
    package func settle(_ count: Int, _ matches: (String) -> Bool) async {
        lookedAt = nil
        try? await eventually("lines", within: patience) { self.count(matches) >= count }
    }

    /// How many printed lines satisfy the condition.
    package func count(_ matches: (String) -> Bool) -> Int { program.lines.count(where: matches) }
}
