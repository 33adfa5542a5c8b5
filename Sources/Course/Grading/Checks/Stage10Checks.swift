// Stage 10: channels, namespaces, one of them with a key. Next: Stage10CornerChecks.swift;
// ../Bonus/BonusSteps.swift.

import CourseLanguage

nonisolated func stage10Checks() -> [Check] {
    channelChecks() + severalChecks() + namespaceChecks() + stage10CornerChecks()
}

extension CheckContext {
    /// A client with a name, in these channels. Returns both.
    func member(_ channels: String...) async throws -> (client: ChatClient, name: String) {
        let name = nickname()
        let client = try await guest(["name": .string(name)], step: "10.1")
        client.nickname = name
        for channel in channels {
            try await step("10.1") {
                let reply = try await client.ask("join", .string(channel))
                try require(reply["ok"], is: true, "\"join\"", of: reply)
            }
        }
        return (client, name)
    }
}

/// A field has to have this value.
func require(_ field: JSON?, is wanted: JSON, _ what: Sentence, of whole: JSON) throws {
    guard field == wanted else {
        throw Failure(expected: "\(what): \(jsonText(wanted))", arrived: "\(jsonText(whole))")
    }
}

func said(_ from: String, _ channels: [String], _ text: String) -> JSON {
    [
        "from": .string(from), "to": .array(channels.map { .string($0) }), "text": .string(text),
    ]
}

func words(_ channels: [String], _ text: String) -> JSON {
    ["to": .array(channels.map { .string($0) }), "text": .string(text)]
}

func members(_ channel: String, _ names: String...) -> JSON {
    ["channel": .string(channel), "members": .array(names.sorted().map { .string($0) })]
}

extension ChatClient {
    /// Waits until it is told that a channel has these members.
    func hears(_ channel: String, has names: String...) async throws {
        let wanted = Event(
            "members",
            [
                [
                    "channel": .string(channel),
                    "members": .array(names.sorted().map { .string($0) }),
                ]
            ])
        while true {
            if try await next("members", as: wanted) == wanted { return }
        }
    }
}

private nonisolated func channelChecks() -> [Check] {
    [
        Check(
            10, 1, .core, "who joins a channel learns who is in it, and those learn who came",
            cause: "socket.join, and the members as the acknowledgement"
        ) {
            let channel = $0.text(count: 8)
            let (a, nameA) = try await $0.member()
            let (b, nameB) = try await $0.member()
            try require(
                try await a.ask("join", .string(channel)),
                is: ["ok": true, "members": [.string(nameA)]])
            let both: JSON = .array([nameA, nameB].sorted().map { .string($0) })
            try require(
                try await b.ask("join", .string(channel)), is: ["ok": true, "members": both])
            try await a.hears(channel, has: nameA, nameB)
        },
        Check(
            10, 2, .core, "what is said in a channel reaches its other members, and no one else",
            needs: "10.1", cause: "socket.to(room) leaves its sender out, and who is not in"
        ) {
            let channel = $0.text(count: 8)
            let all = $0.text(count: 9)
            let (a, nameA) = try await $0.member(channel, all)
            let (b, _) = try await $0.member(channel, all)
            let (c, _) = try await $0.member(all)
            let text = $0.text()
            try require(try await a.ask("say", words([channel], text)), is: ok)
            try await b.expect("said", said(nameA, [channel], text))
            try await $0.lastWord(all, from: b, at: [a, c])
        },
        Check(
            10, 3, .core, "what is said in two channels reaches who is in both once",
            needs: "10.2", cause: "one emit to both rooms, and not an emit for each"
        ) {
            let (one, two) = ($0.text(count: 8), $0.text(count: 9))
            let (a, nameA) = try await $0.member(one, two)
            let (b, _) = try await $0.member(one, two)
            let (c, _) = try await $0.member(one)
            let (d, _) = try await $0.member(two)
            let text = $0.text()
            try require(try await a.ask("say", words([one, two], text)), is: ok)
            for client in [b, c, d] {
                try await client.expect("said", said(nameA, [one, two], text))
            }
            try await $0.lastWord(one, from: a, at: [b, c])
            try await $0.lastWord(two, from: b, at: [d])
        },
    ]
}

extension CheckContext {
    /// A last word in a channel: nothing else may have come before it.
    func lastWord(
        _ channel: String, from sender: ChatClient, at clients: [ChatClient]
    ) async throws {
        let text = text(count: 12)
        try await step("10.2") {
            try require(try await sender.ask("say", words([channel], text)), is: ok)
        }
        for client in clients {
            let event = try await client.next("said")
            guard event.field("text")?.string == text else {
                throw Failure(
                    expected: "no \"said\" for \(client.name)", arrived: "\(event.text)",
                    .unwanted([event], client: client.name))
            }
        }
    }
}

private nonisolated func severalChecks() -> [Check] {
    [
        Check(
            10, 4, .core, "an announcement reaches all members, its sender too",
            needs: "10.1", cause: "io.to(room) does not know of a sender"
        ) {
            let channel = $0.text(count: 8)
            let (a, nameA) = try await $0.member(channel)
            let (b, _) = try await $0.member(channel)
            let text = $0.text()
            try require(try await a.ask("announce", words([channel], text)), is: ok)
            for client in [a, b] {
                try await client.expect("said", said(nameA, [channel], text))
            }
        },
        Check(
            10, 5, .core, "who has left a channel hears nothing of it, and the others are told",
            needs: "10.2", cause: "socket.leave with the same room that join had"
        ) {
            let (channel, other) = ($0.text(count: 8), $0.text(count: 9))
            let (a, nameA) = try await $0.member(channel, other)
            let (b, nameB) = try await $0.member(channel, other)
            try await a.hears(channel, has: nameA, nameB)
            try require(try await b.ask("leave", .string(channel)), is: ok)
            try await a.hears(channel, has: nameA)
            try require(try await a.ask("say", words([channel], $0.text())), is: ok)
            try await $0.lastWord(other, from: a, at: [b])
            try require(
                try await b.ask("leave", .string(channel)), is: refused("not in"), "once more")
        },
        Check(
            10, 6, .core, "who leaves the chat leaves its channels, and the others are told",
            needs: "10.1", cause: "tell it at disconnect as well: onRoomEvent hears of both"
        ) {
            let channel = $0.text(count: 8)
            let (a, nameA) = try await $0.member(channel)
            let (b, nameB) = try await $0.member(channel)
            try await a.hears(channel, has: nameA, nameB)
            b.vanish()
            try await a.hears(channel, has: nameA)
        },
    ]
}

private nonisolated func namespaceChecks() -> [Check] {
    [
        Check(
            10, 7, .core, "what is published in /post is heard in /get, and not elsewhere",
            cause: "io.of(\"/get\").emit: each namespace has its own sockets"
        ) {
            let (writer, reader) = (try $0.stranger(), try $0.stranger())
            for (client, name) in [(writer, "post"), (reader, "get")] {
                let answer = try await client.knock("/\(name)")
                try require(
                    answer.hasPrefix("40/\(name),{"), "40/\(name),{\"sid\":…}", arrived: "\(answer)"
                )
                _ = try await client.packet("42/\(name),[\"new message\",{\"mess\":\"")
            }
            let (a, _) = try await $0.member()
            let text = $0.text(count: 12)
            writer.send("42/post,1[\"publish\",\"\(text)\"]")
            let answer = try await writer.packet("43/post,1[")
            try require(answer == "43/post,1[{\"ok\":true}]", "ok", arrived: "\(answer)")
            let heard = try await reader.packet("42/get,")
            try require(
                heard == "42/get,[\"new message\",{\"mess\":\"\(text)\"}]",
                "42/get,[\"new message\",{\"mess\":\"\(text)\"}]", arrived: "\(heard)")
            _ = try await a.ask("channels")
            try a.expectNone("new message")
            try require(writer.packets.isEmpty, "nothing for /post", arrived: "\(writer.packets)")
        },
        Check(
            10, 8, .core, "/admin opens with the key only, and can close a channel",
            needs: "10.2", cause: "io.of(\"/admin\").use { … } throws a ConnectError"
        ) {
            let (channel, other) = ($0.text(count: 8), $0.text(count: 9))
            let key = $0.program.environment[Surroundings.adminKey] ?? ""
            for wrong: JSON? in [nil, ["key": "x"], ["key": ""], ["key": 7]] {
                let answer = try await $0.knock("/admin", wrong)
                try require(
                    answer.hasPrefix("44/admin,{\"message\":"), "44/admin,{\"message\":…}",
                    arrived: "\(bounded(answer, 120))")
            }
            let (a, nameA) = try await $0.member(channel, other)
            let (b, nameB) = try await $0.member(channel, other)
            let admin = try $0.stranger()
            let answer = try await admin.knock("/admin", ["key": .string(key)])
            try require(
                answer.hasPrefix("40/admin,{"), "40/admin,{\"sid\":…} with the key",
                arrived: "\(bounded(answer, 120))")
            admin.send("42/admin,1[\"close channel\",\"\(channel)\"]")
            _ = try await admin.packet("43/admin,1[{\"ok\":true}]")
            for client in [a, b] { try await client.expect("closed", .string(channel)) }
            try require(
                try await a.ask("say", words([channel], "x")), is: refused("not in"), "closed")
            _ = (nameA, nameB)
            try await $0.lastWord(other, from: a, at: [b])
        },
    ]
}
