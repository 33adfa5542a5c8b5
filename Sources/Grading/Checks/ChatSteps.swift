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
    try require(try await sender.ask("chat message", .string(text)), is: ok, "\"chat message\"")
    for client in clients {
        try await client.expect("chat message", ["from": .string(name), "text": .string(text)])
    }
}

/// What others hear of somebody who types.
func typing(_ name: String, _ isTyping: Bool) -> JSON {
    ["nickname": .string(name), "isTyping": .bool(isTyping)]
}
