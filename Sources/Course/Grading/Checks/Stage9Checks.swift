// Stage 9: a password, a token, a user with several tabs. Next: Stage9CornerChecks.swift;
// ../Bonus/BonusSteps.swift for what they begin with.

import CourseLanguage

nonisolated func stage9Checks() -> [Check] { signInChecks() + userChecks() + stage9CornerChecks() }

/// What the server sends: `{"user": …, "data": …}`.
func from(_ user: String?, _ data: JSON) -> JSON {
    ["user": user.map { .string($0) } ?? .null, "data": data]
}

extension ChatClient {
    /// Waits for a list of users that satisfies a condition.
    func users(_ what: Sentence, _ matches: ([String]) -> Bool) async throws {
        var last: String?
        while true {
            let event: Event
            do {
                event = try await next("1")
            } catch let failure as Failure {
                guard let last else { throw failure }
                throw Failure(expected: "\(what) for \(name)", arrived: "\(last)")
            }
            let items = event.field("data")?.array ?? []
            let names = items.compactMap { $0["username"]?.string }
            guard event.field("user") == .null, event.field("data")?.array != nil,
                names.count == items.count
            else {
                throw Failure(
                    expected: "1({\"data\":[{\"username\":…}, …],\"user\":null})",
                    arrived: "\(event.text)",
                    cause: "the list holds something that is no user: a socket without one?")
            }
            if matches(names) { return }
            last = event.text
        }
    }
}

private nonisolated func signInChecks() -> [Check] {
    [
        Check(
            9, 1, .core, "who registers or signs in gets a token, and comes in with it",
            cause: "POST /register and POST /login answer with a token, and io.use reads it"
        ) {
            let (name, password) = ($0.userName(), $0.text(count: 12))
            let who: JSON = ["name": .string(name), "password": .string(password)]
            for (target, status) in [("/register", 201), ("/login", 200)] {
                let answer = try await $0.post(target, who)
                try require(
                    answer.status == status, "\(target): status \(status)",
                    arrived: answer.body == .null
                        ? "\(answer.status)" : "\(answer.status) \(jsonText(answer.body))")
                guard let token = answer.body["token"]?.string else {
                    throw Failure(
                        expected: "{\"ok\":true,\"token\":\"…\",\"username\":\"\(name)\"}",
                        arrived: "\(jsonText(answer.body))")
                }
                try require(
                    answer.body,
                    is: ["ok": true, "username": .string(name), "token": .string(token)])
                let client = try $0.stranger()
                let reply = try await client.knock("/", ["token": .string(token)])
                try require(
                    reply.hasPrefix("40{"), "40{\"sid\":…} with this token", arrived: "\(reply)")
                let welcome = try await client.next("2")
                try require(
                    welcome.field("user") == .null && welcome.field("data")?.string != nil,
                    "2({\"data\":\"…\",\"user\":null})", arrived: "\(welcome.text)")
            }
        },
        Check(
            9, 2, .core, "the token is read from auth, and from the address",
            cause: "handshake.auth[\"token\"], or else handshake.query[\"token\"]"
        ) {
            for place in ["auth", "the address"] {
                let name = $0.userName()
                let words = Sentence(words: place)
                let claims: JSON = ["username": .string(name), "exp": .int($0.now + 600)]
                let token = $0.forge.token(claims)
                let client = try $0.stranger()
                let answer =
                    place == "auth"
                    ? try await client.knock("/", ["token": .string(token)])
                    : try await client.knock(query: "&token=\(token)")
                try require(
                    answer.hasPrefix("40{"), "40{\"sid\":…} for a right token in \(words)",
                    arrived: "\(bounded(answer, 120))")
                // Who lets everyone in does not know who it is.
                try await client.users("a list with \(name)") { $0.contains(name) }
            }
        },
        Check(
            9, 3, .core, "without a token that the server has made, no client comes in",
            needs: "9.2", cause: "io.use has to throw ConnectError(\"token invalid\")"
        ) {
            let claims: JSON = ["username": .string($0.userName()), "exp": .int($0.now + 600)]
            let token = $0.forge.token(claims)
            let other = TokenForge(secret: $0.text(count: 40)).token(claims)
            let wrong: [(JSON?, Sentence)] = [
                (nil, "no token"), ("token", "a word"), (.string(other), "another secret"),
                (.string(String(token.dropLast())), "a token that was cut"), (7, "a number"),
            ]
            for (token, what) in wrong {
                try await $0.requireRefusal(token, is: "token invalid", what)
            }
        },
        Check(
            9, 4, .core, "a token that has ended is refused as \"token expired\"", needs: "9.3",
            cause: "verify throws TokenProblem.expired: the page has to know that it may ask again"
        ) {
            let claims: JSON = ["username": .string($0.userName()), "exp": .int($0.now - 1)]
            try await $0.requireRefusal(
                .string($0.forge.token(claims)), is: "token expired", "it ended a second ago")
        },
        Check(
            9, 5, .edge, "a token that is forged, incomplete or not valid yet is refused",
            needs: "9.3",
            cause: "the algorithm in a token is the sender's: only HS256 counts"
        ) {
            let name = $0.userName()
            let right: JSON = ["username": .string(name), "exp": .int($0.now + 600)]
            let later: JSON = [
                "username": .string(name), "exp": .int($0.now + 900), "nbf": .int($0.now + 600),
            ]
            let tricks: [(String, Sentence)] = [
                ($0.forge.unsigned(right), "the algorithm none"),
                ($0.forge.token(right, header: ["alg": "HS512"]), "the algorithm HS512"),
                ($0.forge.token(later), "nbf in ten minutes"),
                ($0.forge.token(["username": .string(name)]), "no exp"),
                (String(repeating: "A", count: 900_000), "nine hundred thousand bytes"),
            ]
            for (token, what) in tricks {
                try await $0.requireRefusal(.string(token), is: "token invalid", what)
            }
        },
    ]
}

private nonisolated func userChecks() -> [Check] {
    [
        Check(
            9, 6, .core, "the list names each user once, also with two tabs, until the last closes",
            needs: "9.2", cause: "the table has a set of sockets for each user"
        ) {
            let (a, nameA) = try await $0.signedIn()
            let (b1, nameB) = try await $0.signedIn()
            let (b2, _) = try await $0.signedIn(nameB)
            let both = [nameA, nameB].sorted()
            for client in [a, b1, b2] {
                try await client.users("a list with \(both)") { $0 == both }
            }
            a.forget()
            b1.leave()
            // The second tab of B's is still there: a question shows it, whatever else is told.
            let text = $0.text()
            _ = try await b2.ask("2", ["data": .string(text), "to": nil])
            try await a.expectMessage(text, from: nameB)
            a.forget()
            a.emit("1")
            try await a.users("a list with \(both), since a tab is open") { $0 == both }
            b2.leave()
            try await a.users("a list with \([nameA])") { $0 == [nameA] }
        },
        Check(
            9, 7, .core, "a message goes to everyone, its sender too, under the token's name",
            needs: "9.2", cause: "io.emit(2, …) with the user of the socket"
        ) {
            let (a, nameA) = try await $0.signedIn()
            let (b, _) = try await $0.signedIn()
            _ = (try await a.next("2"), try await b.next("2"))
            let text = $0.text()
            let words: JSON = ["data": .string(text), "to": nil, "user": "somebody else"]
            try require(try await a.ask("2", words), is: ok)
            try require(try await a.ask("2", ["data": "", "to": nil]), is: refused("empty"))
            for client in [a, b] { try await client.expect("2", from(nameA, .string(text))) }
        },
        Check(
            9, 8, .core, "a message to one user reaches all tabs of that user, and no one else",
            needs: "9.2", cause: "look the name up in the table, and send to each of its sockets"
        ) {
            let (a, nameA) = try await $0.signedIn()
            let (b1, nameB) = try await $0.signedIn()
            let (b2, _) = try await $0.signedIn(nameB)
            let (c, nameC) = try await $0.signedIn()
            let text = $0.text()
            let words: JSON = ["data": .string(text), "to": .string(nameB)]
            try require(try await a.ask("3", words), is: ok)
            for client in [b1, b2] { try await client.expect("3", from(nameA, .string(text))) }
            try require(
                try await a.ask("3", ["data": "x", "to": .string($0.userName())]),
                is: refused("offline"))
            let marker = $0.text()
            _ = try await c.ask("2", ["data": .string(marker), "to": nil])
            for client in [a, c, b1, b2] { try await client.expectMessage(marker, from: nameC) }
            for client in [a, c, b1, b2] { try client.expectNone("3") }
        },
    ]
}

extension ChatClient {
    /// Waits for a message to everyone; earlier ones are passed over.
    func expectMessage(_ text: String, from sender: String) async throws {
        while true {
            let event = try await next("2", as: Event("2", [from(sender, .string(text))]))
            if event.field("data")?.string == text { return }
        }
    }
}
