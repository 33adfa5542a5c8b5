// Help for stage 3. Next: Stage4Hints.swift.

nonisolated func stage3Hints() -> [String: Hint] {
    [
        "3.1": Hint(
            "What is the name of the event that the page sends? Letter for letter?",
            look: "TUTORIAL, stage 3, step 2: socket.on, inside of io.onConnection.",
            shape: """
                socket.on("chat message") { (text: String) in
                    print("message: \\(text)")
                }
                """),
        "3.2": Hint(
            "Handlers run one after the other. What in yours lets the next one overtake?",
            look: "A Task, or an await, inside of the handler.",
            shape: "socket.on(\"chat message\") { (text: String) in print(…) }      // no Task"),
        "3.3": Hint(
            "Which line of yours limits a text?",
            look: "prefix(…), or a buffer of fixed size. Stage 3 knows no limit of its own.",
            shape: "print(\"message: \\(text)\")"),
        "3.4": Hint(
            "Somebody presses Send on an empty field in a page of their own. And then?",
            look: "TUTORIAL, stage 3, edge cases. A page can be changed by its user; test here.",
            shape: "guard !text.isEmpty else { return }"),
        "3.5": Hint(
            "What does your handler's parameter say that it takes?",
            look: "The type after the colon decides: what does not fit never reaches the handler.",
            shape: "socket.on(\"chat message\") { (text: String) in … }      // not JSON"),
        "3.6": Hint(
            "Not every network lets WebSockets through. What does the client do then?",
            look: "Engine.IO 4, transports: packets in the body of a POST.",
            shape: "POST /socket.io/?EIO=4&transport=polling&sid=…    42[\"chat message\",\"…\"]"),
    ]
}
