// Stage 10, in the corners: channels that one is not in, odd names, a socket's own room.
// Next: Stage10Checks.swift.

nonisolated func stage10CornerChecks() -> [Check] {
    [
        Check(
            10, 9, .edge, "who is not in a channel cannot speak there, and odd names are refused",
            needs: "10.2", cause: "look at the channels of the socket before anything is sent"
        ) {
            let (channel, other) = ($0.text(count: 8), $0.text(count: 9))
            let (a, _) = try await $0.member(other)
            let (b, _) = try await $0.member(channel, other)
            for event in ["say", "announce"] {
                for to in [[channel], [other, channel]] {
                    try require(
                        try await a.ask(event, words(to, "x")), is: refused("not in"), "\(event)")
                }
                try require(try await a.ask(event, words([], "x")), is: refused("empty"))
                try require(try await a.ask(event, words([other], "")), is: refused("empty"))
            }
            try await $0.lastWord(other, from: a, at: [b])
            for name in ["", " ", "a b", $0.text(count: 31), "#x", "a\u{2028}b"] {
                try require(
                    try await a.ask("join", .string(name)), is: refused("invalid"), "\"\(name)\"")
            }
        },
        Check(
            10, 10, .edge, "a channel that is called like a socket is not that socket's own room",
            needs: "10.2", cause: "put a sign in front: a socket's id is a room's name already"
        ) {
            let other = $0.text(count: 9)
            let victim = try $0.stranger()
            let answer = try await victim.knock("/", ["name": .string($0.nickname())])
            let id = try sid(in: answer)
            _ = try await victim.ask("join", .string(other))
            let (a, _) = try await $0.member(id, other)
            try require(try await a.ask("say", words([id], "psst")), is: ok)
            try await $0.lastWord(other, from: a, at: [victim])
        },
        Check(
            10, 11, .edge, "the list of channels names each member once, however often it joined",
            needs: "10.1", cause: "a set, or the engine's own rooms"
        ) {
            let channel = $0.text(count: 8)
            let (a, nameA) = try await $0.member(channel, channel)
            let (b, nameB) = try await $0.member(channel)
            let reply = try await b.ask("channels")
            let wanted = members(channel, nameA, nameB)
            try require(
                reply["channels"]?.array?.contains(wanted) == true, "\(jsonText(wanted))",
                arrived: "\(jsonText(reply))")
            try require(try await a.ask("leave", .string(channel)), is: ok)
            try require(try await b.ask("leave", .string(channel)), is: ok)
            let last = try await b.ask("channels")
            let left = last["channels"]?.array?.contains { $0["channel"] == .string(channel) }
            try require(left == false, "no empty channel in the list", arrived: "\(jsonText(last))")
        },
    ]
}
