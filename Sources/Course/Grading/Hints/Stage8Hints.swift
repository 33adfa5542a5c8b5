// Help for stage 8. Next: Check.swift.

nonisolated func stage8Hints() -> [String: Hint] {
    [
        "8.1": Hint(
            "Each socket is in a room of its own. What is that room's name?",
            look: "TUTORIAL, stage 8, step 2: to(_:) with the addressee's id.",
            shape: """
                socket.to(addressee).emit("private message", Message(from: from, text: text))
                """),
        "8.2": Hint(
            "A message to nobody: how does the sender learn of it?",
            look:
                "TUTORIAL, stage 8, step 2: look for the owner of the name; nil is an answer too.",
            shape: "guard let addressee = owner(of: …) else { return .refusal(\"offline\") }"),
        "8.3": Hint(
            "What happens to somebody who writes to themselves?",
            look: "TUTORIAL, stage 8, step 3: whose id is the addressee's?",
            shape: "if addressee == socket.id { return .refusal(\"yourself\") }"),
        "8.4": Hint(
            "Who is the sender, if nobody knows their name?",
            look: "The first line of the handler, as in \"chat message\".",
            shape: """
                guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
                """),
        "8.5": Hint(
            "An empty text to somebody who is offline: which of the two do you say?",
            look: "TUTORIAL, stage 8, edge cases: no nickname, empty, too long, yourself, offline.",
            shape: "guard let from …; if let problem …; guard let addressee …; if addressee == …"),
        "8.6": Hint(
            "Who gets a letter to the name that somebody had before?",
            look: "One table of names, searched by key. Is there a second one that is older?",
            shape: "let addressee = owner(of: cleaned(letter.to))"),
        "8.7": Hint(
            "Does a private message go the way of a public one in your program?",
            look: "It does not end typing, and its text is printed nowhere.",
            shape: "no setTyping(…) and no print(…) in the handler of \"private message\""),
        "8.8": Hint(
            "Which fields does your Letter have? Which of them do you believe?",
            look: "A struct with to and text; the sender comes from your table.",
            shape: "struct Letter: Decodable { var to, text: String }"),
    ]
}
