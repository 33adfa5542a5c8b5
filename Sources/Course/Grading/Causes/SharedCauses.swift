// Rules for every check. `certain` are those that read what the server or the wire says itself: no
// server, a handler that threw, a name or a field in another spelling. `likely` are those that
// conclude from which clients heard an event; a check's own rules come before them.
// Next: Cause.swift; Fields.swift for objects, Targets.swift for receivers.

import CourseLanguage
import SocketIOWire

nonisolated enum SharedCauses {
    static let certain: [Cause] = [
        Cause { if case .noServer = $0.difference { noServer } else { nil } },
        Cause(thrownOut), Cause(unanswered), Cause(misspeltEvent), Cause(missedEvent),
        Cause(otherLine), Cause(Fields.ofAnswer), Cause(Fields.ofEvent),
    ]

    static let likely: [Cause] = [
        Cause(Fields.ofOtherAnswer), Cause(Fields.ofOtherEvent), Cause(Targets.ofMissing),
        Cause(Targets.ofUnwanted),
    ]

    /// For the stages beyond the course, whose events and errors are others: what the log says.
    static let bonus: [Cause] = [
        Cause { if case .noServer = $0.difference { noServer } else { nil } },
        Cause(unanswered), Cause(missedEvent),
    ]

    static let noServer: Sentence =
        "there is no Socket.IO server on this port: `let io = SocketServer(app)`, with the app "
        + "that runs, above `app.run()`"

    /// The server has ended a client's connection to the namespace by itself.
    @MainActor private static func thrownOut(_ evidence: Evidence) -> Sentence? {
        guard evidence.hasOurLog,
            let client = evidence.clients.first(where: { $0.packets.contains("41") })
        else { return nil }
        let last: Sentence? = client.sent.last.map { "after it has sent \"\($0.event.name)\"" }
        return "the server disconnects a client by itself, \(last ?? "as soon as it connects") "
            + "(packet 41): take out `socket.disconnect()`"
    }

    // MARK: - An acknowledgement that did not come

    @MainActor private static func unanswered(_ evidence: Evidence) -> Sentence? {
        guard let (event, name) = evidence.noAnswer else { return nil }
        if let words = heard(event, evidence, ignoringTypes: evidence.sendsOtherTypes(event)) {
            return words
        }
        if evidence.client(name)?.raw.hasEnded == true {
            return "the server has closed the connection: its log says why"
        }
        if evidence.isLogFull || !evidence.hasOurLog {
            return "no handler listens to \"\(event)\", or it answers nothing (in Swift: `-> "
                + "Reply`)"
        }
        return "the handler of \"\(event)\" answers nothing: it needs `-> Reply in`, and a "
            + "`return` on each way through it"
    }

    /// What the log says about an event that a client has sent.
    @MainActor private static func heard(
        _ event: String, _ evidence: Evidence, ignoringTypes: Bool
    ) -> Sentence? {
        if let error = evidence.thrown(event) {
            return "the handler of \"\(event)\" threw an error, so it ended there: "
                + "\(bounded(error, 160))"
        }
        guard let reason = evidence.unheard(event, ignoringTypes: ignoringTypes) else { return nil }
        if let other = Evidence.meant(reason) {
            return "the program listens to \"\(other)\", and the event is called \"\(event)\""
        }
        if reason.hasPrefix("argument ") {
            return "the handler of \"\(event)\" asks for something else than what is sent: "
                + "\(mismatch(reason, evidence.lastSent(event)?.sent.event))"
        }
        if reason.contains("the socket has none") {
            return "this client has no handler at all: `socket.on(\"\(event)\") { … }` belongs "
                + "inside of `io.onConnection { socket in … }`, and above `app.run()`"
        }
        let others = reason.firstMatch(of: /handlers for (.+)$/).map {
            Sentence(verbatim: bounded(String($0.output.1), 80))
        }
        return "no handler listens to \"\(event)\" (there are some for \(others ?? "others")): is "
            + "`socket.on(\"\(event)\")` written, directly inside of `io.onConnection`?"
    }

    /// `argument 1: field `too`: missing`, with the name that was sent.
    private static func mismatch(_ reason: String, _ sent: Event?) -> Sentence {
        let words = Sentence(verbatim: bounded(reason, 160))
        guard let field = reason.firstMatch(of: /field `([^`]+)`: missing/)?.output.1,
            case .object(let fields)? = sent?.arguments.first
        else { return words }
        let names = fields.map { String($0.0) }.sorted()
        let meant = names.first { Spelling.isNear(String(field), $0) }
        let shown = meant.map { [$0] } ?? names
        return "its struct has `\(field)`, and what is sent has "
            + "\(Sentence.all(of: shown.map { "`\($0)`" }))"
    }

    // MARK: - An event that did not come

    /// An event has come under a name that is nearly the expected one.
    @MainActor private static func misspeltEvent(_ evidence: Evidence) -> Sentence? {
        guard let wanted = evidence.noEvent?.wanted.name else { return nil }
        if let other = evidence.unknownName(for: wanted) {
            return "the program sends \"\(bounded(other, 60))\", and the event is called "
                + "\"\(wanted)\""
        }
        return evidence.otherName().map {
            "it is sent as \"\($0)\", and has to be sent as \"\(wanted)\""
        }
    }

    /// The event that should have led to it has reached no handler.
    @MainActor private static func missedEvent(_ evidence: Evidence) -> Sentence? {
        let isMissing: Bool =
            switch evidence.difference {
            case .noEvent, .noLine: true
            default: false
            }
        guard isMissing else { return nil }
        for event in evidence.sentNames.sorted() {
            let ignores = evidence.sendsOtherTypes(event)
            if let words = heard(event, evidence, ignoringTypes: ignores) { return words }
        }
        return nil
    }

    // MARK: - A line that was not printed

    @MainActor private static func otherLine(_ evidence: Evidence) -> Sentence? {
        guard case .noLine(let wanted) = evidence.difference else { return nil }
        let text = evidence.lastText ?? wanted
        let near = evidence.printed.last {
            $0 != wanted && ($0.contains(text) && !text.isEmpty || Spelling.isNear($0, wanted))
        }
        return near.map { other in
            "it prints \"\(bounded(other, 80))\"; the line has to be exactly "
                + "\"\(bounded(wanted, 80))\""
        }
    }
}

/// The names of the chat's events and errors.
nonisolated enum Contract {
    static let events: Set<String> = [
        "chat message", "user joined", "user left", "set nickname", "typing", "online",
        "private message",
    ]
    /// In the order in which they are looked for.
    static let errors = [
        "no nickname", "empty", "invalid", "too long", "taken", "yourself", "offline",
    ]

    /// Whether one error is looked for before another.
    static func comes(_ error: String, before other: String) -> Bool {
        (errors.firstIndex(of: error) ?? 0) < (errors.firstIndex(of: other) ?? 0)
    }
}
