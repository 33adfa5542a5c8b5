// A client of the chat for checks: it joins over WebSocket, emits, receives, and notes every frame
// in the transcript. It frames and parses by itself (RawClient, Foundation's JSON), so that a
// mistake of the engine cannot hide itself. In: events to send. Out: acknowledgements and events,
// or a failure. Next: Expectations.swift, RawClient.swift.

import Foundation
import EngineSockets
import SocketIOWire

/// A client of the chat.
package final class ChatClient {
    /// A, B or C: for the transcript.
    package let name: String
    package let raw: RawClient
    private let context: CheckContext
    /// Received events that no check has asked for yet, with their lines in the transcript.
    private var inbox: [(event: Event, line: Int)] = []
    private var answers: [Int: (values: [JSON], line: Int)] = [:]
    private var nextID = 0

    init(name: String, context: CheckContext) throws {
        self.name = name
        self.context = context
        raw = try RawClient(port: context.program.port)
        raw.patience = context.patience
    }

    /// Joins the main namespace.
    func join() async throws {
        note("connects")
        try await raw.openWebSocket(webSocket)
        try await waitFrame("the open packet 0{\"sid\":…}") { $0.hasPrefix("0{") }
        send("40")
        try await waitFrame("40{\"sid\":…}") { $0.hasPrefix("40{") }
    }

    // MARK: - Out

    @discardableResult
    private func note(_ line: String) -> Int { context.note(name, line) }

    /// Sends a text frame as it is.
    package func send(_ frame: String) {
        note("→ \(frame.count > 200 ? "\(frame.prefix(160))… (\(frame.count) characters)" : frame)")
        raw.sendFrame(frame)
    }

    private func encoded(_ values: [JSON]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(values)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    /// Emits an event.
    package func emit(_ event: String, _ arguments: JSON...) {
        send("42" + encoded([.string(event)] + arguments))
    }

    /// Emits an event that asks for an acknowledgement; returns its id.
    package func emitWantingAck(_ event: String, _ arguments: [JSON]) -> Int {
        defer { nextID += 1 }
        send("42\(nextID)" + encoded([.string(event)] + arguments))
        return nextID
    }

    /// Emits an event and waits for its acknowledgement.
    package func ask(_ event: String, _ arguments: JSON...) async throws -> JSON {
        let id = emitWantingAck(event, arguments)
        return try await answer(to: id, of: event)
    }

    /// Waits for an acknowledgement.
    package func answer(to id: Int, of event: String) async throws -> JSON {
        while answers[id] == nil {
            try await pump("an acknowledgement of \"\(event)\" for \(name): 43\(id)[…]")
        }
        let answer = answers.removeValue(forKey: id)
        let values = answer?.values ?? []
        context.lookedAt = answer?.line
        guard values.count == 1 else {
            throw Failure(
                expected: "one value in the acknowledgement of \"\(event)\"",
                arrived: "\(values.count): \(values.map(jsonText).joined(separator: ", "))")
        }
        return values[0]
    }

    /// Whether an acknowledgement has come.
    package func isAnswered(_ id: Int) -> Bool { answers[id] != nil }

    // MARK: - In

    /// Reads the next frame: an event goes to the inbox, an acknowledgement to the answers.
    private func pump(_ what: String) async throws {
        let text: String
        do {
            text = try await raw.text()
        } catch {
            context.lookedAt = nil
            let seen = inbox.map(\.event.text).joined(separator: ", ")
            let end = raw.hasEnded ? " (the server closed the connection)" : ""
            throw Failure(expected: what, arrived: "\(seen.isEmpty ? "nothing" : seen)\(end)")
        }
        try sort(text)
    }

    private func waitFrame(_ what: String, _ matches: (String) -> Bool) async throws {
        let text: String
        do {
            text = try await raw.text()
        } catch {
            throw Failure(expected: what, arrived: "nothing")
        }
        context.lookedAt = note("← \(text.prefix(200))")
        guard matches(text) else { throw Failure(expected: what, arrived: text) }
    }

    private func sort(_ text: String) throws {
        let line = note(
            "← \(text.count > 200 ? "\(text.prefix(160))… (\(text.count) characters)" : text)")
        if text == "2" { return send("3") }
        guard text.hasPrefix("42") || text.hasPrefix("43") else { return }
        let digits = text.dropFirst(2).prefix { $0.isNumber }
        let json = Data(text.dropFirst(2 + digits.count).utf8)
        guard let values = try? JSONDecoder().decode([JSON].self, from: json) else {
            context.lookedAt = line
            throw Failure(expected: "a packet with a JSON array", arrived: text)
        }
        if text.hasPrefix("43") {
            if let id = Int(digits) { answers[id] = (values, line) }
        } else if case .string(let name)? = values.first {
            inbox.append((Event(name, Array(values.dropFirst())), line))
        }
    }

    /// Waits for a packet that is neither event nor acknowledgement, and begins so.
    package func packet(_ beginning: String) async throws -> String {
        while true {
            let text: String
            do {
                text = try await raw.text()
            } catch {
                throw Failure(expected: "a packet \(beginning)…", arrived: "nothing")
            }
            if text.hasPrefix(beginning) { return text }
            try sort(text)
        }
    }

    /// The next event of this name; others are kept.
    /// `wanted` is the expectation that a failure shows.
    package func next(_ name: String, as wanted: String? = nil) async throws -> Event {
        while true {
            if let index = inbox.firstIndex(where: { $0.event.name == name }) {
                let (event, line) = inbox.remove(at: index)
                context.lookedAt = line
                return event
            }
            try await pump("\(wanted ?? "the event \"\(name)\"") for \(self.name)")
        }
    }

    /// The next event of this name has to have these arguments.
    package func expect(_ name: String, _ arguments: JSON...) async throws {
        let wanted = Event(name, arguments)
        let event = try await next(name, as: wanted.text)
        guard event == wanted else {
            throw Failure(expected: "\(wanted.text) for \(self.name)", arrived: event.text)
        }
    }

    /// The events of these names, in their order of arrival, among those that have come.
    package func seen(_ names: [String]) -> [Event] {
        inbox.map(\.event).filter { names.contains($0.name) }
    }

    /// Nothing of these names has come up to here.
    package func expectNone(_ names: String...) throws {
        let found = seen(names)
        guard found.isEmpty else {
            context.lookedAt = inbox.first { names.contains($0.event.name) }?.line
            throw Failure(
                expected:
                    "no \(names.map { "\"\($0)\"" }.joined(separator: " or ")) for \(self.name)",
                arrived: found.map(\.text).joined(separator: ", "))
        }
    }

    /// Forgets what has come.
    package func forget() { inbox = [] }

    /// Leaves the namespace.
    package func leave() { send("41") }

    /// Breaks the connection without a close frame.
    package func vanish() {
        note("vanishes")
        raw.vanish()
    }
}
