// Help for stage 11. Next: Check.swift.

nonisolated func stage11Hints() -> [String: Hint] {
    [
        "11.1": Hint(
            "What is the number of the next message, if they are in an array?",
            look: "TUTORIAL-2, stage 11, step 2: the offset is the second argument.",
            shape: "io.emit(\"chat message\", message, entry.offset); return Reply(offset: …)"),
        "11.2": Hint(
            "How many messages has a client heard whose last offset is 7?",
            look: "TUTORIAL-2, stage 11, step 2: the first 7 are left out.",
            shape: "for entry in entries.dropFirst(max(known, 0)) { socket.emit(…) }"),
        "11.3": Hint(
            "The same text twice: sent again, or said again?",
            look: "TUTORIAL-2, stage 11, step 5: the id tells.",
            shape: "if let offset = offsets[…] { return Reply(offset: offset) }"),
        "11.4": Hint(
            "Where is a message while no program runs?",
            look: "TUTORIAL-2, stage 11, step 3: append, and read at the start.",
            shape: "try journal.write(contentsOf: …); try journal.synchronize()"),
        "11.5": Hint(
            "What does the new program know of the ids that the old one had?",
            look: "TUTORIAL-2, stage 11, step 5: remember(_:) runs for each line as well.",
            shape: "offsets[Sending(from: entry.from, id: entry.id)] = entry.offset"),
        "11.6": Hint(
            "What does an acknowledgement promise?",
            look: "TUTORIAL-2, stage 11, step 3: append throws or has stored; then comes return.",
            shape: "try append(entry); …; return Reply(offset: entry.offset)"),
        "11.7": Hint(
            "What is at the end of a file whose writer was killed?",
            look: "TUTORIAL-2, stage 11, step 4: cut behind the last line end.",
            shape: "try journal.truncate(atOffset: UInt64(end))"),
        "11.8": Hint(
            "Who has sent the missed messages already?",
            look: "TUTORIAL-2, stage 11, step 6: the engine, if the socket was recovered.",
            shape: "if !socket.recovered { … }"),
        "11.9": Hint(
            "Can anything happen between the offset and the emit?",
            look: "TUTORIAL-2, stage 11, step 2: no await in this handler.",
            shape: "let entry = …; try append(entry); io.emit(…)"),
        "11.10": Hint(
            "To which sender does an id belong? And what is the number in \"x\"?",
            look: "TUTORIAL-2, stage 11, steps 2 and 5: Sending has two fields; ?? 0.",
            shape: "socket.handshake.auth[\"serverOffset\"]?.int ?? 0"),
    ]
}
