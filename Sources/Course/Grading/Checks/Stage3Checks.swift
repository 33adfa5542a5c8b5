// Stage 3: an event arrives and is printed. Next: Stage4Checks.swift.

import Foundation

nonisolated func stage3Checks() -> [Check] {
    [
        Check(
            3, 1, .core, "a chat message is printed", until: "4.1",
            cause: "the event has another name, or nothing listens to it"
        ) {
            let client = try await $0.client()
            let text = $0.text()
            client.emit("chat message", .string(text))
            try await $0.printed("message: \(text)") { $0 == "message: \(text)" }
        },
        Check(
            3, 2, .edge, "messages are printed in the order in which they came, from all clients",
            until: "4.8", needs: "3.1", cause: "handlers wait for something, or print a text twice"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let tag = $0.text(count: 8)
            for number in 0..<20 { a.emit("chat message", .string("\(tag) a\(number)")) }
            b.emit("chat message", .string("\(tag) b"))
            await $0.settle(21) { $0.hasPrefix("message: \(tag)") }
            let lines = $0.program.lines.filter { $0.hasPrefix("message: \(tag) a") }
            try require(
                lines == (0..<20).map { "message: \(tag) a\($0)" }, "20 lines in order",
                arrived: "\(lines.count) lines: \(lines.prefix(5).map { bounded($0, 40) })…")
            try require(
                $0.count { $0 == "message: \(tag) b" } == 1, "the other client's line, once",
                arrived: $0.lastLines)
        },
        Check(
            3, 3, .edge, "a text of 65,536 characters is printed whole", until: "4.6", needs: "3.1",
            cause: "a length is limited somewhere"
        ) {
            let client = try await $0.client()
            let text = $0.text(count: 65_536)
            client.emit("chat message", .string(text))
            try await $0.printed("message: … (65,536 characters)") { $0 == "message: \(text)" }
        },
        Check(
            3, 4, .edge, "an empty text is not printed", until: "4.4", needs: "3.1",
            cause: "the text is not looked at"
        ) {
            let client = try await $0.client()
            let fence = $0.text()
            client.emit("chat message", "")
            client.emit("chat message", .string(fence))
            try await $0.printed("message: \(fence)") { $0 == "message: \(fence)" }
            try require(
                $0.count { $0 == "message: " } == 0, "no line \"message: \"", arrived: "one")
        },
        Check(
            3, 5, .edge, "what is no text is not printed, and harms nobody", until: "4.5",
            needs: "3.1",
            cause: "the argument's type is taken for granted"
        ) {
            let client = try await $0.client()
            let before = $0.count { $0.hasPrefix("message:") }
            client.emit("chat message", 7)
            client.emit("chat message", ["text": "x"])
            client.emit("chat message")
            client.emit("chat message", nil)
            let fence = $0.text()
            client.emit("chat message", .string(fence))
            try await $0.printed("message: \(fence)") { $0 == "message: \(fence)" }
            let lines = $0.count { $0.hasPrefix("message:") } - before
            try require(lines == 1, "one line, for the text", arrived: "\(lines) lines")
        },
        Check(
            3, 6, .wire, "an event arrives over long-polling as well", until: "4.1", needs: "3.1",
            cause: "polling is not served"
        ) {
            let client = try $0.raw()
            let session =
                "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
            _ = try await client.request("POST", session, body: "40")
            _ = try await client.request("GET", session)
            let text = $0.text(count: 12)
            _ = try await client.request("POST", session, body: "42[\"chat message\",\"\(text)\"]")
            try await $0.printed("message: \(text)") { $0 == "message: \(text)" }
        },
    ]
}
