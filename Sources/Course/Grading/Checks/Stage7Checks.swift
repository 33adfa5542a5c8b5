// Stage 7: the online list. Next: Stage8Checks.swift.

import Foundation

/// The next list, as texts.
private func online(_ client: ChatClient) async throws -> [String] {
    let event = try await client.next("online")
    guard event.arguments.count == 1, case .array(let items)? = event.arguments.first else {
        throw Failure(expected: "online([nickname, …])", arrived: event.text)
    }
    return items.map { $0.string ?? jsonText($0) }
}

/// Whether a name is in a list, in whatever case: how it is written is another check's business.
private func holds(_ list: [String], _ name: String) -> Bool {
    list.contains { $0.lowercased() == name.lowercased() }
}

/// The last list of those that have come.
private func lastList(_ client: ChatClient) throws -> [String] {
    guard case .array(let items)? = client.seen(["online"]).last?.arguments.first else {
        throw Failure(expected: "online([nickname, …])", arrived: "no list")
    }
    return items.map { $0.string ?? jsonText($0) }
}

nonisolated func stage7Checks() -> [Check] {
    [
        Check(
            7, 1, .core, "a newcomer gets the list of who is online",
            cause: "the list is sent on changes only"
        ) {
            let (_, name) = try await $0.named()
            let newcomer = try await $0.client()
            let list = try await online(newcomer)
            try require(holds(list, name), "a list with \(name)", arrived: "\(list)")
        },
        Check(
            7, 2, .core, "everyone gets the list when somebody gets a name, also those without one",
            needs: "7.1", cause: "broadcast in place of emit"
        ) {
            let nameless = try await $0.client()
            _ = try await online(nameless)
            let (a, name) = try await $0.named()
            try require(
                holds(try await online(nameless), name), "a list with \(name)", arrived: "another"
            )
            _ = try await online(a)
            try require(
                holds(try await online(a), name), "a list with \(name) for \(name)",
                arrived: "another")
        },
        Check(
            7, 3, .core, "a name whose owner leaves is no longer in the list", needs: "7.2",
            cause: "the list is sent before the name is removed"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let c = try await $0.client()
            b.vanish()
            try await c.expect("user left", ["nickname": .string(nameB)])
            try await fence($0, from: a, nameA, at: [c])
            let list = try lastList(c)
            try require(
                holds(list, nameA) && !holds(list, nameB), "a list without \(nameB)",
                arrived: "\(list)")
        },
        Check(
            7, 4, .core, "the list is sorted, without regard to case", needs: "7.2",
            cause: "a dictionary has no order"
        ) {
            let tag = $0.text(count: 6)
            let names = ["\(tag)b", "\(tag)A", "\(tag)C", "\(tag)é"]
            var clients: [ChatClient] = []
            for name in [names[2], names[3], names[0], names[1]] {
                let client = try await $0.client()
                _ = try await client.ask("set nickname", .string(name))
                clients.append(client)
            }
            let newcomer = try await $0.client()
            let list = try await online(newcomer).filter { names.contains($0) }
            try require(
                list == ["\(tag)A", "\(tag)b", "\(tag)C", "\(tag)é"], "A, b, C, é",
                arrived: "\(list)")
            withExtendedLifetime(clients) {}
        },
        Check(
            7, 5, .edge, "one change is one list", needs: "7.2",
            cause: "the list is sent from two places"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, _) = try await $0.named()
            try await fence($0, from: a, nameA, at: [b])
            b.forget()
            let new = $0.nickname()
            _ = try await a.ask("set nickname", .string(new))
            _ = try await a.ask("set nickname", .string(new))
            _ = try await a.ask("set nickname", "")
            try await fence($0, from: a, new, at: [b])
            let lists = b.seen(["online"]).count
            try require(lists == 1, "one list for one rename", arrived: "\(lists)")
        },
        Check(
            7, 6, .edge, "a name is in the list as it was typed, and once", needs: "7.2",
            cause: "keys are sent in place of names"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let name = $0.text(count: 5).capitalized
            _ = try await a.ask("set nickname", .string(name.lowercased()))
            _ = try await a.ask("set nickname", .string(name))
            try await fence($0, from: a, name, at: [b])
            let list = try lastList(b).filter { $0.lowercased() == name.lowercased() }
            try require(list == [name], "\(name), once", arrived: "\(list)")
        },
        Check(
            7, 7, .edge, "a client without a name is in no list, and its departure is no change",
            needs: "7.1",
            cause: "null is in the list, or a list is sent though nothing has changed"
        ) {
            let (a, name) = try await $0.named()
            let (b, _) = try await $0.named()
            try await fence($0, from: a, name, at: [b])
            b.forget()
            let nameless = try await $0.client()
            let list = try await online(nameless)
            try require(
                !list.contains("null") && !list.contains(""), "names only", arrived: "\(list)")
            nameless.leave()
            let last = try await $0.client()
            try await fence($0, from: a, name, at: [b, last])
            try b.expectNone("online")
        },
    ]
}
