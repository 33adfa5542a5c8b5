// Stage 6: typing, and its end. Next: Stage7Checks.swift.

import Foundation

nonisolated func stage6Checks() -> [Check] {
    [
        Check(
            6, 1, .core, "the others hear who begins to type, and who stops",
            cause: "the event is not sent, has other keys, or goes to the sender"
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
            cause: "nothing is done in onDisconnect, or after the name is removed"
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
            6, 6, .edge, "a client without a name types in silence", needs: "6.1",
            cause: "nil is announced"
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
            6, 7, .edge, "a rename ends typing under the old name", needs: "6.1",
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
