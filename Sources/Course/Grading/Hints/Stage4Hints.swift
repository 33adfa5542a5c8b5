// Help for stage 4. Next: Stage5Hints.swift.

nonisolated func stage4Hints() -> [String: Hint] {
    [
        "4.1": Hint(
            "socket, socket.broadcast, io: which of them means everyone?",
            look: "TUTORIAL, stage 4, the table of who hears what.",
            shape: "io.emit(\"chat message\", text)"),
        "4.2": Hint(
            "Does a newcomer have to be told that it has come?",
            look: "TUTORIAL, stage 4, step 2: to everyone but this one.",
            shape: "socket.broadcast.emit(\"user joined\")"),
        "4.3": Hint(
            "Which handler runs when somebody goes, however they go?",
            look: "TUTORIAL, stage 4, step 2: the same call as for coming, in the other handler.",
            shape: """
                socket.onDisconnect { reason in
                    socket.broadcast.emit("user left")
                }
                """),
        "4.4": Hint(
            "An empty message: does anybody want to read it?",
            look: "The test of stage 3 is still needed.",
            shape: "if !text.isEmpty { io.emit(\"chat message\", text) }"),
        "4.5": Hint(
            "If the handler takes anything, what will the others get?",
            look: "The type of the handler's parameter.",
            shape: "socket.on(\"chat message\") { (text: String) in … }"),
        "4.6": Hint(
            "Which line of yours makes a text shorter?",
            look: "prefix(…), or a test of its length. The limit of 2,000 begins with stage 5.",
            shape: "io.emit(\"chat message\", text)"),
        "4.7": Hint(
            "Is there anything in your program that remembers messages?",
            look: "An array of texts that is sent in onConnection. Nobody gets history here.",
            shape: "io.onConnection { socket in … }      // sends no old messages"),
        "4.8": Hint(
            "Handlers run one after the other. What in yours lets the next one overtake?",
            look: "A Task, or an await, between receiving and io.emit.",
            shape: "socket.on(\"chat message\") { (text: String) in io.emit(…) }      // no Task"),
        "4.9": Hint(
            "How often is your handler set when five clients have come and gone?",
            look: "Handlers belong to the socket that is handed to onConnection, and go with it.",
            shape: "io.onConnection { socket in socket.on(…) { … } }"),
    ]
}
