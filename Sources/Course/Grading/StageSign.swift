// Whether a program has begun with a stage, though its first check may not pass yet: a handler that
// is new there runs, or answers, or is told in the log to ask for other arguments.
// In: a running program. Out: yes or no. Next: Grader.swift.

import EngineSockets

@MainActor struct StageSign {
    let context: CheckContext

    /// Looks for something that is new in a stage. What goes wrong on the way is no sign.
    func shows(_ stage: Int) async -> Bool {
        defer { context.close() }
        return (try? await looks(for: stage)) ?? false
    }

    private func looks(for stage: Int) async throws -> Bool {
        if stage == 2 { return try await context.request("GET", polling).text.hasPrefix("0{") }
        if Stages.bonus.contains(stage) { return try await showsBonus(stage) }
        let (a, b) = (try await context.client(), try await context.client())
        switch stage {
        case 3:
            a.emit("chat message", .string(context.text()))
            return await soon { hasRun("chat message") || printed() }
        case 4:
            a.emit("chat message", .string(context.text()))
            return await soon { a.hasReceived(besides: []) || b.hasReceived(besides: []) }
        case 5:
            return await answers("set nickname", .string(context.nickname()), a)
        case 6:
            _ = try? await a.claim(context.nickname())
            a.emit("typing", true)
            return await soon { hasRun("typing") || b.hasReceived(besides: Self.told[..<5]) }
        case 7:
            _ = try? await a.claim(context.nickname())
            return await soon { a.hasReceived(besides: Self.told[...]) }
        case 8:
            _ = try? await a.claim(context.nickname())
            let name = context.nickname()
            _ = try? await b.claim(name)
            return await answers("private message", ["to": .string(name), "text": "x"], a)
        default: return false
        }
    }

    /// The bonus stages differ in how they let a client in: that is told at once.
    private func showsBonus(_ stage: Int) async throws -> Bool {
        switch stage {
        case 9:
            let status = try await context.request("POST", "/login", body: "{}").status
            return ![404, 405].contains(status)
        case 10: return try await context.knock("/get").hasPrefix("40/get,{")
        case 11:
            let client = try await context.guest(["name": .string(context.nickname())], step: "")
            let text = JSON.string(context.nickname())
            let id = client.emitWantingAck("chat message", [text, text])
            guard await soon({ client.isAnswered(id) }) else { return false }
            return try await client.answer(to: id, of: "chat message")["offset"] != nil
        case 12: return context.program.lines.contains { $0.contains("alone") }
        default: return false
        }
    }

    /// The events that programs of the stages before send.
    private static let told = [
        "chat message", "user joined", "user left", "set nickname", "private message", "typing",
    ]

    private func answers(_ event: String, _ argument: JSON, _ client: ChatClient) async -> Bool {
        let id = client.emitWantingAck(event, [argument])
        return await soon { client.isAnswered(id) || hasRun(event) }
    }

    private func soon(_ sign: () -> Bool) async -> Bool {
        try? await eventually("a sign", within: 400, sign)
        return sign()
    }

    /// Whether the log says that a handler of an event threw, wants something else, or listens to
    /// nearly this name.
    private func hasRun(_ event: String) -> Bool {
        context.log.contains { line in
            line.hasPrefix("a handler of the event \"\(event)\" failed")
                || line.hasPrefix("the event \"\(event)\" reached no handler: argument ")
                || line.hasPrefix("the event \"\(event)\" reached no handler: did you mean ")
        }
    }

    private func printed() -> Bool {
        context.printedLines.contains { !$0.contains("connected") && !$0.isEmpty }
    }
}

extension ChatClient {
    /// Whether an event has come that is none of these.
    fileprivate func hasReceived(besides names: ArraySlice<String>) -> Bool {
        received.contains { !names.contains($0.event.name) }
    }
}
