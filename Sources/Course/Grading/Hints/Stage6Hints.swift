// Help for stage 6. Next: Stage7Hints.swift.

import CourseLanguage

nonisolated func stage6Hints() -> [String: Hint] {
    [
        "6.1": Hint(
            "Who has to know that somebody types? Which two things do they have to know?",
            look: "TUTORIAL, stage 6, step 1: {nickname, isTyping}, to the others.",
            shape: """
                socket.broadcast.emit("typing", Typing(nickname: nickname, isTyping: isTyping))
                """),
        "6.2": Hint(
            "Ten keystrokes are ten events. How many of them change anything?",
            look: "TUTORIAL, stage 6, step 2: what was known before decides.",
            shape: "if isTyping != wasTyping { socket.broadcast.emit(…) }"),
        "6.3": Hint(
            "The message is there. Is its author still typing?",
            look: "TUTORIAL, stage 6, step 3: "
                + "end typing in the message's handler, before it is sent.",
            shape: "setTyping(false, socket)\nsocket.broadcast.emit(\"chat message\", …)"),
        "6.4": Hint(
            "Somebody closes the tab in the middle of a word. Who ends the typing?",
            look: "TUTORIAL, stage 6, step 3: onDisconnect, before the name is removed.",
            shape: """
                setTyping(false, socket)
                if let name = nicknames.removeValue(forKey: socket.id) { … }
                """),
        "6.5": Hint(
            "A visitor stops in the middle of a word and sends nothing more. When does typing end?",
            look: "TUTORIAL, stage 6, step 4: a Task that sleeps, cancelled by each new sign.",
            shape: """
                typing[socket.id] = Task {
                    try await Task.sleep(for: .seconds(3))
                    try Task.checkCancellation()
                    setTyping(false, socket)
                }
                """),
        "6.6": Hint(
            "A visitor without a name types. Which name could be announced?",
            look: "The first line of setTyping.",
            shape: "guard let nickname = nicknames[socket.id] else { return }"),
        "6.7": Hint(
            "Ada types and becomes Grace. Who stops typing?",
            look: "The order in \"set nickname\": stop under the old name, then rename.",
            shape: "setTyping(false, socket)\nnicknames.updateValue(name, forKey: socket.id)"),
        "6.8": Hint(
            "The message was refused, its author goes on writing. What do the others see?",
            look: "End typing only when the text has been found good.",
            shape: """
                if let error = problem(text, …) { return .refusal(error) }
                setTyping(false, socket)
                """),
        "6.9": Hint(
            "What does your handler's parameter say that it takes?",
            look: "With (isTyping: Bool) the engine keeps everything else away.",
            shape: "socket.on(\"typing\") { (isTyping: Bool) in … }"),
    ]
}
