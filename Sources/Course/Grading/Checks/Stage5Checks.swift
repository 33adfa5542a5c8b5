// Stage 5: names and acknowledgements. Next: Stage5CornerChecks.swift.

import Foundation

nonisolated func stage5Checks() -> [Check] {
    [
        Check(
            5, 1, .core, "a nickname is accepted, and the acknowledgement has it",
            cause: "the handler returns nothing, or another shape"
        ) {
            _ = try await $0.named()
            _ = try await $0.named($0.oddNickname())
        },
        Check(
            5, 2, .edge, "blanks around a nickname are cut", needs: "5.1",
            cause: "the name is not trimmed"
        ) {
            let (client, name) = (try await $0.client(), $0.nickname())
            let reply = try await client.ask("set nickname", .string("  \(name)\t\n"))
            try require(reply, is: ["ok": true, "nickname": .string(name)])
        },
        Check(
            5, 3, .core, "an empty nickname is refused as \"empty\"", needs: "5.1",
            cause: "the name is not tested, or before it is trimmed"
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
            needs: "5.1", cause: "nothing is counted, or bytes or code units are"
        ) {
            let client = try await $0.client()
            for character in [$0.text(count: 1), $0.accented(), $0.emoji()] {
                let (fits, long) = (
                    String(repeating: character, count: 20), String(repeating: character, count: 21)
                )
                try require(
                    try await client.ask("set nickname", .string(fits)),
                    is: ["ok": true, "nickname": .string(fits)], "20 × \(character)")
                try require(
                    try await client.ask("set nickname", .string(long)), is: refused("too long"),
                    "21 × \(character)")
            }
        },
        Check(
            5, 5, .core, "a nickname that somebody has is \"taken\", in any case", needs: "5.1",
            cause: "names are compared as they were typed"
        ) {
            let name = $0.text(count: 9)
            _ = try await $0.named(name)
            let b = try await $0.client()
            for spelling in [name, name.uppercased(), " \(name.capitalized) "] {
                try require(
                    try await b.ask("set nickname", .string(spelling)), is: refused("taken"),
                    "\(bounded(spelling, 80))")
            }
        },
        Check(
            5, 6, .core, "a new nickname is announced to the others", needs: "5.1",
            cause: "it is not sent, or by emit in place of broadcast, or without an object"
        ) {
            let (a, _) = try await $0.named()
            let (b, nameB) = try await $0.named()
            try await a.expect("user joined", ["nickname": .string(nameB)])
            // What was sent to it before has come when this is answered, whatever the answer is.
            _ = try await b.ask("set nickname", .string(nameB))
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
            try b.expectNone("chat message")
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
            5, 9, .core,
            "a departure is announced by name, and of a client without a name not at all",
            needs: "5.6",
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
    ] + stage5CornerChecks()
}
