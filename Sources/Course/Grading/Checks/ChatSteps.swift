// What the checks of stages 5 to 8 say and expect again and again. Next: Stage5Checks.swift.

/// The answer to what was accepted.
let ok: JSON = ["ok": true]

/// The answer to what was refused.
func refused(_ error: String) -> JSON { ["ok": false, "error": .string(error)] }

/// A public message as a marker: what was sent before it has arrived when it arrives.
func fence(
    _ bench: Bench, from sender: ChatClient, _ name: String, at clients: [ChatClient]
) async throws {
    let text = bench.text(count: 12)
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

/// What others hear of somebody who types.
func typing(_ name: String, _ isTyping: Bool) -> JSON {
    ["nickname": .string(name), "isTyping": .bool(isTyping)]
}
