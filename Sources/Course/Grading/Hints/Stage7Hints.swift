// Help for stage 7. Next: Stage8Hints.swift.

nonisolated func stage7Hints() -> [String: Hint] {
    [
        "7.1": Hint(
            "Nothing changes when somebody without a name connects. How do they get the list?",
            look: "TUTORIAL, stage 7, step 2: the first line of onConnection, to this one alone.",
            shape: "socket.emit(\"online\", online())"),
        "7.2": Hint(
            "Who shows the list? Also who has just been added to it?",
            look: "TUTORIAL, stage 7, step 3: io is everyone, socket.broadcast is not.",
            shape: "io.emit(\"online\", online())"),
        "7.3": Hint(
            "At which moment is somebody off the list: before, or after you send it?",
            look: "TUTORIAL, stage 7, step 3: onDisconnect: remove first, then send.",
            shape: """
                if let name = nicknames.removeValue(forKey: socket.id) {
                    io.emit("online", online())
                }
                """),
        "7.4": Hint(
            "In which order does a dictionary hand out its values? Twice the same?",
            look: "TUTORIAL, stage 7, step 1: sorted by key, so that capitals make no difference.",
            shape: "nicknames.values.sorted { nameKey($0) < nameKey($1) }"),
        "7.5": Hint(
            "One rename: how many lists go out?",
            look: "Count the places that send it. Is one of them reached without a change?",
            shape: "if nicknames[socket.id] != name { …; io.emit(\"online\", online()) }"),
        "7.6": Hint(
            "Do you list what people typed, or what you compare with?",
            look: "Sort by key, send the values.",
            shape: "nicknames.values.sorted { nameKey($0) < nameKey($1) }"),
        "7.7": Hint(
            "What is in the list for somebody without a name?",
            look: "A table with names only has no entry for them. Is yours sent when they leave?",
            shape: "if let name = nicknames.removeValue(forKey: socket.id) { io.emit(…) }"),
    ]
}
