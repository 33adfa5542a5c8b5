// Stage 11: numbers, history, ids, a program that is killed. Next: Stage11CornerChecks.swift;
// ../Bonus/BonusSteps.swift.

import CourseLanguage

nonisolated func stage11Checks() -> [Check] {
    numberChecks() + killChecks() + stage11CornerChecks()
}

extension CheckContext {
    /// So many texts.
    func texts(_ number: Int) -> [String] {
        var texts: [String] = []
        while texts.count < number { texts.append(text(count: 9)) }
        return texts
    }

    /// A client with a name that has heard everything up to an offset. Returns both.
    func listener(
        from offset: JSON = 0, name wanted: String? = nil
    ) async throws -> (client: ChatClient, name: String) {
        let name = wanted ?? nickname()
        let client = try await guest(
            ["name": .string(name), "serverOffset": offset], step: "11.1")
        client.nickname = name
        return (client, name)
    }
}

extension ChatClient {
    /// Sends a message that has to be stored. Returns its offset.
    func store(_ text: String, id: String) async throws -> Int {
        let reply = try await ask("chat message", .string(text), .string(id))
        guard reply["ok"] == true, let offset = reply["offset"]?.int else {
            throw Failure(
                expected: "{\"ok\":true,\"offset\":…}", arrived: "\(jsonText(reply))",
                .otherAnswer(wanted: ["ok": true], arrived: reply))
        }
        return offset
    }

    /// The next message has to be this one. (The engine may put a word of its own behind it.)
    func hears(
        _ text: String, from sender: String, _ offset: Int, amongOthers: Bool = false
    ) async throws {
        let wanted = Event(
            "chat message",
            [["from": .string(sender), "text": .string(text)], .int(offset)])
        var event = try await next("chat message", as: wanted)
        while amongOthers, event.field("text")?.string != text {
            event = try await next("chat message", as: wanted)
        }
        guard Array(event.arguments.prefix(2)) == wanted.arguments else {
            throw Failure(
                expected: "\(wanted.text) for \(name)", arrived: "\(event.text)",
                .otherEvent(wanted: wanted, arrived: event, client: name))
        }
    }

    /// The offsets of all messages up to one.
    func offsets(through last: Int) async throws -> [Int] {
        var offsets: [Int] = []
        while offsets.last != last {
            let event = try await next("chat message")
            guard event.arguments.count >= 2, let offset = event.arguments[1].int else {
                throw Failure(
                    expected: "chat message({\"from\":…,\"text\":…}, offset)",
                    arrived: "\(event.text)")
            }
            offsets.append(offset)
            if offset > last { break }
        }
        return offsets
    }
}

/// Offsets one after the other, none twice, none left out.
func requireRow(_ offsets: [Int], from first: Int, through last: Int, _ what: Sentence) throws {
    guard first <= last, offsets == Array(first...last) else {
        throw Failure(
            expected: "\(what): the messages \(first) to \(last), each once, in order",
            arrived: "\(bounded("\(offsets)", 200))")
    }
}

private nonisolated func numberChecks() -> [Check] {
    [
        Check(
            11, 1, .core, "a message is acknowledged with its offset, and reaches all with it",
            cause: "io.emit(\"chat message\", message, offset), and Reply(offset: offset)"
        ) {
            let (first, _) = try await $0.listener()
            let base = try await first.store($0.text(count: 9), id: $0.text(count: 9))
            let (a, nameA) = try await $0.listener(from: .int(base))
            let (b, _) = try await $0.listener(from: .int(base))
            for (index, text) in $0.texts(2).enumerated() {
                let offset = try await a.store(text, id: text)
                let wanted = base + index + 1
                try require(offset == wanted, "the offset \(wanted)", arrived: "\(offset)")
                for client in [a, b] {
                    try await client.hears(text, from: nameA, offset, amongOthers: true)
                }
            }
        },
        Check(
            11, 2, .core, "who comes later gets what it has not heard, in order",
            needs: "11.1", cause: "at connect: all entries behind auth.serverOffset"
        ) {
            let (a, nameA) = try await $0.listener()
            let texts = [$0.text(count: 9), $0.text(count: 10), $0.text(count: 11)]
            var offsets: [Int] = []
            for text in texts { offsets.append(try await a.store(text, id: text)) }
            let (b, _) = try await $0.listener(from: .int(offsets[0]))
            try await b.hears(texts[1], from: nameA, offsets[1])
            try await b.hears(texts[2], from: nameA, offsets[2])
            let (c, _) = try await $0.listener(from: 0)
            try requireRow(
                try await c.offsets(through: offsets[2]), from: 1, through: offsets[2],
                "who has heard nothing")
            let (d, _) = try await $0.listener(from: .int(offsets[2]))
            let last = $0.text(count: 12)
            let offset = try await a.store(last, id: last)
            try await d.hears(last, from: nameA, offset)
        },
        Check(
            11, 3, .core, "a message that is sent again is stored once", needs: "11.2",
            cause: "look for the id before the message is appended, and answer with its offset"
        ) {
            let (a, nameA) = try await $0.listener()
            let text = $0.text(count: 9)
            let first = try await a.store(text, id: text)
            let second = try await a.store(text, id: text)
            try require(second == first, "the offset \(first) again", arrived: "\(second)")
            let last = $0.text(count: 10)
            let end = try await a.store(last, id: last)
            try require(end == first + 1, "the offset \(first + 1) next", arrived: "\(end)")
            let (b, _) = try await $0.listener(from: .int(first - 1))
            try await b.hears(text, from: nameA, first)
            try await b.hears(last, from: nameA, end)
        },
    ]
}

private nonisolated func killChecks() -> [Check] {
    [
        Check(
            11, 4, .core, "after the program was killed, all that was acknowledged is there, once",
            needs: "11.2",
            cause: "append to the file before the acknowledgement, and read it at "
                + "the start"
        ) {
            let (a, nameA) = try await $0.listener()
            var stored: [(text: String, offset: Int)] = []
            for _ in 1...5 {
                let text = $0.text(count: 9)
                stored.append((text, try await a.store(text, id: text)))
            }
            try await $0.restart()
            let (b, _) = try await $0.listener(from: .int(stored[0].offset - 1))
            for (text, offset) in stored { try await b.hears(text, from: nameA, offset) }
            let text = $0.text(count: 10)
            let offset = try await b.store(text, id: text)
            try require(
                offset == stored[4].offset + 1, "the offset \(stored[4].offset + 1) next",
                arrived: "\(offset)")
        },
        Check(
            11, 5, .core,
            "killed in the middle: what was not acknowledged is sent again, and is "
                + "there once", needs: "11.4",
            cause: "the ids have to be in the file, too: else a second sending is a new message"
        ) {
            let (a, name) = try await $0.listener()
            let base = try await a.store($0.text(count: 9), id: $0.text(count: 9))
            let texts = $0.texts(40)
            let ids = texts.map {
                a.emitWantingAck("chat message", [.string($0), .string($0)])
            }
            // Some are acknowledged, some are on the way.
            _ = try await a.answer(to: ids[10], of: "chat message")
            var known: [Int?] = []
            for id in ids where a.isAnswered(id) {
                known.append(try await a.answer(to: id, of: "chat message")["offset"]?.int)
            }
            try await $0.restart()
            let (b, _) = try await $0.listener(from: .int(base), name: name)
            var last = base
            for (index, text) in texts.enumerated() {
                let offset = try await b.store(text, id: text)
                if index < known.count, let before = known[index] {
                    try require(
                        offset == before, "the offset \(before) again", arrived: "\(offset)")
                }
                last = max(last, offset)
            }
            try require(
                last == base + texts.count, "\(texts.count) messages in all",
                arrived: "\(last - base)")
            let (c, _) = try await $0.listener(from: .int(base))
            for (index, text) in texts.enumerated() {
                try await c.hears(text, from: name, base + 1 + index)
            }
        },
    ]
}
