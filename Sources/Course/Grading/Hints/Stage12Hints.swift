// Help for stage 12. Next: Check.swift.

nonisolated func stage12Hints() -> [String: Hint] {
    [
        "12.1": Hint(
            "What does your program do where there is no Redis?",
            look: "TUTORIAL-2, stage 12, step 2: a line, and the same program.",
            shape: "if let redis { io.use(adapter: …) } else { print(\"… alone …\") }"),
        "12.2": Hint(
            "Who carries an event from one process to another?",
            look: "TUTORIAL-2, stage 12, steps 2 and 3: the adapter, for everything that io sends.",
            shape: "io.use(adapter: try RedisAdapter(redis, .streams))"),
        "12.3": Hint(
            "Which server knows all names? None. Which ones do you ask?",
            look: "TUTORIAL-2, stage 12, step 5: serverSideEmitWithAck asks all others.",
            shape: """
                let all = try await io.serverSideEmitWithAck("claim", key, ticket, as: Bool.self)
                """),
        "12.4": Hint(
            "Where are the sockets of the other server?",
            look: "TUTORIAL-2, stage 12, step 4: findSockets, and what a socket shares.",
            shape: "socket.data.share([\"name\": me]); await io.findSockets().sockets"),
        "12.5": Hint(
            "A server that was killed sends no last event. How do the others learn of it?",
            look: "TUTORIAL-2, stage 12, step 4: ask again, once a second.",
            shape: "while true { await refresh(); try await Task.sleep(for: .seconds(1)) }"),
        "12.6": Hint(
            "Both servers ask, both hear that the name is free: what then?",
            look: "TUTORIAL-2, stage 12, step 5: the claim is written down before it is asked for.",
            shape: """
                claims[key] = Claim(ticket: ticket)
                …
                if own.ticket < ticket { return false }
                """
        ),
        "12.7": Hint(
            "How does the other server know what a client has missed?",
            look: "TUTORIAL-2, stage 12, step 2: a stream in Redis keeps it.",
            shape: "io.connectionStateRecovery = ConnectionStateRecovery()"),
    ]
}
