// Stage 8: a message to one client. Next: Grader.swift.

import Foundation

nonisolated func stage8Checks() -> [Check] {
    [
        Check(
            8, 1, .core, "a private message reaches its addressee, and nobody else",
            cause: "there is no handler, or it is broadcast, or sent back"
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
            try await fence($0, from: b, nameB, at: [a, c])
            try a.expectNone("private message", "chat message")
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
                    is: refused("offline"), "\(bounded(to, 80))")
            }
            b.vanish()
            // The server needs a moment to notice.
            try await $0.again {
                try require(
                    try await a.ask("private message", ["to": .string(nameB), "text": "x"]),
                    is: refused("offline"), "after \(nameB) has left")
            }
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
            let (_, nameB) = try await $0.named()
            try require(try await ask(a, nameB, " "), is: refused("empty"), "to another client")
            try require(try await ask(a, nameB, long), is: refused("too long"), "to another client")
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
            try await b.claim(old)
            try require(
                try await a.ask(
                    "private message", ["to": .string(" \(old.uppercased()) "), "text": " one "]),
                is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": "one"])
            try await $0.step("5.11") { try await b.claim(new) }
            try require(
                try await a.ask("private message", ["to": .string(old), "text": "x"]),
                is: refused("offline"))
            let long: JSON = .string($0.text(count: 1_000))
            try require(
                try await a.ask("private message", ["to": .string(new), "text": long]), is: ok)
            try await b.expect("private message", ["from": .string(nameA), "text": long])
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
