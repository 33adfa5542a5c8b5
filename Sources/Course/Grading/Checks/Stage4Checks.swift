// Stage 4: an event for all clients. Next: Stage5Checks.swift.

import Foundation

nonisolated func stage4Checks() -> [Check] {
    [
        Check(
            4, 1, .core, "a chat message reaches everyone, the sender included, once", until: "5.7",
            cause: "broadcast leaves the sender out; emit to the socket leaves the others out"
        ) {
            let (a, b, c) = (try await $0.client(), try await $0.client(), try await $0.client())
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            a.emit("chat message", .string(fence))
            for client in [a, b, c] {
                try await client.expect("chat message", .string(text))
                try await client.expect("chat message", .string(fence))
            }
        },
        Check(
            4, 2, .core, "a newcomer is announced to the others, and not to itself",
            until: "5.6",
            needs: "4.1", cause: "it is not sent, or by emit in place of broadcast"
        ) {
            let a = try await $0.client()
            let b = try await $0.client()
            try await a.expect("user joined")
            let fence = $0.text()
            b.emit("chat message", .string(fence))
            try await b.expect("chat message", .string(fence))
            try b.expectNone("user joined")
            try a.expectNone("user joined")
        },
        Check(
            4, 3, .core, "a departure is announced to the others, once", until: "5.9", needs: "4.2",
            cause: "nothing is sent in onDisconnect"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            try await $0.step("4.2") { try await a.expect("user joined") }
            let (before, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(before))
            try await a.expect("chat message", .string(before))
            try a.expectNone("user left")
            b.vanish()
            try await a.expect("user left")
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
            try a.expectNone("user left")
        },
        Check(
            4, 4, .edge, "an empty text is sent to nobody", until: "5.15", needs: "4.1",
            cause: "the text is not looked at"
        ) {
            let a = try await $0.client()
            let fence = $0.text()
            a.emit("chat message", "")
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
        },
        Check(
            4, 5, .edge, "what is no text is sent to nobody", until: "5.18", needs: "4.1",
            cause: "any argument is passed on"
        ) {
            let a = try await $0.client()
            let fence = $0.text()
            a.emit("chat message", 7)
            a.emit("chat message", ["x": 1])
            a.emit("chat message")
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
        },
        Check(
            4, 6, .edge, "a text of 65,536 characters arrives whole", until: "5.15", needs: "4.1",
            cause: "a length is limited somewhere"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let text = $0.text(count: 65_536)
            a.emit("chat message", .string(text))
            try await b.expect("chat message", .string(text))
        },
        Check(
            4, 7, .edge, "a newcomer gets none of what was said before", until: "5.7", needs: "4.1",
            cause: "messages are kept and sent again"
        ) {
            let a = try await $0.client()
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            try await $0.step("4.1") { try await a.expect("chat message", .string(text)) }
            let b = try await $0.client()
            a.emit("chat message", .string(fence))
            try await b.expect("chat message", .string(fence))
        },
        Check(
            4, 8, .edge, "many messages keep their order", until: "5.7", needs: "4.1",
            cause: "handlers wait for something"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let tag = $0.text(count: 6)
            for number in 0..<100 { a.emit("chat message", .string("\(tag) \(number)")) }
            for number in 0..<100 {
                try await b.expect("chat message", .string("\(tag) \(number)"))
            }
            // What is said twice is heard twice.
            for _ in 0..<2 { a.emit("chat message", .string(tag)) }
            for _ in 0..<2 { try await b.expect("chat message", .string(tag)) }
        },
        Check(
            4, 9, .edge, "after five reconnects a message still comes once", until: "5.7",
            needs: "4.1",
            cause: "a listener is set again at each connection"
        ) {
            let a = try await $0.client()
            for _ in 0..<5 { try await $0.client().leave() }
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(text))
            try await a.expect("chat message", .string(fence))
        },
    ]
}
