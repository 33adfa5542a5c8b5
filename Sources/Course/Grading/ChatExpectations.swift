// What checks expect of the events that a client has received. In: names and arguments.
// Out: nothing, or a failure. Next: Expectations.swift.

import CourseLanguage
import SocketIOWire

extension ChatClient {
    /// Waits for a packet that is neither event nor acknowledgement, and begins so.
    package func packet(_ beginning: String) async throws -> String {
        while true {
            if let index = packets.firstIndex(where: { $0.hasPrefix(beginning) }) {
                return packets.remove(at: index)
            }
            try await pump("a packet \(beginning)…")
        }
    }

    /// The next event of this name; others are kept.
    /// `wanted` is the expectation that a failure shows.
    package func next(_ name: String, as wanted: Event? = nil) async throws -> Event {
        try await nextReceived(name, as: wanted).event
    }

    private func nextReceived(_ name: String, as wanted: Event?) async throws -> Received {
        while true {
            if let index = inbox.firstIndex(where: { $0.event.name == name }) {
                let found = inbox.remove(at: index)
                context.lookedAt = found.line
                return found
            }
            let what: Sentence =
                wanted.map { Sentence(verbatim: $0.text) } ?? "the event \"\(name)\""
            try await pump(
                "\(what) for \(self.name)",
                .noEvent(wanted ?? Event(name), client: self.name))
        }
    }

    /// The next event of this name has to have these arguments. Returns its line.
    @discardableResult
    package func expect(_ name: String, _ arguments: JSON...) async throws -> Int {
        let wanted = Event(name, arguments)
        let found = try await nextReceived(name, as: wanted)
        guard found.event == wanted else {
            throw Failure(
                expected: "\(wanted.text) for \(self.name)", arrived: "\(found.event.text)",
                .otherEvent(wanted: wanted, arrived: found.event, client: self.name))
        }
        return found.line
    }

    /// Waits for the chat message with this text, sent after a line. What came before it stays to
    /// be looked at.
    func expectMarker(_ text: String, from sender: String, after start: Int) async throws {
        let wanted = Event("chat message", [["from": .string(sender), "text": .string(text)]])
        while true {
            let index = inbox.firstIndex {
                $0.event.name == wanted.name
                    && ($0.event.arguments == wanted.arguments
                        || $0.event.field("text")?.string == text
                        || $0.event.arguments.first?.string == text)
            }
            if let index {
                let found = inbox.remove(at: index)
                context.lookedAt = found.line
                guard found.event != wanted else { return }
                throw Failure(
                    expected: "\(wanted.text) for \(name)", arrived: "\(found.event.text)",
                    .otherEvent(wanted: wanted, arrived: found.event, client: name))
            }
            do {
                try await pump("\(wanted.text) for \(name)", .noEvent(wanted, client: name))
            } catch let failure as Failure {
                // It may have come in another shape.
                guard let other = inbox.last(where: { $0.event.name == wanted.name }),
                    other.line > start
                else { throw failure }
                context.lookedAt = other.line
                throw Failure(
                    expected: failure.expected, arrived: "\(other.event.text)",
                    .otherEvent(wanted: wanted, arrived: other.event, client: name))
            }
        }
    }

    /// The events of these names, in their order of arrival, among those that have come; before a
    /// line of the transcript, if one is given.
    package func seen(_ names: [String], before line: Int = .max) -> [Event] {
        inbox.filter { names.contains($0.event.name) && $0.line < line }.map(\.event)
    }

    /// Nothing of these names has come up to here.
    package func expectNone(_ names: String...) throws {
        let found = seen(names)
        guard found.isEmpty else {
            context.lookedAt = inbox.first { names.contains($0.event.name) }?.line
            let unwanted = names.map { "\"\($0)\"" }.joined(separator: " or ")
            throw Failure(
                expected: "no \(unwanted) for \(self.name)",
                arrived: "\(texts(found))", .unwanted(found, client: self.name))
        }
    }

    /// Forgets what has come.
    package func forget() { inbox = [] }
}
