// Stage 12: two servers, and Redis between them. Next: ../Bonus/ServerGroup.swift.

nonisolated func stage12Checks() -> [Check] { groupChecks() + stage12CornerChecks() }

extension CheckContext {
    /// A client with a name, at a server. Returns both.
    fileprivate func visitor(
        _ wanted: String? = nil, at server: Program? = nil
    ) async throws -> (client: ChatClient, name: String) {
        let name = wanted ?? nickname()
        let client = try await guest(["name": .string(name)], step: "12.1", at: server)
        client.nickname = name
        return (client, name)
    }

    /// What a client with this name is answered.
    fileprivate func answer(to name: String, at server: Program) async throws -> String {
        try await stranger(at: server).knock("/", ["name": .string(name)])
    }
}

private let taken = "44{\"message\":\"taken\"}"

private func message(_ from: String, _ text: String) -> JSON {
    ["from": .string(from), "text": .string(text)]
}

extension ChatClient {
    /// The next message has to be this one. (The engine may put a word of its own behind it.)
    fileprivate func hears(_ text: String, from sender: String) async throws {
        let wanted = Event("chat message", [message(sender, text)])
        let event = try await next("chat message", as: wanted)
        guard event.arguments.first == wanted.arguments.first else {
            throw Failure(
                expected: "\(wanted.text) for \(name)", arrived: "\(event.text)",
                .otherEvent(wanted: wanted, arrived: event, client: name))
        }
    }

    /// Waits for a list of exactly these names.
    fileprivate func sees(_ names: String...) async throws {
        let wanted = JSON.array(names.sorted().map { .string($0) })
        var last: String?
        while true {
            do {
                let event = try await next("online")
                if event.arguments.first == wanted { return }
                last = event.text
            } catch let failure as Failure {
                guard let last else { throw failure }
                throw Failure(
                    expected: "the list \(jsonText(wanted)) for \(name)", arrived: "\(last)")
            }
        }
    }
}

private nonisolated func groupChecks() -> [Check] {
    [
        Check(
            12, 1, .core, "without Redis a server works alone, and says so",
            cause: "no REDIS_URL and no --redis: print a line with \"alone\", and go on"
        ) {
            try await $0.printed("… alone …") { $0.contains("alone") }
            let (a, nameA) = try await $0.visitor()
            let (b, nameB) = try await $0.visitor()
            let text = $0.text()
            try require(try await a.ask("chat message", .string(text)), is: ok)
            for client in [a, b] { try await client.hears(text, from: nameA) }
            try await a.sees(nameA, nameB)
            let answer = try await $0.answer(to: nameA, at: $0.program)
            try require(answer == taken, "\(taken)", arrived: "\(bounded(answer, 120))")
        },
        Check(
            12, 2, .core, "what is said at one server is heard at the other, once", needs: "12.1",
            cause: "io.use(adapter:) with the address in REDIS_URL, and io.emit"
        ) {
            let (one, two) = try await $0.twoServers()
            let (a, nameA) = try await $0.visitor(at: one)
            let (b, nameB) = try await $0.visitor(at: two)
            let (text, reply) = ($0.text(), $0.text())
            try require(try await a.ask("chat message", .string(text)), is: ok)
            for client in [a, b] { try await client.hears(text, from: nameA) }
            try require(try await b.ask("chat message", .string(reply)), is: ok)
            for client in [a, b] { try await client.hears(reply, from: nameB) }
        },
        Check(
            12, 3, .core,
            "a name that is used at one server is taken at the other, until it is free",
            needs: "12.1", cause: "ask the other servers before a socket is let in"
        ) {
            let (one, two) = try await $0.twoServers()
            let (a, name) = try await $0.visitor(at: one)
            for spelling in [name, " \(name.uppercased()) "] {
                let answer = try await $0.answer(to: spelling, at: two)
                try require(
                    answer == taken, "\(taken) for \"\(spelling)\"",
                    arrived: "\(bounded(answer, 120))")
            }
            a.leave()
            try await $0.becomesFree(name, at: two)
        },
        Check(
            12, 4, .core, "the list of who is online is of both servers, and the same at both",
            needs: "12.1", cause: "findSockets asks all servers; sockets are those of one"
        ) {
            let (one, two) = try await $0.twoServers()
            let (a, nameA) = try await $0.visitor(at: one)
            let (b, nameB) = try await $0.visitor(at: two)
            for client in [a, b] { try await client.sees(nameA, nameB) }
            let (_, nameC) = try await $0.visitor(at: two)
            for client in [a, b] { try await client.sees(nameA, nameB, nameC) }
            b.leave()
            try await a.sees(nameA, nameC)
        },
        Check(
            12, 5, .core, "a server that dies frees its names, and they leave the list",
            needs: "12.4", cause: "nothing that a server keeps may outlive it at the others"
        ) {
            let (one, two) = try await $0.twoServers()
            let (_, nameA) = try await $0.visitor(at: one)
            let (b, nameB) = try await $0.visitor(at: two)
            try await b.sees(nameA, nameB)
            $0.note("grader", "kills the first server")
            one.kill()
            try await b.sees(nameB)
            try await $0.becomesFree(nameA, at: two)
        },
    ]
}

extension CheckContext {
    /// Waits until a name may be taken.
    fileprivate func becomesFree(_ name: String, at server: Program) async throws {
        var answer = taken
        for _ in 1...40 where answer == taken {
            answer = try await self.answer(to: name, at: server)
            if answer == taken { try await Task.sleep(for: .milliseconds(100)) }
        }
        try require(
            answer.hasPrefix("40{"), "40{\"sid\":…} for the free name \"\(name)\"",
            arrived: "\(bounded(answer, 120))")
    }
}

private nonisolated func stage12CornerChecks() -> [Check] {
    [
        Check(
            12, 6, .edge, "of two who want a name at the same moment at two servers, one gets it",
            needs: "12.3", cause: "who asks for a name holds it meanwhile; a ticket decides"
        ) {
            let (one, two) = try await $0.twoServers()
            for _ in 1...8 {
                let name = $0.nickname()
                let (a, b) = (try $0.stranger(at: one), try $0.stranger(at: two))
                async let first = a.knock("/", ["name": .string(name)])
                async let second = b.knock("/", ["name": .string(name)])
                let answers = try await [first, second]
                try require(
                    answers.count { $0.hasPrefix("40{") } == 1 && answers.contains(taken),
                    "40{\"sid\":…} for one, \(taken) for the other",
                    arrived: .all(of: answers.map { bounded($0, 60) }))
            }
        },
        Check(
            12, 7, .edge, "who comes back to the other server gets what it has missed, once",
            needs: "12.4", cause: "connectionStateRecovery, and an adapter in streams mode"
        ) {
            let (one, two) = try await $0.twoServers()
            let (a, nameA) = try await $0.visitor(at: one)
            let b = try $0.stranger(at: two)
            let nameB = $0.nickname()
            let welcome = try await b.knock("/", ["name": .string(nameB)])
            let texts = $0.texts(3)
            try await $0.step("12.4") { try await a.sees(nameA, nameB) }
            _ = try await a.ask("chat message", .string(texts[0]))
            let event = try await b.next("chat message")
            guard let offset = event.arguments.last?.string, event.arguments.count > 1,
                let pid = ChatClient.pid(in: welcome)
            else {
                throw Failure(
                    expected: "a pid in the welcome, and an offset behind each event",
                    arrived: "\(bounded(welcome, 80)), \(event.text)")
            }
            b.vanish()
            // Its server has to notice, and to store what it knows of it.
            try await $0.step("12.4") { try await a.sees(nameA) }
            _ = try await a.ask("chat message", .string(texts[1]))
            let c = try $0.stranger(at: one)
            let auth: JSON = [
                "name": .string(nameB), "pid": .string(pid), "offset": .string(offset),
            ]
            _ = try await c.knock("/", auth)
            try await c.hears(texts[1], from: nameA)
            _ = try await a.ask("chat message", .string(texts[2]))
            try await c.hears(texts[2], from: nameA)
        },
    ]
}
