// Stage 5: what a good name is and a good text, and the corners of both. Next: Stage6Checks.swift.

import CourseLanguage
import Foundation

nonisolated func stage5CornerChecks() -> [Check] {
    [
        Check(
            5, 10, .edge, "a nickname is free again when its owner has left", needs: "5.5",
            cause: "names are not cleaned up"
        ) {
            let (a, name) = try await $0.named()
            let b = try await $0.client()
            a.vanish()
            // The server needs a moment to notice.
            let accepted: JSON = ["ok": true, "nickname": .string(name)]
            try await $0.again {
                try require(try await b.ask("set nickname", .string(name)), is: accepted)
            }
        },
        Check(
            5, 11, .edge, "renaming frees the old name and announces both", needs: "5.6",
            cause: "the old name stays taken, or its leaving is not announced"
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
            for typed in [name, " \(name) ", name.uppercased()] {
                let spelling = typed.trimmingCharacters(in: .whitespaces)
                try require(
                    try await a.ask("set nickname", .string(typed)),
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
            guard let name = reply["nickname"]?.string, name.unicodeScalars.first == "\u{e9}"
            else { throw Failure(expected: "one character, U+00E9", arrived: "U+0065 U+0301") }
            try require(
                try await b.ask("set nickname", .string("\u{c9}" + tail)), is: refused("taken"))
        },
        Check(
            5, 14, .edge,
            "control characters and turned writing are \"invalid\", a joiner in an emoji is not",
            needs: "5.1",
            cause: "all characters are let through, or the tests stand in another order"
        ) {
            let client = try await $0.client()
            let (a, b) = ($0.text(count: 3), $0.text(count: 2))
            let between = ["\u{0}", "\n", "\u{7f}", "\u{2028}", "\u{85}"].map { a + $0 + b }
            for bad in between + ["\u{202e}" + a] {
                try require(
                    try await client.ask("set nickname", .string(bad)), is: refused("invalid"),
                    "\(bounded(bad.debugDescription, 80))")
            }
            // In this order: empty, invalid, too long, taken.
            let long = "\u{202e}" + $0.text(count: 30)
            try require(
                try await client.ask("set nickname", .string(long)), is: refused("invalid"),
                "invalid and too long")
            let emoji = $0.emoji()
            try require(
                try await client.ask("set nickname", .string(emoji)),
                is: ["ok": true, "nickname": .string(emoji)])
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
            let (short, longest) = (
                $0.text(count: 4), String(repeating: $0.emoji(), count: 2_000)
            )
            try require(try await a.ask("chat message", .string("  \(short) \n")), is: ok)
            try await b.expect("chat message", ["from": .string(name), "text": .string(short)])
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
            // An argument behind the text would be the callback of a server in the usual style of
            // Node, so the other name comes inside of the first one.
            _ = a.emitWantingAck(
                "chat message", [["from": .string(nameB), "text": .string(text)]])
            try await fence($0, from: a, name, at: [b])
            let lies = b.seen(["chat message"]).filter {
                $0.field("from") == .string(nameB)
            }
            try require(
                lies.isEmpty, "no message in the name of \(nameB)", arrived: "\(texts(lies))")
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
                    winners == 1 && replies.contains(refused("taken")),
                    "one yes and one \"taken\" for \(name)",
                    arrived: .all(of: replies.map(jsonText)))
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
            try await $0.step("5.9") {
                try await watcher.expect("user left", ["nickname": .string(name)])
            }
            let again = try await $0.client()
            try require(try await again.ask("chat message", "hello"), is: refused("no nickname"))
        },
        Check(
            5, 20, .edge, "a name of more than 1,000 bytes is \"too long\", whatever is in it",
            needs: "5.4",
            cause: "characters are counted, bytes are not, or too late: to look at them costs"
        ) {
            let client = try await $0.client()
            // Letters that have no form with an accent of their own.
            let heavy =
                $0.pick("q", "b") + String(repeating: $0.pick("\u{301}", "\u{30f}"), count: 40)
            let fits = String(repeating: heavy, count: 10)
            let reply = try await client.ask("set nickname", .string(fits))
            try require(reply, is: ["ok": true, "nickname": .string(fits)], "810 bytes")
            let blanks = String(repeating: " ", count: 1_001)
            let tooLong: [(String, Sentence)] = [
                (fits + fits, "20 characters of 1,620 bytes"), (blanks, "1,001 blanks"),
                ("\u{202e}" + $0.text(count: 1_001), "invalid and 1,004 bytes"),
            ]
            for (long, what) in tooLong {
                let answer = try await client.ask("set nickname", .string(long))
                try require(answer, is: refused("too long"), what)
            }
        },
        Check(
            5, 21, .edge, "Ａｄａ is Ada: letters of another width are the same letters",
            needs: "5.5", cause: "keys are not in the compatibility form (NFKC)"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let name = $0.text(count: 8)
            var wide = String.UnicodeScalarView()
            wide.append(
                contentsOf: name.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) })
            let reply = try await a.ask("set nickname", .string(String(wide)))
            try require(reply, is: ["ok": true, "nickname": .string(String(wide))])
            for spelling in [name, name.uppercased()] {
                try require(
                    try await b.ask("set nickname", .string(spelling)), is: refused("taken"),
                    "\(bounded(spelling, 80))")
            }
        },
        Check(
            5, 22, .edge,
            "what cannot be seen is \"invalid\", and so is an arrow; the parts of an emoji are not",
            needs: "5.14",
            cause: "control characters are refused only, or joiners are fine anywhere"
        ) {
            let client = try await $0.client()
            let name = $0.text(count: 6)
            for bad in [
                "\u{200b}", "\u{ad}", "\u{200d}", "\u{2060}", "\u{2066}", "\u{2800}", "\u{3164}",
                "\u{115f}", "\u{ffa0}", "\u{378}", "→",
            ] {
                try require(
                    try await client.ask("set nickname", .string("\(name)\(bad)x")),
                    is: refused("invalid"), "\(bounded(bad.debugDescription, 80))")
            }
            for emoji in ["❤️", "👩🏽‍🚀", "🏳️‍🌈", "1️⃣"] {
                let decorated = JSON.string(name + emoji)
                let answer = try await client.ask("set nickname", decorated)
                try require(answer, is: ["ok": true, "nickname": decorated])
            }
        },
    ]
}
