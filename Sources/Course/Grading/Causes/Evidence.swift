// What was seen in a check up to its failure: which client sent and received what, what the program
// printed, and what it wrote to its log. In: a context and a failure. Out: answers for rules.
// Next: Cause.swift, LogLines.swift.

import SocketIOWire

/// What was seen.
struct Evidence {
    let failure: Failure
    /// The stage that is graded.
    let stage: Int
    let clients: [ChatClient]
    /// The lines that were printed since the check began, and those of the log.
    let printed, log: [String]
    /// What was printed before.
    let earlierPrinted: [String]
    /// What the program had written to its log before: where its pages were looked for.
    let earlierLog: [String]
    let requests: [(target: String, answer: RawClient.Answer)]
    /// Whether the program seems to be made with this engine, whose log tells of unheard events.
    let hasOurLog: Bool

    init(_ context: CheckContext, _ failure: Failure) {
        self.failure = failure
        stage = context.stage
        clients = context.clients
        printed = context.printedLines
        earlierPrinted = context.program.lines.dropLast(context.printedLines.count)
        log = context.log
        earlierLog = context.program.errorText.split(separator: "\n").map(String.init)
            .dropLast(context.log.count)
        requests = context.requests
        hasOurLog = context.program.lines.contains { $0.hasPrefix("listening on http://") }
    }

    var difference: Difference { failure.difference }
    /// In English, whatever language is spoken: rules look for words in them.
    var expected: String { failure.expected.english }
    var arrived: String { failure.arrived.english }

    // MARK: - The difference

    /// The event that was expected, the one that came in its place, and the client.
    var otherEvent: (wanted: Event, arrived: Event, client: String)? {
        if case .otherEvent(let wanted, let arrived, let client) = difference {
            return (wanted, arrived, client)
        }
        return nil
    }

    /// The event that did not come, and the client.
    var noEvent: (wanted: Event, client: String)? {
        if case .noEvent(let wanted, let client) = difference { (wanted, client) } else { nil }
    }

    /// The events that should not have come, and the client.
    var unwanted: (events: [Event], client: String)? {
        if case .unwanted(let events, let client) = difference { (events, client) } else { nil }
    }

    /// The acknowledgement that was expected, and the one that came.
    var otherAnswer: (wanted: JSON, arrived: JSON)? {
        if case .otherAnswer(let wanted, let arrived) = difference {
            (wanted, arrived)
        } else {
            nil
        }
    }

    /// The name of the event that no acknowledgement came for, and the client.
    var noAnswer: (event: String, client: String)? {
        if case .noAnswer(let event, let client) = difference { (event, client) } else { nil }
    }

    /// The error in the acknowledgement that came.
    var error: String? { otherAnswer?.arrived["error"]?.string }

    /// The error that was expected there.
    var wantedError: String? { otherAnswer?.wanted["error"]?.string }

    /// Whether something was accepted that had to be refused.
    var isAccepted: Bool { wantedError != nil && otherAnswer?.arrived["ok"] == true }

    /// Whether something was refused that had to be accepted.
    var isRefused: Bool {
        otherAnswer?.wanted["ok"] == true && otherAnswer?.arrived["ok"] == false
    }

    // MARK: - What was sent and received

    /// The event that was sent last, by whichever client, and the client.
    var lastSent: (client: ChatClient, sent: ChatClient.Sent)? { lastSent { _ in true } }

    /// The event of a name that was sent last.
    func lastSent(_ name: String) -> (client: ChatClient, sent: ChatClient.Sent)? {
        lastSent { $0.event.name == name }
    }

    private func lastSent(
        _ matches: (ChatClient.Sent) -> Bool
    ) -> (client: ChatClient, sent: ChatClient.Sent)? {
        clients.compactMap { client in client.sent.last(where: matches).map { (client, $0) } }
            .max { $0.1.line < $1.1.line }
    }

    /// The text that was sent last.
    var lastText: String? { lastSent?.sent.event.arguments.first?.string }

    /// Whether a client has sent a text, alone or in an object.
    func hasSent(_ text: String) -> Bool { hasSent { $0 == text } }

    func hasSent(_ matches: (String) -> Bool) -> Bool {
        clients.flatMap(\.sent).contains { sent in
            guard sent.event.name.hasSuffix("message") else { return false }
            let argument = sent.event.arguments.first
            return (argument?.string ?? argument?["text"]?.string).map(matches) == true
        }
    }

    func client(_ name: String) -> ChatClient? { clients.first { $0.name == name } }

    /// The clients that have received an event of a name, after a line of the transcript.
    func receivers(of name: String, after line: Int = -1) -> [ChatClient] {
        clients.filter { $0.received.contains { $0.event.name == name && $0.line > line } }
    }

    /// All that a client has received of a name.
    func received(_ name: String, at client: String) -> [ChatClient.Received] {
        self.client(client)?.received.filter { $0.event.name == name } ?? []
    }

    /// All names of events that were received or sent.
    var receivedNames: Set<String> {
        Set(clients.flatMap(\.received).map(\.event.name))
    }

    var sentNames: Set<String> { Set(clients.flatMap(\.sent).map(\.event.name)) }

    /// A name that is not the chat's, and may be meant for an event: it is near, or the only one.
    func unknownName(for event: String) -> String? {
        let unknown = receivedNames.subtracting(Contract.events).sorted()
        return unknown.first { Spelling.isNear($0, event) }
            ?? (unknown.count == 1 ? unknown[0] : nil)
    }

    /// The name of another event that carries what the missing one should, since what leads to it.
    func otherName() -> String? {
        guard let wanted = noEvent?.wanted, !wanted.arguments.isEmpty else { return nil }
        // While no client leaves, "user joined" with a name is what it should be, and not its end.
        if wanted.name == "user left", !hasLeft { return nil }
        let trigger = Targets.triggers[wanted.name].flatMap { lastSent($0)?.sent.line }
        let after = trigger ?? lastLeft
        let same = clients.flatMap(\.received).first {
            $0.line > after && $0.event.name != wanted.name
                && $0.event.arguments == wanted.arguments
        }
        return same?.event.name
    }

    /// The line at which a client left last.
    var lastLeft: Int { clients.compactMap(\.left).max() ?? -1 }

    /// Whether a client says farewell or breaks off in this check.
    var hasLeft: Bool { lastLeft >= 0 }

    /// Whether a line was printed.
    func hasPrinted(_ matches: (String) -> Bool) -> Bool { printed.contains(where: matches) }

    /// The last answer over HTTP.
    var page: RawClient.Answer? { requests.last?.answer }
}
