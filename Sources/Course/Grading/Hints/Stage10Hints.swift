// Help for stage 10. Next: Check.swift.

nonisolated func stage10Hints() -> [String: Hint] {
    [
        "10.1": Hint(
            "Who has to know that somebody has come?",
            look: "TUTORIAL-2, stage 10, step 3: the acknowledgement, and onRoomEvent.",
            shape: "socket.join(room(channel)); return Reply(members: members(of: channel))"),
        "10.2": Hint(
            "Which of the two speaks to the others only: socket or io?",
            look: "TUTORIAL-2, stage 10, step 4: socket.to(…) leaves its socket out.",
            shape: "socket.to(post.to.map(room)).emit(\"said\", said)"),
        "10.3": Hint(
            "Who is in both channels: how many emits does your code make?",
            look: "TUTORIAL-2, stage 10, step 4: to takes a list.",
            shape: "socket.to(post.to.map(room)).emit(…), without a loop"),
        "10.4": Hint(
            "Does io know who the sender is?",
            look: "TUTORIAL-2, stage 10, step 4: the same rooms, from io.",
            shape: "io.to(post.to.map(room)).emit(\"said\", …)"),
        "10.5": Hint(
            "Is the room that is left the one that was joined?",
            look: "TUTORIAL-2, stage 10, step 3: room(_:) in both.",
            shape: "socket.leave(room(channel))"),
        "10.6": Hint(
            "In how many ways can a member leave?",
            look: "TUTORIAL-2, stage 10, step 3: one place gets all of them.",
            shape: "io.onRoomEvent { event in switch event { case .joined(let room, _), … } }"),
        "10.7": Hint(
            "The sockets of which namespace does io.emit reach?",
            look: "TUTORIAL-2, stage 10, step 5: io.of(\"/get\") has its own.",
            shape: "io.of(\"/get\").emit(\"new message\", [\"mess\": text])"),
        "10.8": Hint(
            "Which namespace does the middleware belong to?",
            look: "TUTORIAL-2, stage 10, step 6: io.of(\"/admin\").use.",
            shape:
                "guard isSameSecret(given, adminKey) else { throw ConnectError(\"not allowed\") }"),
        "10.9": Hint(
            "May somebody speak in a room without being in it?",
            look: "TUTORIAL-2, stage 10, step 4: problem(_:from:), before anything is sent.",
            shape: "post.to.allSatisfy(channels(of: socket).contains)"),
        "10.10": Hint(
            "Which rooms exist before any channel does?",
            look: "TUTORIAL-2, stage 10, step 3: each socket's id is the name of one.",
            shape: "func room(_ channel: String) -> String { \"#\" + channel }"),
        "10.11": Hint(
            "How many lists of members do you keep?",
            look: "TUTORIAL-2, stage 10, step 3: ask the engine, io.in(room).sockets.",
            shape: "io.in(room(channel)).sockets.compactMap { names[$0.id] }.sorted()"),
    ]
}
