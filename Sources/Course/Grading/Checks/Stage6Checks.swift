// Stage 6: typing, and its end. Next: Stage7Checks.swift.

import EngineSockets
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
            let (c, nameC) = try await $0.named()
            let wanted = [
                Event("typing", [typing(name, true)]), Event("typing", [typing(nameC, true)]),
                Event("typing", [typing(name, false)]),
            ]
            for isTyping in [false, true] { a.emit("typing", .bool(isTyping)) }
            var seen = [try await b.next("typing", as: wanted[0])]
            // Another client's sign is news, and changes nothing for the first.
            c.emit("typing", true)
            seen.append(try await b.next("typing", as: wanted[1]))
            for isTyping in [true, true, false, false] { a.emit("typing", .bool(isTyping)) }
            try await fence($0, from: a, name, at: [b])
            seen += b.seen(["typing"])
            try require(
                seen == wanted, "\(texts(wanted))",
                arrived: seen.isEmpty ? "nothing" : "\(texts(seen))")
        },
        Check(
            6, 3, .core, "typing ends with the message, and before it", needs: "6.1",
            cause: "the message goes out first, or typing stays"
        ) {
            let (a, name) = try await $0.named()
            let (b, nameB) = try await $0.named()
            a.emit("typing", true)
            let text = $0.text()
            _ = try await a.ask("chat message", .string(text))
            let message = try await $0.step("5.7") {
                try await b.expect("chat message", ["from": .string(name), "text": .string(text)])
            }
            try await fence($0, from: b, nameB, at: [a])
            let seen = b.seen(["typing"], before: message)
            try require(
                seen.last == Event("typing", [typing(name, false)]),
                "typing false before the message", arrived: "\(texts(seen))")
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
        },
        Check(
            6, 5, .core, "typing ends three seconds after the last sign of it", needs: "6.1",
            cause: "there is no timer, or a refresh does not move it"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            b.raw.patience = 7_000
            a.emit("typing", true)
            try await b.expect("typing", typing(name, true))
            let (begin, pause) = (ContinuousClock.now, 1_200 + $0.random(700))
            try await Task.sleep(for: .milliseconds(pause))
            a.emit("typing", true)
            if ContinuousClock.now - begin > .milliseconds(2_500) {
                // A machine so busy is no measure: once more, from the end of this typing on.
                try await b.expect("typing", typing(name, false))
                a.emit("typing", true)
                try await b.expect("typing", typing(name, true))
                try await Task.sleep(for: .milliseconds(1_500))
                a.emit("typing", true)
            }
            let (refreshed, sign) = (ContinuousClock.now, monotonicMilliseconds())
            try await b.expect("typing", typing(name, false))
            let waited = ContinuousClock.now - refreshed
            let end = b.received.last { $0.event.field("isTyping") == false }
            try require(
                end.map { $0.time >= sign } ?? true,
                "the end of typing three seconds after the last sign",
                arrived: "it, before the second sign was sent")
            try require(
                waited > .milliseconds(2_500) && waited < .milliseconds(6_000),
                "the end of typing three seconds after the last sign",
                arrived: "\(CheckContext.seconds(waited)) s after it")
        },
        Check(
            6, 6, .edge, "a client without a name types in silence", needs: "6.1",
            cause: "nil is announced"
        ) {
            let nameless = try await $0.client()
            let (a, name) = try await $0.named()
            nameless.emit("typing", true)
            try await $0.step("5.8") {
                try require(try await nameless.ask("chat message", "x"), is: refused("no nickname"))
            }
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
            try await $0.step("5.11") { try await a.claim(new) }
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
            try await $0.step("5.15") {
                try require(try await a.ask("chat message", "  "), is: refused("empty"))
            }
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
