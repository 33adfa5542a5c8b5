// The checks of stages 5 to 8: names, typing, who is there, messages to one alone.

import Foundation

private let ok: JSON = ["ok": true]

private func refused(_ error: String) -> JSON { ["ok": false, "error": .string(error)] }

/// A public message as a marker: what was sent before it has arrived when it arrives.
private func fence(
    _ bench: Bench, from sender: ChatClient, _ name: String, at clients: [ChatClient]
) async throws {
    let text = bench.text(count: 12)
    try require(try await sender.ask("chat message", .string(text)), is: ok, "\"chat message\"")
    for client in clients {
        try await client.expect("chat message", ["from": .string(name), "text": .string(text)])
    }
}

nonisolated func stage5Checks() -> [Check] {
    [
        Check(
            5, 1, .core, "a nickname is accepted, and the acknowledgement has it",
            cause: "the handler returns nothing, or another shape"
        ) {
            _ = try await $0.named()
        },
        Check(
            5, 2, .core, "blanks around a nickname are cut", needs: "5.1",
            cause: "the name is not trimmed"
        ) {
            let (client, name) = (try await $0.client(), $0.nickname())
            let reply = try await client.ask("set nickname", .string("  \(name)\t\n"))
            try require(reply, is: ["ok": true, "nickname": .string(name)])
        },
        Check(
            5, 3, .core, "an empty nickname is refused as \"empty\"", needs: "5.1",
            cause: "the name is tested before it is trimmed"
        ) {
            let client = try await $0.client()
            for name in ["", "   ", "\n\t"] {
                try require(
                    try await client.ask("set nickname", .string(name)), is: refused("empty"))
            }
        },
        Check(
            5, 4, .core,
            "20 characters are a nickname, 21 are \"too long\", as a person counts them",
            needs: "5.1", cause: "bytes or code units are counted"
        ) {
            let client = try await $0.client()
            for character in ["x", "é", "👩‍👩‍👧‍👦"] {
                let (fits, long) = (
                    String(repeating: character, count: 20), String(repeating: character, count: 21)
                )
                try require(
                    try await client.ask("set nickname", .string(fits)),
                    is: ["ok": true, "nickname": .string(fits)])
                try require(
                    try await client.ask("set nickname", .string(long)), is: refused("too long"))
            }
        },
        Check(
            5, 5, .core, "a nickname that somebody has is \"taken\", in any case", needs: "5.1",
            cause: "names are compared as they were typed"
        ) {
            let name = $0.text(count: 9)
            let (a, b) = (try await $0.client(), try await $0.client())
            _ = try await a.ask("set nickname", .string(name))
            for spelling in [name, name.uppercased(), " \(name.capitalized) "] {
                try require(
                    try await b.ask("set nickname", .string(spelling)), is: refused("taken"),
                    spelling)
            }
        },
        Check(
            5, 6, .core, "who gets a nickname is announced to the others", needs: "5.1",
            cause: "emit in place of broadcast, or no object"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            try await a.expect("user joined", ["nickname": .string(nameB)])
            try await fence($0, from: a, nameA, at: [b])
            try b.expectNone("user joined")
        },
        Check(
            5, 7, .core, "a message goes to the others with the sender's name, and is acknowledged",
            needs: "5.1", cause: "the sender gets it too, or the object has other keys"
        ) {
            let (a, name) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let text = $0.text()
            try require(try await a.ask("chat message", .string(text)), is: ok)
            try await b.expect("chat message", ["from": .string(name), "text": .string(text)])
            try await fence($0, from: b, nameB, at: [a])
            try a.expectNone("chat message")
        },
        Check(
            5, 8, .core, "without a nickname there is no message", needs: "5.7",
            cause: "the name is not looked for first"
        ) {
            let (nameless, b) = (try await $0.client(), try await $0.named())
            for text in ["hello", "", $0.text(count: 2_001)] {
                try require(
                    try await nameless.ask("chat message", .string(text)),
                    is: refused("no nickname"))
            }
            try await fence($0, from: b.client, b.name, at: [nameless])
            try b.client.expectNone("chat message")
        },
        Check(
            5, 9, .core, "who leaves is announced by name; who had none, not at all", needs: "5.6",
            cause: "the name is gone before it is announced, or nil is announced"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let c = try await $0.client()
            c.leave()
            b.vanish()
            try await a.expect("user left", ["nickname": .string(nameB)])
            let d = try await $0.client()
            try await fence($0, from: a, nameA, at: [d])
            try a.expectNone("user left")
        },
        Check(
            5, 10, .edge, "a nickname is free again when its owner has left", needs: "5.5",
            cause: "names are not cleaned up"
        ) {
            let (watcher, _) = try await $0.named()
            let (a, name) = try await $0.named()
            a.vanish()
            try await watcher.expect("user joined", ["nickname": .string(name)])
            try await watcher.expect("user left", ["nickname": .string(name)])
            let b = try await $0.client()
            try require(
                try await b.ask("set nickname", .string(name)),
                is: ["ok": true, "nickname": .string(name)])
        },
        Check(
            5, 11, .edge, "renaming frees the old name and announces both", needs: "5.6",
            cause: "the old name stays taken"
        ) {
            let (a, old) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let new = $0.nickname()
            try require(
                try await a.ask("set nickname", .string(new)),
                is: ["ok": true, "nickname": .string(new)])
            try await b.expect("user left", ["nickname": .string(old)])
            try await b.expect("user joined", ["nickname": .string(new)])
            try require(
                try await b.ask("set nickname", .string(old)),
                is: ["ok": true, "nickname": .string(old)])
            try await a.expect("user joined", ["nickname": .string(nameB)])
            try await a.expect("user left", ["nickname": .string(nameB)])
        },
        Check(
            5, 12, .edge, "the same name again is fine, and no news; another spelling is a rename",
            needs: "5.6", cause: "one's own name counts as taken, or is announced again"
        ) {
            let a = try await $0.client()
            let (b, nameB) = try await $0.named()
            let name = $0.text(count: 7)
            for spelling in [name, name, name.uppercased()] {
                try require(
                    try await a.ask("set nickname", .string(spelling)),
                    is: ["ok": true, "nickname": .string(spelling)])
            }
            try await b.expect("user joined", ["nickname": .string(name)])
            try await b.expect("user left", ["nickname": .string(name)])
            try await b.expect("user joined", ["nickname": .string(name.uppercased())])
            try await fence($0, from: b, nameB, at: [a])
            try b.expectNone("user joined", "user left")
        },
        Check(
            5, 13, .edge, "é is é, however it is written", needs: "5.5",
            cause: "names are not normalised (NFC)"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let tail = $0.text(count: 8)
            let reply = try await a.ask("set nickname", .string("e\u{301}" + tail))
            try require(reply, is: ["ok": true, "nickname": .string("\u{e9}" + tail)])
            guard case .object(let fields) = reply, case .string(let name)? = fields["nickname"],
                Array(name.unicodeScalars).first == "\u{e9}"
            else { throw Failure(expected: "one character, U+00E9", arrived: "U+0065 U+0301") }
            try require(
                try await b.ask("set nickname", .string("\u{c9}" + tail)), is: refused("taken"))
        },
        Check(
            5, 14, .edge,
            "control characters and turned writing are \"invalid\", a joiner in an emoji is not",
            needs: "5.1", cause: "all characters are let through"
        ) {
            let client = try await $0.client()
            for bad in ["a\u{0}b", "a\nb", "a\u{7f}", "a\u{2028}b", "\u{202e}abc", "a\u{85}b"] {
                try require(
                    try await client.ask("set nickname", .string(bad)), is: refused("invalid"),
                    bad.debugDescription)
            }
            // In this order: empty, invalid, too long, taken.
            let long = "\u{202e}" + $0.text(count: 30)
            try require(
                try await client.ask("set nickname", .string(long)), is: refused("invalid"),
                "invalid and too long")
            try require(
                try await client.ask("set nickname", "👩‍👩‍👧‍👦"), is: ["ok": true, "nickname": "👩‍👩‍👧‍👦"])
        },
        Check(
            5, 15, .edge,
            "a text is trimmed; an empty one is \"empty\", over 2,000 characters is \"too long\"",
            needs: "5.7", cause: "the text is not trimmed, or its limit is not kept"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            for text in ["", "  \n "] {
                try require(try await a.ask("chat message", .string(text)), is: refused("empty"))
            }
            try require(
                try await a.ask("chat message", .string($0.text(count: 2_001))),
                is: refused("too long")
            )
            let longest = String(repeating: "👩‍👩‍👧‍👦", count: 2_000)
            try require(try await a.ask("chat message", "  hi \n"), is: ok)
            try await b.expect("chat message", ["from": .string(name), "text": "hi"])
            try require(try await a.ask("chat message", .string(longest)), is: ok)
            try await b.expect("chat message", ["from": .string(name), "text": .string(longest)])
            try require(try await a.ask("chat message", .string($0.text(count: 2_000))), is: ok)
        },
        Check(
            5, 16, .edge, "nobody speaks in another's name", needs: "5.7",
            cause: "the name is taken from the message"
        ) {
            let (a, name) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let text = $0.text()
            _ = try await a.ask("chat message", .string(text), ["from": .string(nameB)])
            try await b.expect("chat message", ["from": .string(name), "text": .string(text)])
        },
        Check(
            5, 17, .edge, "of two who ask for a name at once, one gets it", needs: "5.5",
            cause: "there is an await between the test and the entry"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            for _ in 0..<20 {
                let name = $0.text(count: 10)
                let ids = (
                    a.emitWantingAck("set nickname", [.string(name)]),
                    b.emitWantingAck("set nickname", [.string(name)])
                )
                let replies = [
                    try await a.answer(to: ids.0, of: "set nickname"),
                    try await b.answer(to: ids.1, of: "set nickname"),
                ]
                let winners = replies.count { $0 == ["ok": true, "nickname": .string(name)] }
                try require(
                    winners == 1 && replies.contains(refused("taken")), "one yes and one \"taken\"",
                    arrived: replies.map(jsonText).joined(separator: " and "))
            }
        },
        Check(
            5, 18, .edge, "arguments of another type have no effect and no answer", needs: "5.7",
            cause: "the argument's type is taken for granted"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            let ids = [
                a.emitWantingAck("set nickname", [7]), a.emitWantingAck("set nickname", [["x": 1]]),
                a.emitWantingAck("set nickname", []),
                a.emitWantingAck("chat message", [7]), a.emitWantingAck("chat message", [nil]),
                a.emitWantingAck("chat message", []),
            ]
            try await fence($0, from: a, name, at: [b])
            for id in ids {
                try require(!a.isAnswered(id), "no acknowledgement", arrived: "43\(id)[…]")
            }
        },
        Check(
            5, 19, .edge, "after a reconnect a client has no name until it asks", needs: "5.8",
            cause: "names are kept for somebody who is gone"
        ) {
            let (a, name) = try await $0.named()
            let (watcher, _) = try await $0.named()
            a.vanish()
            try await watcher.expect("user left", ["nickname": .string(name)])
            let again = try await $0.client()
            try require(try await again.ask("chat message", "hello"), is: refused("no nickname"))
        },
    ]
}

private func typing(_ name: String, _ isTyping: Bool) -> JSON {
    ["nickname": .string(name), "isTyping": .bool(isTyping)]
}

nonisolated func stage6Checks() -> [Check] {
    [
        Check(
            6, 1, .core, "the others hear who begins to type, and who stops",
            cause: "the event has other keys, or goes to the sender"
        ) {
            let (a, name) = try await $0.named()
            let (b, nameB) = try await $0.named()
            a.emit("typing", true)
            try await b.expect("typing", typing(name, true))
            a.emit("typing", false)
            try await b.expect("typing", typing(name, false))
            try await fence($0, from: b, nameB, at: [a])
            try a.expectNone("typing")
        },
        Check(
            6, 2, .core, "only changes are sent", needs: "6.1", cause: "each keystroke is passed on"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            for isTyping in [false, true, true, true, false, false] {
                a.emit("typing", .bool(isTyping))
            }
            try await fence($0, from: a, name, at: [b])
            let seen = b.seen(["typing"])
            let wanted = [
                Event("typing", [typing(name, true)]), Event("typing", [typing(name, false)]),
            ]
            try require(
                seen == wanted, wanted.map(\.text).joined(separator: ", "),
                arrived: seen.map(\.text).joined(separator: ", "))
        },
        Check(
            6, 3, .core, "typing ends with the message, and before it", needs: "6.1",
            cause: "the message goes out first, or typing stays"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            a.emit("typing", true)
            let text = $0.text()
            _ = try await a.ask("chat message", .string(text))
            _ = try await b.next("chat message")
            let seen = b.seen(["typing"])
            try require(
                seen.last == Event("typing", [typing(name, false)]),
                "typing false before the message",
                arrived: seen.map(\.text).joined(separator: ", "))
        },
        Check(
            6, 4, .core, "typing ends when the typist leaves", needs: "6.1",
            cause: "nothing is done in onDisconnect"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            a.emit("typing", true)
            try await b.expect("typing", typing(name, true))
            a.vanish()
            try await b.expect("typing", typing(name, false))
            try await b.expect("user left", ["nickname": .string(name)])
        },
        Check(
            6, 5, .core, "typing ends three seconds after the last sign of it", needs: "6.1",
            cause: "there is no timer, or a refresh does not move it"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            a.emit("typing", true)
            try await b.expect("typing", typing(name, true))
            try await Task.sleep(for: .milliseconds(1_500))
            a.emit("typing", true)
            b.raw.patience = 7_000
            let refreshed = ContinuousClock.now
            try await b.expect("typing", typing(name, false))
            let waited = ContinuousClock.now - refreshed
            try require(
                waited > .milliseconds(2_500) && waited < .milliseconds(6_000),
                "three seconds after the refresh", arrived: "\(waited)")
        },
        Check(
            6, 6, .edge, "who has no name types in silence", needs: "6.1", cause: "nil is announced"
        ) {
            let nameless = try await $0.client()
            let (a, name) = try await $0.named()
            nameless.emit("typing", true)
            try require(try await nameless.ask("chat message", "x"), is: refused("no nickname"))
            let c = try await $0.client()
            try await fence($0, from: a, name, at: [c])
            try a.expectNone("typing")
        },
        Check(
            6, 7, .edge, "who renames while typing stops under the old name", needs: "6.1",
            cause: "the old name types for ever"
        ) {
            let (a, old) = try await $0.named()
            let (b, _) = try await $0.named()
            a.emit("typing", true)
            let new = $0.nickname()
            _ = try await a.ask("set nickname", .string(new))
            try await b.expect("typing", typing(old, true))
            try await b.expect("typing", typing(old, false))
            a.emit("typing", true)
            try await b.expect("typing", typing(new, true))
        },
        Check(
            6, 8, .edge, "a message that is refused does not end typing", needs: "6.3",
            cause: "typing is ended before the text is looked at"
        ) {
            let (a, name) = try await $0.named()
            let (b, nameB) = try await $0.named()
            a.emit("typing", true)
            try await b.expect("typing", typing(name, true))
            try require(try await a.ask("chat message", "  "), is: refused("empty"))
            try await fence($0, from: b, nameB, at: [a])
            try b.expectNone("typing")
        },
        Check(
            6, 9, .edge, "what is neither true nor false has no effect", needs: "6.1",
            cause: "the argument's type is taken for granted"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            a.emit("typing", 1)
            a.emit("typing", "true")
            a.emit("typing")
            try await fence($0, from: a, name, at: [b])
            try b.expectNone("typing")
        },
    ]
}

/// The next list, as texts.
private func online(_ client: ChatClient) async throws -> [String] {
    let event = try await client.next("online")
    guard event.arguments.count == 1, case .array(let items)? = event.arguments.first else {
        throw Failure(expected: "online([nickname, …])", arrived: event.text)
    }
    return items.map { $0.string ?? jsonText($0) }
}

/// Whether a name is in a list, in whatever case: how it is written is another check's business.
private func holds(_ list: [String], _ name: String) -> Bool {
    list.contains { $0.lowercased() == name.lowercased() }
}

/// The last list of those that have come.
private func lastList(_ client: ChatClient) throws -> [String] {
    guard case .array(let items)? = client.seen(["online"]).last?.arguments.first else {
        throw Failure(expected: "online([nickname, …])", arrived: "no list")
    }
    return items.map { $0.string ?? jsonText($0) }
}

nonisolated func stage7Checks() -> [Check] {
    [
        Check(
            7, 1, .core, "a newcomer gets the list of who is online",
            cause: "the list is sent on changes only"
        ) {
            let (_, name) = try await $0.named()
            let newcomer = try await $0.client()
            let list = try await online(newcomer)
            try require(holds(list, name), "a list with \(name)", arrived: "\(list)")
        },
        Check(
            7, 2, .core, "everyone gets the list when somebody gets a name, who has none as well",
            needs: "7.1", cause: "broadcast in place of emit"
        ) {
            let nameless = try await $0.client()
            _ = try await online(nameless)
            let (a, name) = try await $0.named()
            try require(
                holds(try await online(nameless), name), "a list with \(name)", arrived: "another"
            )
            _ = try await online(a)
            try require(
                holds(try await online(a), name), "a list with \(name) for \(name)",
                arrived: "another")
        },
        Check(
            7, 3, .core, "who leaves is no longer in the list", needs: "7.2",
            cause: "the list is sent before the name is removed"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let c = try await $0.client()
            b.vanish()
            try await c.expect("user left", ["nickname": .string(nameB)])
            try await fence($0, from: a, nameA, at: [c])
            let list = try lastList(c)
            try require(
                holds(list, nameA) && !holds(list, nameB), "a list without \(nameB)",
                arrived: "\(list)")
        },
        Check(
            7, 4, .core, "the list is sorted, without regard to case", needs: "7.2",
            cause: "a dictionary has no order"
        ) {
            let tag = $0.text(count: 6)
            let names = ["\(tag)b", "\(tag)A", "\(tag)C", "\(tag)é"]
            var clients: [ChatClient] = []
            for name in [names[2], names[3], names[0], names[1]] {
                let client = try await $0.client()
                _ = try await client.ask("set nickname", .string(name))
                clients.append(client)
            }
            let newcomer = try await $0.client()
            let list = try await online(newcomer).filter { names.contains($0) }
            try require(
                list == ["\(tag)A", "\(tag)b", "\(tag)C", "\(tag)é"], "A, b, C, é",
                arrived: "\(list)")
            withExtendedLifetime(clients) {}
        },
        Check(
            7, 5, .edge, "one change is one list", needs: "7.2",
            cause: "the list is sent from two places"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, _) = try await $0.named()
            try await fence($0, from: a, nameA, at: [b])
            b.forget()
            let new = $0.nickname()
            _ = try await a.ask("set nickname", .string(new))
            _ = try await a.ask("set nickname", .string(new))
            _ = try await a.ask("set nickname", "")
            try await fence($0, from: a, new, at: [b])
            let lists = b.seen(["online"]).count
            try require(lists == 1, "one list for one rename", arrived: "\(lists)")
        },
        Check(
            7, 6, .edge, "a name is in the list as it was typed, and once", needs: "7.2",
            cause: "keys are sent in place of names"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let name = $0.text(count: 5).capitalized
            _ = try await a.ask("set nickname", .string(name.lowercased()))
            _ = try await a.ask("set nickname", .string(name))
            try await fence($0, from: a, name, at: [b])
            let list = try lastList(b).filter { $0.lowercased() == name.lowercased() }
            try require(list == [name], "\(name), once", arrived: "\(list)")
        },
        Check(
            7, 7, .edge, "who has no name is in no list, and its leaving is no change",
            needs: "7.1",
            cause: "null is in the list, or the list fails for everybody"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            try await fence($0, from: a, name, at: [b])
            b.forget()
            let nameless = try await $0.client()
            let list = try await online(nameless)
            try require(
                !list.contains("null") && !list.contains(""), "names only", arrived: "\(list)")
            nameless.leave()
            let last = try await $0.client()
            try await fence($0, from: a, name, at: [b, last])
            try b.expectNone("online")
        },
    ]
}

nonisolated func stage8Checks() -> [Check] {
    [
        Check(
            8, 1, .core, "a private message reaches its addressee, and nobody else",
            cause: "it is broadcast, or sent back"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let (c, nameC) = try await $0.named()
            let text = $0.text()
            try require(
                try await a.ask("private message", ["to": .string(nameB), "text": .string(text)]),
                is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": .string(text)])
            try await fence($0, from: c, nameC, at: [a, b])
            try await fence($0, from: b, nameB, at: [c])
            try a.expectNone("private message")
            try c.expectNone("private message", "chat message")
            try b.expectNone("private message")
        },
        Check(
            8, 2, .core, "an addressee who is not there is \"offline\"", needs: "8.1",
            cause: "the addressee is not looked for"
        ) {
            let (a, _) = try await $0.named()
            let (b, nameB) = try await $0.named()
            for to in [$0.nickname(), "", " "] {
                try require(
                    try await a.ask("private message", ["to": .string(to), "text": "x"]),
                    is: refused("offline"), to)
            }
            b.vanish()
            try await a.expect("user left", ["nickname": .string(nameB)])
            try require(
                try await a.ask("private message", ["to": .string(nameB), "text": "x"]),
                is: refused("offline"))
        },
        Check(
            8, 3, .core, "a message to oneself is refused as \"yourself\"", needs: "8.1",
            cause: "one's own name is not looked at"
        ) {
            let (a, name) = try await $0.named()
            for to in [name, " \(name.uppercased()) "] {
                try require(
                    try await a.ask("private message", ["to": .string(to), "text": "x"]),
                    is: refused("yourself"))
            }
        },
        Check(
            8, 4, .core, "without a nickname there is no private message", needs: "8.1",
            cause: "the name is not looked for first"
        ) {
            let nameless = try await $0.client()
            let (b, nameB) = try await $0.named()
            try require(
                try await nameless.ask("private message", ["to": .string(nameB), "text": "x"]),
                is: refused("no nickname"))
            let (c, nameC) = try await $0.named()
            try await fence($0, from: c, nameC, at: [b])
            try b.expectNone("private message")
        },
        Check(
            8, 5, .edge,
            "what is wrong is said in this order: no nickname, empty, too long, yourself, offline",
            needs: "8.3", cause: "the tests stand in another order"
        ) {
            let nameless = try await $0.client()
            let (a, name) = try await $0.named()
            let long = $0.text(count: 2_001)
            let nobody = $0.nickname()
            func ask(_ client: ChatClient, _ to: String, _ text: String) async throws -> JSON {
                try await client.ask("private message", ["to": .string(to), "text": .string(text)])
            }
            try require(try await ask(nameless, name, " "), is: refused("no nickname"))
            try require(try await ask(a, name, " "), is: refused("empty"))
            try require(try await ask(a, name, long), is: refused("too long"))
            try require(try await ask(a, nobody, long), is: refused("too long"))
            try require(try await ask(a, nobody, ""), is: refused("empty"))
        },
        Check(
            8, 6, .edge,
            "the addressee is found in any case, and after a rename by the new name only",
            needs: "8.2", cause: "names are compared as they were typed, or kept in two tables"
        ) {
            let (a, nameA) = try await $0.named()
            let b = try await $0.client()
            let (old, new) = ($0.text(count: 8), $0.text(count: 8))
            _ = try await b.ask("set nickname", .string(old))
            try require(
                try await a.ask(
                    "private message", ["to": .string(" \(old.uppercased()) "), "text": " one "]),
                is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": "one"])
            _ = try await b.ask("set nickname", .string(new))
            try require(
                try await a.ask("private message", ["to": .string(old), "text": "x"]),
                is: refused("offline"))
            try require(
                try await a.ask("private message", ["to": .string(new), "text": "two"]), is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": "two"])
        },
        Check(
            8, 7, .edge, "a private message does not end typing, and is not printed", needs: "8.1",
            cause: "it goes through the handler of public messages"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            a.emit("typing", true)
            try await b.expect("typing", typing(nameA, true))
            let secret = $0.text(count: 24)
            try require(
                try await a.ask(
                    "private message", ["to": .string(nameB), "text": .string(secret)]),
                is: ok)
            _ = try await b.next("private message")
            try await fence($0, from: b, nameB, at: [a])
            try b.expectNone("typing")
            try require(
                $0.count { $0.contains(secret) } == 0, "nothing printed",
                arrived: "a line with the text")
        },
        Check(
            8, 8, .edge, "nobody writes in another's name, and other shapes have no effect",
            needs: "8.1", cause: "the sender's name is taken from the message"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let ids = [
                a.emitWantingAck("private message", [.string(nameB), "x"]),
                a.emitWantingAck("private message", [["to": .string(nameB)]]),
                a.emitWantingAck("private message", [["to": 7, "text": "x"]]),
                a.emitWantingAck("private message", []),
            ]
            let reply = try await a.ask(
                "private message", ["to": .string(nameB), "text": "y", "from": "somebody else"])
            try require(reply, is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": "y"])
            for id in ids {
                try require(!a.isAnswered(id), "no acknowledgement", arrived: "43\(id)[…]")
            }
        },
    ]
}
