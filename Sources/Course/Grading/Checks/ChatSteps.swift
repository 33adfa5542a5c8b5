// What the checks of stages 5 to 8 send and expect again and again. Next: Stage5Checks.swift.

import CourseLanguage

/// The acknowledgement of an accepted event.
let ok: JSON = ["ok": true]

/// The acknowledgement of a refused event.
func refused(_ error: String) -> JSON { ["ok": false, "error": .string(error)] }

extension ChatClient {
    /// Sets its nickname, which has to be accepted as it is.
    func claim(_ name: String) async throws {
        let reply = try await ask("set nickname", .string(name))
        let isFine = context.isLenient && reply["ok"] == true
        if !isFine {
            try require(reply, is: ["ok": true, "nickname": .string(name)], "\"set nickname\"")
        }
        nickname = name
    }

    /// Waits for a list that satisfies a condition.
    @discardableResult
    func list(_ what: Sentence, _ matches: ([String]) -> Bool) async throws -> [String] {
        var last: [String]?
        while true {
            let event: Event
            do {
                event = try await next("online")
            } catch let failure as Failure {
                guard let last else { throw failure }
                throw Failure(expected: "\(what) for \(name)", arrived: "\(last)")
            }
            guard event.arguments.count == 1, case .array(let items)? = event.arguments.first,
                items.allSatisfy({ $0.string != nil || $0 == .null })
            else {
                let value = event.arguments.first.map { bounded(jsonText($0), 80) } ?? "nothing"
                throw Failure(
                    expected: "online([nickname, …])", arrived: "\(event.text)",
                    cause: "\"online\" came with "
                        + "\(value): "
                        + "it has to be a list of texts, `[String]`")
            }
            let list = items.map { $0.string ?? jsonText($0) }
            if matches(list) { return list }
            last = list
        }
    }
}

/// Sends a public message as a marker: when it arrives, all that was sent before has arrived.
func fence(
    _ context: CheckContext, from sender: ChatClient, _ name: String, at clients: [ChatClient]
) async throws {
    let text = context.text(count: 12)
    let start = context.transcript.count
    try await context.step("5.7") {
        try require(
            try await sender.ask("chat message", .string(text)), is: ok, "\"chat message\"")
        for client in clients {
            try await client.expectMarker(text, from: name, after: start)
        }
    }
}

/// The argument of "typing", as the other clients receive it.
func typing(_ name: String, _ isTyping: Bool) -> JSON {
    ["nickname": .string(name), "isTyping": .bool(isTyping)]
}
