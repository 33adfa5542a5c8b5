// Help for stage 5. Next: Stage6Hints.swift.

nonisolated func stage5Hints() -> [String: Hint] {
    [
        "5.1": Hint(
            "The page waits for an answer to its question. How does a handler answer?",
            look:
                "TUTORIAL, stage 5, steps 1 and 2: what a handler returns is the acknowledgement.",
            shape: """
                socket.on("set nickname") { (input: String) -> Reply in
                    nicknames[socket.id] = input
                    return Reply(nickname: input)
                }
                """),
        "5.2": Hint(
            "\"Ada\" and \" Ada \": two people?",
            look: "TUTORIAL, stage 5, step 4: cleaned(_:), before anything else looks at the name.",
            shape: "input.trimmingCharacters(in: .whitespacesAndNewlines)"),
        "5.3": Hint(
            "What is left of three blanks when they are trimmed?",
            look: "The order of your lines: first clean, then test.",
            shape: "let name = cleaned(input)\nif name.isEmpty { return .refusal(\"empty\") }"),
        "5.4": Hint(
            "How many characters has 👩‍👩‍👧‍👦? And how many bytes?",
            look: "String.count counts as a person does; utf8.count and utf16.count do not.",
            shape: "if name.count > 20 { return .refusal(\"too long\") }"),
        "5.5": Hint(
            "ADA comes after Ada. How do your names compare?",
            look: "TUTORIAL, stage 5, step 4: nameKey(_:) and owner(of:). Compare keys, not names.",
            shape: "nicknames.first { nameKey($0.value) == wanted }"),
        "5.6": Hint(
            "Who wants to know that there is somebody new? And in which shape?",
            look: "TUTORIAL, stage 5, step 2: an object with the key nickname, to the others.",
            shape: "socket.broadcast.emit(\"user joined\", User(nickname: name))"),
        "5.7": Hint(
            "The page shows its own message at once. Who is left to be told?",
            look:
                "TUTORIAL, stage 5, step 3: {from, text} to the others, {ok: true} to the sender.",
            shape: """
                socket.broadcast.emit("chat message", Message(from: from, text: text))
                return Reply()
                """),
        "5.8": Hint(
            "Who may speak? Where does the handler look that up, and when?",
            look: "The first line of the handler of \"chat message\".",
            shape: """
                guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
                """),
        "5.9": Hint(
            "Somebody leaves who never had a name. What do the others hear?",
            look: "TUTORIAL, stage 5, step 3: onDisconnect. The entry is removed and read at once.",
            shape: """
                if let name = nicknames.removeValue(forKey: socket.id) {
                    socket.broadcast.emit("user left", User(nickname: name))
                }
                """),
        "5.10": Hint(
            "When is a name free again?",
            look: "What does onDisconnect remove, and under which key was it entered?",
            shape: "nicknames.removeValue(forKey: socket.id)"),
        "5.11": Hint(
            "Who renames leaves one name and comes under another. What do the others hear?",
            look: "TUTORIAL, stage 5, step 6: updateValue returns what was there before.",
            shape: """
                let old = nicknames.updateValue(name, forKey: socket.id)
                if let old { socket.broadcast.emit("user left", User(nickname: old)) }
                """),
        "5.12": Hint(
            "Is one's own name taken? Is it news when it stays the same?",
            look: "Compare the owner's id with socket.id, and the old name with the new one.",
            shape: """
                if let owner = owner(of: name), owner != socket.id { return .refusal("taken") }
                if old != name { … }
                """),
        "5.13": Hint(
            "é can be one scalar or two. Which of them do you store?",
            look: "TUTORIAL, stage 5, step 4: the canonical, precomposed form (NFC).",
            shape: "name.precomposedStringWithCanonicalMapping"),
        "5.14": Hint(
            "A name with a line break, or one that turns the line around: how does it look?",
            look: "TUTORIAL, stage 5, step 5. The order is empty, invalid, too long, taken.",
            shape: """
                if name.replacing(emoji, with: "").contains(forbidden) { … }      // scalars
                """),
        "5.15": Hint(
            "What is a good text? Short enough, and not blank.",
            look: "TUTORIAL, stage 5, step 4: trim, then problem(_:atMost:bytes:), then send.",
            shape: """
                let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
                if let error = problem(text, atMost: 2_000, bytes: 65_536) { … }
                """),
        "5.16": Hint(
            "Whose word do you take for the sender's name?",
            look: "from comes from your table, by socket.id, and never out of the packet.",
            shape: "let from = nicknames[socket.id]"),
        "5.17": Hint(
            "Two ask in the same moment. What may happen between your test and your entry?",
            look: "TUTORIAL, stage 5, the box on await. Is there one between the two?",
            shape: "test, then enter, with no await in between"),
        "5.18": Hint(
            "What does your handler's parameter say that it takes?",
            look: "With (input: String) the engine keeps everything else away from the handler.",
            shape: "socket.on(\"set nickname\") { (input: String) -> Reply in … }"),
        "5.19": Hint(
            "A client comes back. Is it the same socket?",
            look: "Each connection has a socket with an id of its own. The page asks again.",
            shape: "nicknames[socket.id]      // nil for a new socket"),
        "5.20": Hint(
            "How many bytes can 20 characters have? Who waits while you look at all of them?",
            look: "TUTORIAL, stage 5, step 4: the length in bytes, of the input, before all else.",
            shape: "if input.utf8.count > 1_000 { return .refusal(\"too long\") }"),
        "5.21": Hint(
            "Ａｄａ comes after Ada, in letters as wide as a Chinese one. Is it somebody else?",
            look: "TUTORIAL, stage 5, step 4: the key is in the compatibility form (NFKC).",
            shape: "name.precomposedStringWithCompatibilityMapping.lowercased()"),
        "5.22": Hint(
            "Ada, and Ada with a character in it that takes no room: who can tell them apart?",
            look: "TUTORIAL, stage 5, step 5: whole classes of characters, and what emoji need.",
            shape: "name.replacing(emoji, with: \"\").contains(forbidden)"),
    ]
}
