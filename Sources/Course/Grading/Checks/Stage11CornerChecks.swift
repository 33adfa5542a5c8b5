// Stage 11, in the corners: a torn line, a short gap, order, ids of others.
// Next: Stage11Checks.swift.

import Foundation

nonisolated func stage11CornerChecks() -> [Check] { diskChecks() + gapChecks() }

extension CheckContext {
    /// The journal of the program.
    func journal() throws -> URL {
        let file = dataFolder.appending(path: "journal.jsonl")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw Failure(
                expected: "a file journal.jsonl in the folder that DATA_DIR names",
                arrived: "no such file")
        }
        return file
    }
}

private nonisolated func diskChecks() -> [Check] {
    [
        Check(
            11, 6, .edge, "what is acknowledged is in the file already", needs: "11.1",
            cause: "the return that acknowledges comes behind write and synchronize"
        ) {
            let (a, _) = try await $0.listener()
            for text in $0.texts(5) {
                _ = try await a.store(text, id: text)
                let there = try String(contentsOf: try $0.journal(), encoding: .utf8)
                    .contains(text)
                try require(there, "the message in journal.jsonl", arrived: "not there yet")
            }
        },
        Check(
            11, 7, .edge, "a line that was torn by the end is repaired, and the next is whole",
            needs: "11.4", cause: "cut the file behind its last line end, before it is written to"
        ) {
            let (a, nameA) = try await $0.listener()
            let first = $0.text(count: 9)
            let offset = try await a.store(first, id: first)
            let file = try FileHandle(forWritingTo: try $0.journal())
            try file.seekToEnd()
            try file.write(contentsOf: Data("{\"offset\":\(offset + 1),\"id\":\"to".utf8))
            try file.close()
            try await $0.restart()
            let (b, nameB) = try await $0.listener(from: .int(offset - 1))
            try await b.hears(first, from: nameA, offset)
            let second = $0.text(count: 10)
            let next = try await b.store(second, id: second)
            try await $0.restart()
            let (c, _) = try await $0.listener(from: .int(offset - 1))
            try await c.hears(first, from: nameA, offset)
            try await c.hears(second, from: nameB, next)
        },
    ]
}

private nonisolated func gapChecks() -> [Check] {
    [
        Check(
            11, 8, .edge, "who comes back after a short gap gets what it has missed, once",
            needs: "11.2", cause: "no history for a socket that was recovered: it has it already"
        ) {
            let (a, nameA) = try await $0.listener()
            let texts = $0.texts(3)
            let base = try await a.store(texts[0], id: texts[0])
            let b = try $0.stranger()
            let nameB = $0.nickname()
            let auth: JSON = ["name": .string(nameB), "serverOffset": .int(base - 1)]
            let welcome = try await b.knock("/", auth)
            try await b.hears(texts[0], from: nameA, base)
            let live = try await a.store(texts[1], id: texts[1])
            let event = try await b.next("chat message")
            b.vanish()
            let missed = try await a.store(texts[2], id: texts[2])
            var again: [String: JSON] = ["name": .string(nameB), "serverOffset": .int(live)]
            // The pid in the welcome, and the word behind the last event: by them the engine knows
            // who comes back.
            if let pid = ChatClient.pid(in: welcome), event.arguments.count > 2 {
                (again["pid"], again["offset"]) = (.string(pid), event.arguments[2])
            }
            let c = try $0.stranger()
            _ = try await c.knock("/", .object(again))
            try await c.hears(texts[2], from: nameA, missed)
            let text = $0.text(count: 10)
            let last = try await a.store(text, id: text)
            try await c.hears(text, from: nameA, last)
        },
        Check(
            11, 9, .edge, "messages of several senders have one order, the same for everyone",
            needs: "11.1", cause: "one counter, and no await between the number and the emit"
        ) {
            let (a, _) = try await $0.listener()
            let (b, _) = try await $0.listener()
            let base = try await a.store($0.text(count: 9), id: $0.text(count: 9))
            let (c, _) = try await $0.listener(from: .int(base))
            var ids: [(client: ChatClient, id: Int)] = []
            for (index, word) in $0.texts(20).enumerated() {
                let (client, text) = (index.isMultiple(of: 2) ? a : b, JSON.string(word))
                ids.append((client, client.emitWantingAck("chat message", [text, text])))
            }
            for (client, id) in ids { _ = try await client.answer(to: id, of: "chat message") }
            let last = base + ids.count
            let heard = try await c.offsets(through: last)
            try requireRow(heard, from: base + 1, through: last, "twenty messages of two senders")
            let (d, _) = try await $0.listener(from: .int(base))
            for event in c.received.filter({ $0.event.name == "chat message" }) {
                let text = event.event.field("text")?.string ?? ""
                let from = event.event.field("from")?.string ?? ""
                try await d.hears(text, from: from, event.event.arguments[1].int ?? 0)
            }
        },
        Check(
            11, 10, .edge, "two people may have the same id, and an odd offset does no harm",
            needs: "11.3", cause: "an id is its sender's: look it up together with the name"
        ) {
            let (a, nameA) = try await $0.listener()
            let (b, nameB) = try await $0.listener()
            let (id, one, two) = ($0.text(count: 9), $0.text(count: 10), $0.text(count: 11))
            let first = try await a.store(one, id: id)
            let second = try await b.store(two, id: id)
            let (c, _) = try await $0.listener(from: .int(first - 1))
            try await c.hears(one, from: nameA, first)
            try await c.hears(two, from: nameB, second)
            for odd: JSON in [-5, "x", nil, 9_000_000_000_000_000, [], 0.5] {
                _ = try await $0.listener(from: odd)
            }
            let (long, empty) = ($0.text(count: 2_001), "")
            for (text, error) in [(long, "too long"), (empty, "empty")] {
                try require(
                    try await a.ask("chat message", .string(text), .string($0.text(count: 9))),
                    is: refused(error))
            }
            let end = try await a.store($0.text(count: 9), id: $0.text(count: 9))
            try require(
                end == second + 1, "the offset \(second + 1): nothing refused is stored",
                arrived: "\(end)")
        },
    ]
}

extension ChatClient {
    /// The id by which a client may come back, in the answer to CONNECT.
    static func pid(in welcome: String) -> String? {
        let json = Data(welcome.dropFirst(2).utf8)
        return (try? JSONDecoder().decode(JSON.self, from: json))?["pid"]?.string
    }
}
