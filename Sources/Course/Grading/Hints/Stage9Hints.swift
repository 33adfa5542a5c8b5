// Help for stage 9. Next: Check.swift.

nonisolated func stage9Hints() -> [String: Hint] {
    doorHints().merging(tableHints()) { first, _ in first }
}

private nonisolated func doorHints() -> [String: Hint] {
    [
        "9.1": Hint(
            "Where does a token come from, and where does it go to?",
            look: "TUTORIAL-2, stage 9, steps 3 and 5: a route makes it, io.use reads it.",
            shape: """
                return try .json(Reply(username: name, token: try signer.sign(claims)), status)
                """),
        "9.2": Hint(
            "In which two places of a handshake can a page put something?",
            look: "TUTORIAL-2, stage 9, steps 5 and 6: handshake.auth, handshake.query, the list.",
            shape: """
                handshake.auth["token"]?.string ?? handshake.query["token"] ?? ""
                """),
        "9.3": Hint(
            "Who throws the error, before any handler runs?",
            look: "TUTORIAL-2, stage 9, step 5: a middleware that throws keeps the socket out.",
            shape: "io.use { socket in …; throw ConnectError(\"token invalid\") }"),
        "9.4": Hint(
            "What may the page do when a token has only ended?",
            look: "TUTORIAL-2, stage 9, step 5: TokenProblem.expired is one of two cases.",
            shape: "throw ConnectError(error == .expired ? \"token expired\" : \"token invalid\")"),
        "9.5": Hint(
            "Who has written the header of a token that comes in?",
            look: "TUTORIAL-2, stage 9, step 2: verify looks at the algorithm, exp and nbf.",
            shape: "try signer.verify(token, at: now())"),
        "9.11": Hint(
            "A token ends at four. Its user has come at three. Who looks at four?",
            look: "TUTORIAL-2, stage 9, step 8: a Task that sleeps until exp.",
            shape: """
                try await Task.sleep(for: .seconds(Double(claims.exp) - now()))
                socket.emit(0, …); socket.disconnect(close: true)
                """),
        "9.12": Hint(
            "What does your answer tell somebody who tries names?",
            look: "TUTORIAL-2, stage 9, step 4: one guard, and one answer for both.",
            shape: """
                let stored = users[given.name] ?? noUser
                guard isRight, stored != noUser else { …"wrong", 401 }
                """),
        "9.13": Hint(
            "How many passwords can a program try in a second?",
            look: "TUTORIAL-2, stage 9, step 4: count before you look, and by name.",
            shape: "guard mayTry(key) else { return try .json(Reply.refusal(\"wait\"), 429) }"),
        "9.14": Hint(
            "What does a thief find who takes the file?",
            look: "TUTORIAL-2, stage 9, steps 2 and 3: salt, rounds and digest.",
            shape: "users[new.name] = StoredPassword(of: …)\n… .write(to: file, options: .atomic)"),
        "9.15": Hint(
            "What can happen while your handler awaits?",
            look: "TUTORIAL-2, stage 9, step 3: on which side of the await is the test?",
            shape: "let password = await …; guard users[new.name] == nil else { … }"),
    ]
}

private nonisolated func tableHints() -> [String: Hint] {
    [
        "9.6": Hint(
            "Ada has two tabs. How many of her are in the list?",
            look: "TUTORIAL-2, stage 9, step 6: a set of sockets for each user.",
            shape: """
                sockets[me, default: []].insert(socket.id)
                if sockets[me]?.isEmpty == true { sockets[me] = nil }
                """),
        "9.7": Hint(
            "Who knows best who has sent a message?",
            look: "TUTORIAL-2, stage 9, step 6: the socket has its claims.",
            shape: "io.emit(2, message(from: me, .string(words.data)))"),
        "9.8": Hint(
            "To how many sockets does a message to one user go?",
            look: "TUTORIAL-2, stage 9, step 7: each socket's id is a room; to takes several.",
            shape: "io.to(Array(addressee)).emit(3, …)"),
        "9.9": Hint(
            "Which of your tables does a refused socket get into?",
            look: "TUTORIAL-2, stage 9, step 6: onConnection runs for those who are in.",
            shape: "sockets[…].insert(…) in io.onConnection, and not in io.use"),
        "9.10": Hint(
            "Which table does the route read? Which one do connections write?",
            look: "TUTORIAL-2, stage 9, step 7: a guard, and its else says \"offline\".",
            shape: "guard let addressee = sockets[words.to ?? \"\"] else { …\"offline\", 404 }"),
    ]
}
