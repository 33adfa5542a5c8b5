// What the checks of stages 5 to 8 send and expect again and again. Next: Stage5Checks.swift.

/// The acknowledgement of an accepted event.
let ok: JSON = ["ok": true]

/// The acknowledgement of a refused event.
func refused(_ error: String) -> JSON { ["ok": false, "error": .string(error)] }

/// Sends a public message as a marker: when it arrives, all that was sent before has arrived.
func fence(
    _ context: CheckContext, from sender: ChatClient, _ name: String, at clients: [ChatClient]
) async throws {
    let text = context.text(count: 12)
    do {
        let reply = try await sender.ask("chat message", .string(text))
        try require(reply, is: ok, "\"chat message\"")
    } catch let failure as Failure {
        throw Failure(
            expected: failure.expected, arrived: failure.arrived,
            cause: "this check ends with a chat message as a marker, and it was not answered: 5.7")
    }
    for client in clients {
        try await client.expect("chat message", ["from": .string(name), "text": .string(text)])
    }
}

/// The argument of "typing", as the other clients receive it.
func typing(_ name: String, _ isTyping: Bool) -> JSON {
    ["nickname": .string(name), "isTyping": .bool(isTyping)]
}
