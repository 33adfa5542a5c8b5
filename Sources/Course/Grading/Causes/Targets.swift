// Rules about receivers: which clients an event reached, and which it should have reached.
// `socket.emit`, `io.emit`, `socket.broadcast.emit` and `to(…)` differ in nothing else.
// In: evidence. Out: the likely cause. Next: SharedCauses.swift.

import CourseLanguage

nonisolated enum Targets {
    /// What leads to an event.
    static let triggers = [
        "chat message": "chat message", "user joined": "set nickname", "typing": "typing",
        "private message": "private message", "online": "set nickname",
    ]

    /// An event did not come to a client: did it come to others?
    @MainActor static func ofMissing(_ evidence: Evidence) -> Sentence? {
        guard let (wanted, name) = evidence.noEvent else { return nil }
        let event = wanted.name
        let trigger = evidence.lastSent(triggers[event] ?? event)
        let sender = trigger?.client.name
        let after = trigger?.sent.line ?? -1
        let receivers = evidence.receivers(of: event, after: after).map(\.name)
        if receivers.isEmpty {
            return "no client receives \"\(event)\": the line that emits it is missing, or is not "
                + "reached (a test in front of it that says the opposite, a `return` too early?)"
        }
        if receivers.contains(name) {
            return "one \"\(event)\" reaches \(name), and another does not: a test in front of "
                + "`emit` depends on what came before (a variable that is not set back?)"
        }
        if name == sender {
            return "the others receive \"\(event)\", its sender does not: "
                + "`socket.broadcast.emit` leaves the sender out, `io.emit` does not"
        }
        if receivers == [sender] {
            return "\"\(event)\" goes back to its sender only: `socket.emit` (or a room that it "
                + "alone has joined) speaks to this one client; `socket.broadcast.emit` to the "
                + "others, `io.emit` to everyone"
        }
        return "\"\(event)\" reaches \(Sentence.all(of: receivers)), and not \(name): "
            + "look at what stands in front of `emit`"
    }

    /// Whether an event is about the client that receives it: it has its name, and its own text.
    @MainActor static func isOwn(_ event: Event?, _ client: ChatClient?) -> Bool {
        guard let client, let own = client.nickname, let fields = event?.arguments.first else {
            return false
        }
        if fields["nickname"]?.string == own { return true }
        guard fields["from"]?.string == own, let text = fields["text"]?.string else { return false }
        return client.sent.contains { $0.event.arguments.first?.string == text }
    }

    static func comesBack(_ event: String) -> Sentence {
        "\"\(event)\" comes back to the client that it is about: "
            + "`socket.broadcast.emit` leaves it out, `io.emit` and `socket.emit` do not"
    }

    /// An event came to a client that it should not reach.
    @MainActor static func ofUnwanted(_ evidence: Evidence) -> Sentence? {
        guard let (events, name) = evidence.unwanted, let first = events.first else { return nil }
        let event = first.name
        let isAboutItself = isOwn(first, evidence.client(name))
        let sender = evidence.lastSent(triggers[event] ?? event)?.client.name
        if isAboutItself || (sender == name && first.arguments.isEmpty) {
            return comesBack(event)
        }
        let all = evidence.received(event, at: name)
        if all.count(where: { $0.event == first }) > 1 {
            return "\"\(event)\" comes twice: two lines send it, or a handler is set twice"
        }
        if let fields = first.arguments.first?.object,
            fields.values.contains(.null) || fields.isEmpty
        {
            return "\"\(event)\" is sent for a client without a name: look whether there is "
                + "one first"
        }
        return nil
    }
}
