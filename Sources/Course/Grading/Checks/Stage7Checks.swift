// Stage 7: the online list. Next: Stage8Checks.swift.

import Foundation

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
            try await newcomer.list("a list with \(name)") { holds($0, name) }
        },
        Check(
            7, 2, .core, "everyone gets the list when somebody gets a name, also those without one",
            cause: "broadcast in place of emit"
        ) {
            let (_, first) = try await $0.named()
            let nameless = try await $0.client()
            let (a, name) = try await $0.named()
            for client in [nameless, a] {
                try await client.list("a list with \(first) and \(name)") {
                    holds($0, first) && holds($0, name)
                }
            }
        },
        Check(
            7, 3, .core, "a name whose owner leaves is no longer in the list", needs: "7.2",
            cause: "the list is sent before the name is removed"
        ) {
            let (a, nameA) = try await $0.named()
            let (b, nameB) = try await $0.named()
            let c = try await $0.client()
            try await fence($0, from: a, nameA, at: [c])
            c.forget()
            b.vanish()
            try await c.list("a list with \(nameA), without \(nameB)") {
                holds($0, nameA) && !holds($0, nameB)
            }
        },
        Check(
            7, 4, .core, "the list is sorted, without regard to case", needs: "7.2",
            cause: "a dictionary has no order"
        ) {
            let tag = $0.text(count: 6)
            let sorted = ["A", "b", "C", "d", "E", "f", "é"].map { tag + $0 }
            var clients: [ChatClient] = []
            for index in [2, 6, 1, 4, 0, 5, 3] {
                clients.append(try await $0.named(sorted[index]).client)
            }
            let (last, lastName) = try await $0.named()
            try await fence($0, from: last, lastName, at: [clients[0]])
            let list = try lastList(clients[0]).filter { $0.hasPrefix(tag) }
            try require(
                list == sorted, "\(sorted.joined(separator: ", "))",
                arrived: "\(list.joined(separator: ", "))")
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
            // A fence after each, so that each list stands behind what has led to it.
            try await $0.step("5.11") { try await a.claim(new) }
            try await fence($0, from: a, new, at: [b])
            try await $0.step("5.12") { try await a.claim(new) }
            try await fence($0, from: a, new, at: [b])
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
            try await a.claim(name.lowercased())
            try await $0.step("5.12") { try await a.claim(name) }
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
            let list = try await $0.step("7.1") { try await nameless.list("a list") { _ in true } }
            try require(
                !list.contains("null") && !list.contains(""), "names only", arrived: "\(list)")
            try await fence($0, from: a, name, at: [b])
            nameless.leave()
            let last = try await $0.client()
            try await fence($0, from: a, name, at: [b, last])
            try b.expectNone("online")
        },
    ]
}
