// Stage 9, in the corners: who was refused, a route that pushes, wrong passwords, what is stored.
// Next: Stage9Checks.swift.

import CourseLanguage

nonisolated func stage9CornerChecks() -> [Check] { traceChecks() + passwordChecks() }

private nonisolated func traceChecks() -> [Check] {
    [
        Check(
            9, 9, .edge, "who was refused leaves no trace: not in the list, not in what is sent",
            needs: "9.4", cause: "a socket that io.use refuses must not be in any table"
        ) {
            let (a, nameA) = try await $0.signedIn()
            let (b, nameB) = try await $0.signedIn()
            let ghost = $0.userName()
            let claims: JSON = ["username": .string(ghost), "exp": .int($0.now - 1)]
            let stranger = try $0.stranger()
            _ = try await stranger.knock("/", ["token": .string($0.forge.token(claims))])
            stranger.vanish()
            let both = [nameA, nameB].sorted()
            a.emit("1")
            try await a.users("a list with \(both)") { $0 == both }
            let text = $0.text()
            let words: JSON = ["data": .string(text), "to": .string(nameB)]
            try require(try await a.ask("3", words), is: ok)
            try await b.expect("3", from(nameA, .string(text)))
            try require(
                try await a.ask("3", ["data": "x", "to": .string(ghost)]),
                is: refused("offline"), "to who was refused")
            a.forget()
            a.emit("1")
            try await a.users("a list with \(both)") { $0 == both }
        },
        Check(
            9, 10, .core, "POST /push with a token reaches a user, and says who is not there",
            needs: "9.2", cause: "the route looks in the same table that the connections write"
        ) {
            let (a, nameA) = try await $0.signedIn()
            let (b, _) = try await $0.signedIn()
            let sender = $0.userName()
            let token = $0.forge.token(["username": .string(sender), "exp": .int($0.now + 60)])
            let text = $0.text()
            let words: JSON = ["data": .string(text), "to": .string(nameA)]
            try await $0.requirePost("/push", words, token: token, is: 200, ok)
            try await a.expect("message", from(sender, .string(text)))
            let stranger: JSON = ["data": "x", "to": .string($0.userName())]
            try await $0.requirePost(
                "/push", stranger, token: token, is: 404, refused("offline"), "to a stranger")
            try await $0.requirePost(
                "/push", words, is: 401, refused("token invalid"), "without a token")
            try await $0.requirePost(
                "/push", words, token: String(token.dropLast()), is: 401,
                refused("token invalid"), "with a token that was cut")
            let marker = $0.text()
            _ = try await b.ask("2", ["data": .string(marker), "to": nil])
            try await a.expectMessage(marker, from: b.nickname ?? "")
            try await b.expectMessage(marker, from: b.nickname ?? "")
            try a.expectNone("message")
            try b.expectNone("message")
        },
        Check(
            9, 11, .edge, "a token that ends while its user is here ends the connection, with a 0",
            needs: "9.2", cause: "a task that sleeps until exp, then emits 0 and disconnects"
        ) {
            // Long enough for its user to join, also on a busy machine.
            let (a, _) = try await $0.signedIn(for: max(2, $0.patience / 5_000))
            try await a.expect("0", from(nil, "token expired"))
            try? await a.raw.wait("the end") { [unowned a] in a.raw.hasEnded }
            try require(
                a.raw.hasEnded || a.packets.contains("41"), "the end of the connection, or 41",
                arrived: "neither")
        },
    ]
}

private nonisolated func passwordChecks() -> [Check] {
    [
        Check(
            9, 12, .edge, "a wrong password and an unknown name are answered alike", needs: "9.1",
            cause: "401 and \"wrong\" for both: else it tells which names exist"
        ) {
            let (name, password) = ($0.userName(), $0.text(count: 12))
            let who: JSON = ["name": .string(name), "password": .string(password)]
            _ = try await $0.post("/register", who)
            let other: JSON = .string($0.text(count: 12))
            for wrong in [name, $0.userName()] {
                try await $0.requirePost(
                    "/login", ["name": .string(wrong), "password": other], is: 401,
                    refused("wrong"), wrong == name ? "a wrong password" : "an unknown name")
            }
            for bad: JSON in [
                ["name": "all", "password": other], ["name": "<b>", "password": other],
                ["name": "", "password": other],
                ["name": .string($0.userName()), "password": "short"], [:], 7,
            ] {
                try await $0.requirePost("/register", bad, is: 400, refused("invalid"))
            }
        },
        Check(
            9, 13, .edge, "after five wrong passwords a name has to wait, also with the right one",
            needs: "9.12", cause: "count the tries by name before the password is looked at"
        ) {
            let (name, password) = ($0.userName(), $0.text(count: 12))
            let who: JSON = ["name": .string(name), "password": .string(password)]
            _ = try await $0.post("/register", who)
            let wrong: JSON = ["name": .string(name), "password": "wrong-password"]
            for _ in 1...5 {
                try await $0.requirePost("/login", wrong, is: 401, refused("wrong"))
            }
            try await $0.requirePost("/login", who, is: 429, refused("wait"), "a sixth try")
            let another: JSON = ["name": .string($0.userName()), "password": "wrong-password"]
            try await $0.requirePost(
                "/login", another, is: 401, refused("wrong"), "another name")
        },
        Check(
            9, 14, .edge, "a user is known after a restart, and no password is stored or printed",
            needs: "9.1", cause: "store what StoredPassword made of the password, and nothing else"
        ) {
            let (name, password) = ($0.userName(), $0.text(count: 24))
            let who: JSON = ["name": .string(name), "password": .string(password)]
            let token = try await $0.post("/register", who).body["token"]?.string ?? "?"
            try await $0.restart()
            let answer = try await $0.post("/login", who)
            try require(answer.status == 200, "status 200", arrived: "\(answer.status)")
            try require(
                $0.stored.contains(name), "the user in a file in DATA_DIR", arrived: "no such file")
            let output = $0.program.text + $0.program.errorText
            let secrets: [(String, Sentence)] = [(password, "the password"), (token, "the token")]
            for (secret, what) in secrets {
                try require(!$0.stored.contains(secret), "\(what) in no file", arrived: "there")
                try require(!output.contains(secret), "\(what) not printed", arrived: "printed")
            }
        },
        Check(
            9, 15, .edge, "of two who register a name at the same moment one gets it",
            needs: "9.1", cause: "behind an await, look again whether the name is free"
        ) {
            let name = $0.userName()
            let connections = [try $0.raw(), try $0.raw()]
            for raw in connections {
                let who: JSON = ["name": .string(name), "password": .string($0.text(count: 12))]
                raw.send(RawClient.request("POST", "/register", body: ChatClient.text(who)))
            }
            var statuses: [Int] = []
            for raw in connections { statuses.append(try await raw.answer().status) }
            try require(
                statuses.sorted() == [201, 409], "201 for one, 409 for the other",
                arrived: "\(statuses)")
        },
    ]
}
